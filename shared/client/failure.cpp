#include "client/failure.h"

#include <algorithm>

#include "base/text.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr std::int64_t kDefaultPauseS = 60;
constexpr std::int64_t kLongestPauseS = 3600;
constexpr std::size_t kMostOriginGraphemes = 120;

struct Row {
  int first, last;  // HTTP statuses; the first row that fits counts
  ErrorCode code;
  Remedy remedy;
  bool blames_an_id;
  bool may_have_worked;
  const char* message;
};

constexpr Row kRows[] = {
    {401, 401, ErrorCode::kUnauthorized, Remedy::kAskForCredentials, false, false,
     "PagerDuty did not accept the credential. Check the token, and that the region (US or EU) is "
     "right."},
    {402, 402, ErrorCode::kPlanRequired, Remedy::kRetryLater, false, false,
     "The PagerDuty plan does not include this."},
    {403, 403, ErrorCode::kForbidden, Remedy::kRetryLater, true, false,
     "The credential lacks the permission for this."},
    {404, 404, ErrorCode::kNotFound, Remedy::kRetryLater, true, false,
     "PagerDuty does not know it, or it is not visible to this credential."},
    {408, 408, ErrorCode::kTimeout, Remedy::kRetrySoon, false, true,
     "PagerDuty did not answer in time."},
    {413, 413, ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, false,
     "It is larger than PagerDuty takes. Try with less text."},
    {429, 429, ErrorCode::kRateLimited, Remedy::kPauseAccount, false, false,
     "PagerDuty limits the number of requests."},
    {400, 499, ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, false,
     "PagerDuty refused the request."},
    {500, 599, ErrorCode::kServerError, Remedy::kRetrySoon, false, true,
     "PagerDuty has a problem of its own ({0})."},
    {0, 999, ErrorCode::kBadResponse, Remedy::kRetrySoon, false, true,
     "The answer is not one of PagerDuty's (status {0})."},
};
// Who answers with a web page is not PagerDuty, whatever its status says.
constexpr Row kWebPage = {0,
                          0,
                          ErrorCode::kBadResponse,
                          Remedy::kRetryLater,
                          false,
                          false,
                          "A web page came instead of PagerDuty's answer (status {0}). Is a proxy "
                          "or a sign-in page in between?"};

struct Reason {
  FailureReason reason;
  ErrorCode code;
  Remedy remedy;
  bool may_have_worked;
  const char* message;
};

constexpr Reason kReasons[] = {
    {FailureReason::kNetwork, ErrorCode::kNetwork, Remedy::kRetrySoon, true,
     "PagerDuty could not be reached. Check the connection, the VPN or the proxy."},
    {FailureReason::kTimeout, ErrorCode::kTimeout, Remedy::kRetrySoon, true,
     "PagerDuty did not answer in time."},
    {FailureReason::kAborted, ErrorCode::kCancelled, Remedy::kRetrySoon, true,
     "The request was given up."},
    {FailureReason::kTooLarge, ErrorCode::kTooLarge, Remedy::kRetryLater, true,
     "The answer is larger than 4 MB."},
    {FailureReason::kNoCredentials, ErrorCode::kNoCredentials, Remedy::kAskForCredentials, false,
     "There is no credential for PagerDuty yet."},
    {FailureReason::kSignInFailed, ErrorCode::kSignInFailed, Remedy::kRetryLater, false,
     "The page could not sign in to PagerDuty. Sign in again, then try again."},
    {FailureReason::kRedirected, ErrorCode::kRedirected, Remedy::kRetryLater, false,
     "A redirect came instead of PagerDuty's answer. Is a proxy or a sign-in page in between? Sign "
     "in there, then try again."},
    {FailureReason::kBlockedByPolicy, ErrorCode::kBlockedByPolicy, Remedy::kRetryLater, false,
     "The page's security policy does not allow it. Add {0} to connect-src in its "
     "Content-Security-Policy."},
    {FailureReason::kBlockedByCors, ErrorCode::kBlockedByCors, Remedy::kRetrySoon, true,
     "{0} answers, but not so that this page may read it (CORS): its gateway reports an error, or "
     "it does not allow this page."},
};

std::int64_t pause_s(const Response& response) {
  std::int64_t seconds = std::max(response.retry_after_s, response.rate_limit_reset_s);
  if (seconds < 0) seconds = kDefaultPauseS;
  return std::clamp<std::int64_t>(seconds, 1, kLongestPauseS);
}

// A page or a gateway's notice: JSON never begins so.
bool is_markup(std::string_view body) {
  const std::string_view start = trim(body);
  return !start.empty() && start.front() == '<';
}

Error make_error(ErrorCode code, std::string message, std::string_view value) {
  constexpr std::string_view kSlot = "{0}";
  if (const auto slot = message.find(kSlot); slot != std::string::npos) {
    message.replace(slot, kSlot.size(), value);
  }
  return {code, std::move(message), std::nullopt, std::nullopt};
}

}  // namespace

Verdict judge_response(const Response& response) {
  const auto* row = std::ranges::find_if(
      kRows, [&](const Row& r) { return response.status >= r.first && response.status <= r.last; });
  if (row == std::end(kRows)) --row;
  if (row->remedy == Remedy::kRetryLater && is_markup(response.body)) row = &kWebPage;
  Verdict verdict{make_error(row->code, row->message, std::to_string(response.status)), row->remedy,
                  row->blames_an_id, row->may_have_worked};
  Error& error = verdict.error;
  const pagerduty::ApiError said = pagerduty::decode_api_error(response.status, response.body);
  if (!said.required_scopes.empty()) {
    error.message += " It needs the scope " + said.required_scopes + ".";
    verdict.blames_an_id = false;
  }
  const bool says_why = row->code == ErrorCode::kInvalidRequest && response.status != 413;
  if (says_why && !said.message.empty()) {
    error.message = "PagerDuty refused it: " + said.message;
    const bool adds = !said.details.empty() && said.details.front() != said.message;
    if (adds) error.message += " (" + said.details.front() + ")";
  }
  if (row->remedy == Remedy::kPauseAccount) error.retry_after_ms = pause_s(response) * 1000;
  return verdict;
}

Verdict judge_failure(const Failure& failure) {
  const auto* row = std::ranges::find(kReasons, failure.reason, &Reason::reason);
  const std::string origin = display_text(failure.origin, kMostOriginGraphemes);
  // Fewer ids, less of an answer.
  const bool blames_an_id = failure.reason == FailureReason::kTooLarge;
  return {make_error(row->code, row->message, origin.empty() ? "PagerDuty's host" : origin),
          row->remedy, blames_an_id, row->may_have_worked};
}

}  // namespace pd::client
