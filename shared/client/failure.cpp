#include "client/failure.h"

#include <algorithm>

#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr std::int64_t kDefaultPauseS = 60;
constexpr std::int64_t kLongestPauseS = 3600;

struct Row {
  int first, last;  // HTTP statuses; the first row that fits counts
  ErrorCode code;
  Remedy remedy;
  bool blames_an_id;
  const char* message;
};

constexpr Row kRows[] = {
    {401, 401, ErrorCode::kUnauthorized, Remedy::kAskForCredentials, false,
     "PagerDuty did not accept the credential. Check the token, and that the region (US or EU) is "
     "right."},
    {402, 402, ErrorCode::kPlanRequired, Remedy::kRetryLater, false,
     "The PagerDuty plan does not include this."},
    {403, 403, ErrorCode::kForbidden, Remedy::kRetryLater, true,
     "The credential lacks the permission for this."},
    {404, 404, ErrorCode::kNotFound, Remedy::kRetryLater, true,
     "PagerDuty does not know it, or it is not visible to this credential."},
    {408, 408, ErrorCode::kTimeout, Remedy::kRetrySoon, false, "PagerDuty did not answer in time."},
    {429, 429, ErrorCode::kRateLimited, Remedy::kPauseAccount, false,
     "PagerDuty limits the number of requests."},
    {400, 499, ErrorCode::kInvalidRequest, Remedy::kRetryLater, true,
     "PagerDuty refused the request."},
    {500, 599, ErrorCode::kServerError, Remedy::kRetrySoon, false,
     "PagerDuty has a problem of its own."},
};

std::int64_t pause_s(const Response& response) {
  std::int64_t seconds = std::max(response.retry_after_s, response.rate_limit_reset_s);
  if (seconds < 0) seconds = kDefaultPauseS;
  return std::clamp<std::int64_t>(seconds, 1, kLongestPauseS);
}

Verdict make_verdict(ErrorCode code, const char* message, Remedy remedy) {
  return {{code, message, std::nullopt, std::nullopt}, remedy, false};
}

}  // namespace

Verdict judge_response(const Response& response) {
  const auto row = std::ranges::find_if(
      kRows, [&](const Row& r) { return response.status >= r.first && response.status <= r.last; });
  if (row == std::end(kRows)) {
    return {
        {ErrorCode::kBadResponse,
         "The answer is not one of PagerDuty's (status " + std::to_string(response.status) + ").",
         std::nullopt, std::nullopt},
        Remedy::kRetrySoon,
        false};
  }
  const pagerduty::ApiError said = pagerduty::decode_api_error(response.status, response.body);
  Verdict verdict = make_verdict(row->code, row->message, row->remedy);
  verdict.blames_an_id = row->blames_an_id;
  Error& error = verdict.error;
  if (!said.required_scopes.empty()) {
    error.message += " It needs the scope " + said.required_scopes + ".";
    verdict.blames_an_id = false;
  }
  if (row->code == ErrorCode::kInvalidRequest && !said.message.empty()) {
    error.message = "PagerDuty refused it: " + said.message;
    const bool adds = !said.details.empty() && said.details.front() != said.message;
    if (adds) error.message += " (" + said.details.front() + ")";
  }
  if (row->remedy == Remedy::kPauseAccount) error.retry_after_ms = pause_s(response) * 1000;
  return verdict;
}

Verdict judge_failure(FailureReason reason) {
  switch (reason) {
    case FailureReason::kTimeout:
      return make_verdict(ErrorCode::kTimeout, "PagerDuty did not answer in time.",
                          Remedy::kRetrySoon);
    case FailureReason::kTooLarge: {
      Verdict verdict = make_verdict(ErrorCode::kTooLarge, "The answer is larger than 4 MB.",
                                     Remedy::kRetryLater);
      verdict.blames_an_id = true;  // fewer ids, less of an answer
      return verdict;
    }
    case FailureReason::kNoCredentials:
      return make_verdict(ErrorCode::kNoCredentials, "There is no credential for PagerDuty yet.",
                          Remedy::kAskForCredentials);
    case FailureReason::kAborted:
      return make_verdict(ErrorCode::kCancelled, "The request was given up.", Remedy::kRetrySoon);
    case FailureReason::kNetwork: break;
  }
  return make_verdict(ErrorCode::kNetwork,
                      "PagerDuty could not be reached. Check the connection, and that the page's "
                      "policy (CSP connect-src) allows it.",
                      Remedy::kRetrySoon);
}

}  // namespace pd::client
