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
  Text text;
};

constexpr Row kRows[] = {
    {401, 401, ErrorCode::kUnauthorized, Remedy::kAskForCredentials, false, false,
     texts::kCredentialRefused},
    {402, 402, ErrorCode::kPlanRequired, Remedy::kRetryLater, false, false, texts::kNotInPlan},
    {403, 403, ErrorCode::kForbidden, Remedy::kRetryLater, true, false, texts::kPermissionMissing},
    {404, 404, ErrorCode::kNotFound, Remedy::kRetryLater, true, false, texts::kNotKnownThere},
    {408, 408, ErrorCode::kTimeout, Remedy::kRetrySoon, false, true, texts::kNoAnswerInTime},
    {413, 413, ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, false, texts::kTooMuchText},
    {429, 429, ErrorCode::kRateLimited, Remedy::kPauseAccount, false, false,
     texts::kTooManyRequests},
    {400, 499, ErrorCode::kInvalidRequest, Remedy::kRetryLater, true, false, texts::kRefused},
    {500, 599, ErrorCode::kServerError, Remedy::kRetrySoon, false, true,
     texts::kTroubleAtPagerDuty},
    {0, 999, ErrorCode::kBadResponse, Remedy::kRetrySoon, false, true, texts::kNotPagerDutys},
};
// Who answers with a web page is not PagerDuty, whatever its status says.
constexpr Row kWebPage = {0,     0,     ErrorCode::kBadResponse, Remedy::kRetryLater,
                          false, false, texts::kWebPageCame};

struct Reason {
  FailureReason reason;
  ErrorCode code;
  Remedy remedy;
  bool may_have_worked;
  Text text;
};

constexpr Reason kReasons[] = {
    {FailureReason::kNetwork, ErrorCode::kNetwork, Remedy::kRetrySoon, true, texts::kNotReached},
    {FailureReason::kTimeout, ErrorCode::kTimeout, Remedy::kRetrySoon, true,
     texts::kNoAnswerInTime},
    {FailureReason::kAborted, ErrorCode::kCancelled, Remedy::kRetrySoon, true, texts::kGivenUp},
    {FailureReason::kTooLarge, ErrorCode::kTooLarge, Remedy::kRetryLater, true,
     texts::kAnswerTooLarge},
    {FailureReason::kNoCredentials, ErrorCode::kNoCredentials, Remedy::kAskForCredentials, false,
     texts::kNoCredential},
    {FailureReason::kSignInFailed, ErrorCode::kSignInFailed, Remedy::kRetryLater, false,
     texts::kSignInFailed},
    {FailureReason::kRedirected, ErrorCode::kRedirected, Remedy::kRetryLater, false,
     texts::kRedirected},
    {FailureReason::kBlockedByPolicy, ErrorCode::kBlockedByPolicy, Remedy::kRetryLater, false,
     texts::kBlockedByPolicy},
    {FailureReason::kBlockedByCors, ErrorCode::kBlockedByCors, Remedy::kRetrySoon, true,
     texts::kBlockedByCors},
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

// A key of an account writes as the user whose e-mail `From` holds; there was none, or nobody's.
bool wants_somebody(const pagerduty::ApiError& said) {
  std::string words = said.message;
  for (const std::string& detail : said.details) words += " " + detail;
  words = to_lower_ascii(words);
  return words.find("from header") != std::string::npos ||
         words.find("requester user") != std::string::npos;
}

}  // namespace

Verdict judge_response(const Response& response) {
  const auto* row = std::ranges::find_if(
      kRows, [&](const Row& r) { return response.status >= r.first && response.status <= r.last; });
  if (row == std::end(kRows)) --row;
  if (row->remedy == Remedy::kRetryLater && is_markup(response.body)) row = &kWebPage;
  Wording wording(row->text, {std::to_string(response.status)});
  bool blames_an_id = row->blames_an_id;
  const pagerduty::ApiError said = pagerduty::decode_api_error(response.status, response.body);
  if (!said.required_scopes.empty()) {
    wording = Wording(texts::kSentences, {},
                      {std::move(wording), Wording(texts::kScopeMissing, {said.required_scopes})});
    blames_an_id = false;
  }
  const bool says_why = row->code == ErrorCode::kInvalidRequest && response.status != 413;
  if (says_why && !said.message.empty()) {
    const bool adds = !said.details.empty() && said.details.front() != said.message;
    const std::string detail = adds ? " (" + said.details.front() + ")" : std::string();
    wording = Wording(texts::kRefusedBecause, {said.message + detail});
    if (wants_somebody(said)) wording = Wording(texts::kNobodyToActAs);
  }
  Verdict verdict{make_error(row->code, std::move(wording)), row->remedy, blames_an_id,
                  row->may_have_worked};
  if (row->remedy == Remedy::kPauseAccount) verdict.error.retry_after_ms = pause_s(response) * 1000;
  return verdict;
}

Verdict judge_failure(const Failure& failure) {
  const auto* row = std::ranges::find(kReasons, failure.reason, &Reason::reason);
  const std::string origin = display_text(failure.origin, kMostOriginGraphemes);
  // Fewer ids, less of an answer.
  const bool blames_an_id = failure.reason == FailureReason::kTooLarge;
  Wording wording = origin.empty() ? Wording(row->text, {}, {texts::kPagerDutysHost})
                                   : Wording(row->text, {origin});
  return {make_error(row->code, std::move(wording)), row->remedy, blames_an_id,
          row->may_have_worked};
}

}  // namespace pd::client
