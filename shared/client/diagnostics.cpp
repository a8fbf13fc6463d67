// What the broker does, for a portal's engineer who asks why. Names, counts and instants; no id of
// a service, no text of an incident, no secret (there is none here).
#include <algorithm>

#include "base/json_writer.h"
#include "client/broker.h"

namespace pd::client {
namespace {

std::string_view name_of(AccountHealth health) {
  switch (health) {
    case AccountHealth::kNotConnected: return "not-connected";
    case AccountHealth::kRefused: return "refused";
    case AccountHealth::kGood: break;
  }
  return "good";
}

}  // namespace

std::string Broker::diagnostics(Time now) const {
  JsonWriter json;
  const auto instant = [&](std::string_view name, std::optional<Time> at) {
    if (at && *at > now) json.member(name, format_rfc3339(*at));
  };
  json.begin_object().member("online", online_).member("visible", page_visible_);
  json.key("accounts").begin_array();
  for (const Account& account : accounts_) {
    const Counts& counts = account.counts;
    json.begin_object().member("account", account.name);
    json.member("health", name_of(health(account.name)));
    json.member("tab", pagerduty::word_of(account.role, kTabRoleWords))
        .member("otherTabs", account.has_company);
    json.key("requests").begin_object();
    json.member("reads", counts.reads)
        .member("writes", counts.writes)
        .member("looks", counts.looks);
    json.member("answered", counts.answered).member("failed", counts.failed);
    json.member("retried", counts.retried).member("cancelled", counts.cancelled).end_object();
    json.key("answers").begin_object().member("cacheHits", counts.cache_hits);
    json.member("fromOtherTabs", counts.heard).member("shared", counts.shared);
    json.member("fromSnapshot", counts.kept_used).end_object();
    json.key("lane").begin_object();
    json.member("underWay", static_cast<std::int64_t>(
                                std::ranges::count(flights_, account.name, &Flight::account)));
    json.member("lastMinute", account.budget.spent(now));
    json.member("perMinute", account.budget.limit()).end_object();
    instant("pausedUntil", account.paused_until);
    instant("easedOffUntil", account.eased_until);
    const Duration offset = account.clock.offset();
    if (offset != Duration::zero()) json.member("clockOffsetMs", offset.count());
    json.end_object();
  }
  json.end_array();
  std::int64_t wanted = 0;
  for (const auto& [want, entry] : entries_) wanted += entry.wanted ? 1 : 0;
  json.member("wants", wanted).member("answersHeld", static_cast<std::int64_t>(entries_.size()));
  json.key("writes").begin_object();
  constexpr std::pair<std::string_view, IntentState> kStates[] = {
      {"pending", IntentState::kPending},
      {"accepted", IntentState::kAccepted},
      {"seen", IntentState::kSeen},
      {"failed", IntentState::kFailed},
      {"unconfirmed", IntentState::kUnconfirmed}};
  for (const auto& [name, state] : kStates) {
    json.member(name,
                static_cast<std::int64_t>(std::ranges::count(intents_, state, &Intent::state)));
  }
  json.end_object().end_object();
  return json.take();
}

}  // namespace pd::client
