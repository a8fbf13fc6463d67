#include "settings/connection_test.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "pagerduty/decode.h"
#include "pagerduty/parse_json.h"
#include "pagerduty/request_path.h"

namespace pd::settings {
namespace {

using client::FailureReason;

// Who it speaks for; the same in the other region; then what it may, all at once.
enum Id : int { kMe, kOtherRegion, kFrom, kWrite, kFirstRead };

struct Read {
  std::string_view path, scope;
};
// Everything that a card reads, each with the scope that it takes (Scoped OAuth's name for it).
constexpr std::array<Read, 8> kReads{{{"/services?limit=1", "services.read"},
                                      {"/incidents?limit=1", "incidents.read"},
                                      {"/oncalls?limit=1", "oncalls.read"},
                                      {"/change_events?limit=1", "change_events.read"},
                                      {"/escalation_policies?limit=1", "escalation_policies.read"},
                                      {"/schedules?limit=1", "schedules.read"},
                                      {"/users?limit=1", "users.read"},
                                      {"/priorities", "priorities.read"}}};
constexpr std::size_t kProbes = kFirstRead + kReads.size();

bool is_success(int status) { return status >= 200 && status < 300; }
Region other(Region region) { return region == Region::kEu ? Region::kUs : Region::kEu; }

bool has_user_with(std::string_view body, std::string_view email) {
  const auto users = pagerduty::decode_users(body);
  const std::string wanted = to_lower_ascii(email);
  return users && std::ranges::any_of(users->value.items, [&](const pagerduty::User& user) {
           return to_lower_ascii(user.email) == wanted;
         });
}

std::string user_name(std::string_view body) {
  const auto user = pagerduty::decode_user(body);
  return user ? user->value.name : std::string();
}

}  // namespace

ConnectionTest::ConnectionTest(Account account, std::optional<Secret> missing)
    : account_(std::move(account)), missing_(missing), results_(kProbes) {
  if (!missing_) ask(kMe);
}

void ConnectionTest::ask(int id) {
  Probe probe{id, account_.region, "GET", "/users/me", ""};
  if (id == kOtherRegion) probe.region = other(account_.region);
  if (id == kFrom) {
    probe.path = pagerduty::Path("/users").with("limit", "100").with("query", account_.from).take();
  }
  if (id == kWrite) probe = {id, account_.region, "PUT", "/incidents", R"({"incidents":[]})"};
  if (id >= kFirstRead) probe.path = kReads[static_cast<std::size_t>(id - kFirstRead)].path;
  results_[static_cast<std::size_t>(id)].asked = true;
  probes_.push_back(std::move(probe));
}

std::vector<Probe> ConnectionTest::take_probes() { return std::exchange(probes_, {}); }

void ConnectionTest::answer(int probe, const ProbeAnswer& answer) {
  if (probe < 0 || static_cast<std::size_t>(probe) >= kProbes) return;
  Result& result = results_[static_cast<std::size_t>(probe)];
  if (!result.is_open()) return;
  result.answer = answer;
  if (probe == kMe) take_in_me();
  if (probe == kFrom) from_is_known_ = has_user_with(answer.body, account_.from);
}

void ConnectionTest::fail(int probe, const ProbeFailure& failure) {
  if (probe < 0 || static_cast<std::size_t>(probe) >= kProbes) return;
  Result& result = results_[static_cast<std::size_t>(probe)];
  if (!result.is_open()) return;
  result.failure = failure;
  // PagerDuty's sign-in answered, and refused: an account of the other region, perhaps.
  const bool is_refused = account_.auth == AuthType::kApplication && !failure.detail.empty();
  if (probe == kMe && is_refused) ask(kOtherRegion);
}

// What follows from it; its body is read once.
void ConnectionTest::take_in_me() {
  const int status = results_[kMe].status();
  const std::string_view body = results_[kMe].answer->body;
  me_is_json_ = pagerduty::parse_json(body).is_object();
  if (is_success(status)) me_name_ = user_name(body);
  // An application of the other region is refused before, where it signs in.
  if (status == 401 && account_.auth == AuthType::kToken) return ask(kOtherRegion);
  if (!is_accepted()) return;
  if (!account_.from.empty() && !is_success(status)) ask(kFrom);
  ask(kWrite);
  for (std::size_t i = 0; i < kReads.size(); ++i) ask(kFirstRead + static_cast<int>(i));
}

bool ConnectionTest::is_running() const { return std::ranges::any_of(results_, &Result::is_open); }

// PagerDuty answers 400 to /users/me with a key of an account, and 403 without the scope.
bool ConnectionTest::is_accepted() const {
  const int status = results_[kMe].status();
  return !why_not_reached() &&
         (is_success(status) || status == 400 || status == 403 || status == 404);
}

std::optional<Region> ConnectionTest::other_region() const {
  const Result& elsewhere = results_[kOtherRegion];
  const bool is_there = elsewhere.answer && elsewhere.status() < 500 && elsewhere.status() != 401 &&
                        elsewhere.status() != 429;
  return is_there ? std::optional(other(account_.region)) : std::nullopt;
}

bool ConnectionTest::wants_sign_in() const {
  const auto& failure = results_[kMe].failure;
  return account_.auth == AuthType::kSignIn &&
         (results_[kMe].status() == 401 ||
          (failure && (failure->reason == FailureReason::kSignInFailed ||
                       failure->reason == FailureReason::kNoCredentials)));
}

std::optional<Sentence> ConnectionTest::why_not_reached() const {
  const Result& me = results_[kMe];
  if (me.failure) {
    switch (me.failure->reason) {
      case FailureReason::kBlockedByPolicy: return Sentence{Say::kByPolicy, {me.failure->origin}};
      case FailureReason::kBlockedByCors: return Sentence{Say::kByCors, {me.failure->origin}};
      case FailureReason::kTimeout: return Sentence{Say::kByTimeout};
      case FailureReason::kRedirected: return Sentence{Say::kByRedirect};
      // It was reached, or was not asked yet.
      case FailureReason::kNoCredentials:
      case FailureReason::kSignInFailed: return std::nullopt;
      default: return Sentence{Say::kByNetwork};
    }
  }
  const int status = me.status();
  if (status == 429) return Sentence{Say::kByRateLimit};
  if (status >= 500) return Sentence{Say::kByStatus, {std::to_string(status)}};
  if (me.answer && status != 401 && !me_is_json_) {
    return Sentence{Say::kNotPagerDuty,
                    {account_.auth == AuthType::kProxy ? account_.api_base : "PagerDuty"}};
  }
  return std::nullopt;
}

Sentence ConnectionTest::why_not_accepted() const {
  const Result& me = results_[kMe];
  const bool is_application = account_.auth == AuthType::kApplication;
  if (wants_sign_in()) return {Say::kNobodySignedIn};
  if (const auto region = other_region()) {
    return {Say::kWrongRegion, {*region == Region::kEu ? "EU" : "US"}};
  }
  if (me.failure && is_application) {
    const std::string& said = me.failure->detail;
    if (said.empty()) return {Say::kOAuthUnreached};
    if (said == "invalid_client" || said == "unauthorized_client") return {Say::kOAuthClient};
    if (said == "invalid_scope" || said == "invalid_grant") {
      return {Say::kOAuthScope, {account_.subdomain, account_.region == Region::kEu ? "eu" : "us"}};
    }
    return {Say::kOAuthOther, {display_text(said, kMostNameLength)}};
  }
  if (account_.auth == AuthType::kProxy) return {Say::kProxyRefused};
  return {results_[kOtherRegion].status() == 401 ? Say::kWrongTokenBoth : Say::kWrongToken};
}

std::vector<Finding> ConnectionTest::findings() const {
  std::vector<Finding> all;
  if (missing_) {
    const std::string name(kSecretNames[static_cast<std::size_t>(*missing_)]);
    return {{"credential", false, {Say::kNoCredential}, Sentence{Say::kSecretLacks, {name}}}};
  }
  const Result& me = results_[kMe];
  if (!me.answer && !me.failure) return all;
  if (auto why = why_not_reached()) return {{"reach", false, {Say::kNotReach}, std::move(why)}};
  if (me.answer) all.push_back({"reach", true, {Say::kCheckReach}, {}});
  if (!is_accepted()) {
    if (results_[kOtherRegion].is_open()) return all;
    const Say title = wants_sign_in() ? Say::kNoCredential : Say::kNotCredential;
    all.push_back({"credential", false, {title}, why_not_accepted()});
    return all;
  }
  all.push_back(
      {"credential",
       true,
       {Say::kCheckCredential},
       me_name_.empty() ? Sentence{Say::kIsAccountKey} : Sentence{Say::kIsUserKey, {me_name_}}});
  add_reads(all);
  add_write(all);
  add_from(all);
  add_clock(all);
  return all;
}

void ConnectionTest::add_reads(std::vector<Finding>& all) const {
  std::string lacks;
  int odd_status = 0;
  for (std::size_t i = 0; i < kReads.size(); ++i) {
    const Result& result = results_[kFirstRead + i];
    if (result.is_open()) return;
    const int status = result.status();
    const bool is_refused = status == 401 || status == 403;
    if (is_refused) lacks += (lacks.empty() ? "" : ", ") + std::string(kReads[i].scope);
    // 402 and 404: the account's plan has none of it, which is no matter of the credential.
    if (!is_refused && !is_success(status) && status != 402 && status != 404) odd_status = status;
  }
  if (!lacks.empty()) {
    all.push_back({"reads", false, {Say::kNotReads}, Sentence{Say::kLacksScopes, {lacks}}});
  } else if (odd_status != 0) {
    all.push_back(
        {"reads", false, {Say::kNotReads}, Sentence{Say::kNotTried, {std::to_string(odd_status)}}});
  } else {
    all.push_back({"reads", true, {Say::kCheckReads}, {}});
  }
}

void ConnectionTest::add_write(std::vector<Finding>& all) const {
  const Result& write = results_[kWrite];
  if (write.is_open() || write.failure) return;
  const int status = write.status();
  if (status == 401 || status == 403) {
    all.push_back({"writes", false, {Say::kNotWrites}, Sentence{Say::kNeedsWrite}});
  } else if (status == 429 || status >= 500) {
    all.push_back(
        {"writes", false, {Say::kCheckWrites}, Sentence{Say::kNotTried, {std::to_string(status)}}});
  } else {
    all.push_back({"writes", true, {Say::kCheckWrites}, {}});
  }
}

// Only a key of an account needs somebody to act as.
void ConnectionTest::add_from(std::vector<Finding>& all) const {
  const int write = results_[kWrite].status();
  const bool may_write = results_[kWrite].answer && write != 401 && write != 403;
  if (!has_from(account_.auth) || is_success(results_[kMe].status()) || !may_write) return;
  if (account_.from.empty()) {
    all.push_back({"from", false, {Say::kNotFrom}, Sentence{Say::kFromMissing}});
    return;
  }
  const Result& from = results_[kFrom];
  if (!from.answer || !is_success(from.status())) return;
  if (from_is_known_) {
    all.push_back({"from", true, {Say::kCheckFrom, {account_.from}}, {}});
  } else {
    all.push_back({"from", false, {Say::kNotFrom}, Sentence{Say::kFromUnknown, {account_.from}}});
  }
}

void ConnectionTest::add_clock(std::vector<Finding>& all) const {
  constexpr auto kMost = std::chrono::minutes{2};
  const auto& ahead = results_[kMe].answer->clock_ahead;
  if (!ahead) return;
  const auto minutes = std::chrono::round<std::chrono::minutes>(*ahead).count();
  if (*ahead <= kMost && *ahead >= -kMost) {
    all.push_back({"clock", true, {Say::kCheckClock}, {}});
    return;
  }
  const std::string much = std::to_string(minutes < 0 ? -minutes : minutes);
  all.push_back({"clock",
                 false,
                 {Say::kNotClock},
                 Sentence{minutes < 0 ? Say::kClockBehind : Say::kClockAhead, {much}}});
}

}  // namespace pd::settings
