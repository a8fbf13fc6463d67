#include "client/failure.h"

#include <algorithm>

#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr std::int64_t kDefaultPauseS = 60;
constexpr std::int64_t kLongestPauseS = 3600;

struct Row {
  int first, last;       // HTTP statuses
  ErrorCode code;
  Remedy remedy;
  const char* message;
};

constexpr Row kRows[] = {
    {401, 401, ErrorCode::kUnauthorized, Remedy::kAskForCredentials,
     "PagerDuty did not accept the credential. Check the token, and that the region (US or EU) is right."},
    {402, 402, ErrorCode::kPlanRequired, Remedy::kRetryLater, "The PagerDuty plan does not include this."},
    {403, 403, ErrorCode::kForbidden, Remedy::kRetryLater, "The credential lacks the permission for this."},
    {404, 404, ErrorCode::kNotFound, Remedy::kRetryLater, "PagerDuty does not know it, or it is not visible to this credential."},
    {408, 408, ErrorCode::kTimeout, Remedy::kRetrySoon, "PagerDuty did not answer in time."},
    {429, 429, ErrorCode::kRateLimited, Remedy::kPauseAccount, "PagerDuty limits the number of requests."},
    {400, 499, ErrorCode::kInvalidRequest, Remedy::kRetryLater, "PagerDuty refused the request."},
    {500, 599, ErrorCode::kServerError, Remedy::kRetrySoon, "PagerDuty has a problem of its own."},
};

std::int64_t pause_s(const Response& response) {
  std::int64_t seconds = std::max(response.retry_after_s, response.rate_limit_reset_s);
  if (seconds < 0) seconds = kDefaultPauseS;
  return std::clamp<std::int64_t>(seconds, 1, kLongestPauseS);
}

}  // namespace

Verdict judge_response(const Response& response) {
  for (const Row& row : kRows) {
    if (response.status < row.first || response.status > row.last) continue;
    const pagerduty::ApiError said = pagerduty::decode_api_error(response.status, response.body);
    Error error{row.code, row.message, std::nullopt, std::nullopt};
    if (!said.required_scopes.empty()) error.message += " It needs the scope " + said.required_scopes + ".";
    if (row.code == ErrorCode::kInvalidRequest && !said.message.empty()) {
      error.message = "PagerDuty refused it: " + said.message;
      if (!said.details.empty() && said.details.front() != said.message) error.message += " (" + said.details.front() + ")";
    }
    if (row.remedy == Remedy::kPauseAccount) error.retry_after_ms = pause_s(response) * 1000;
    return {std::move(error), row.remedy};
  }
  return {{ErrorCode::kBadResponse, "The answer is not one of PagerDuty's (status " + std::to_string(response.status) + ").",
           std::nullopt, std::nullopt},
          Remedy::kRetrySoon};
}

Verdict judge_failure(FailureReason reason) {
  switch (reason) {
    case FailureReason::kTimeout:
      return {{ErrorCode::kTimeout, "PagerDuty did not answer in time.", std::nullopt, std::nullopt}, Remedy::kRetrySoon};
    case FailureReason::kTooLarge:
      return {{ErrorCode::kTooLarge, "The answer is larger than 4 MB.", std::nullopt, std::nullopt}, Remedy::kRetryLater};
    case FailureReason::kNoCredentials:
      return {{ErrorCode::kNoCredentials, "There is no credential for PagerDuty yet.", std::nullopt, std::nullopt},
              Remedy::kAskForCredentials};
    case FailureReason::kAborted:
      return {{ErrorCode::kCancelled, "The request was given up.", std::nullopt, std::nullopt}, Remedy::kRetrySoon};
    case FailureReason::kNetwork: break;
  }
  return {{ErrorCode::kNetwork,
           "PagerDuty could not be reached. Check the connection, and that the page's policy (CSP connect-src) allows it.",
           std::nullopt, std::nullopt},
          Remedy::kRetrySoon};
}

}  // namespace pd::client
