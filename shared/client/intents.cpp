// Writes: one intent, one key, to a known end. A lost answer never means a second page: what is repeated
// carries the same key, and what cannot be known is called unconfirmed.
//
//   pending --2xx--> accepted --shows in the list--> seen
//   pending --4xx--> failed                 (key already open: accepted, it is there)
//   pending --lost--> pending (same key)    --lost again--> unconfirmed --shows in the list--> seen
//   accepted --not in the list for long--> unconfirmed
#include <algorithm>

#include "base/text.h"
#include "client/broker.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr std::int64_t kWriteTimeoutMs = 15'000;
constexpr int kMaxTries = 3;
// How long after acceptance the list is looked at; the last one gives up.
constexpr std::int64_t kCheckDelaysMs[] = {500, 1'000, 2'000, 4'000, 8'000, 15'000};

bool creates(const Intent& intent) { return intent.kind == IntentKind::kTrigger || intent.kind == IntentKind::kCreate; }

pagerduty::IncidentStatus aim_of(IntentKind kind) {
  return kind == IntentKind::kResolve ? pagerduty::IncidentStatus::kResolved : pagerduty::IncidentStatus::kAcknowledged;
}

bool says_key_is_open(const Response& response) {
  if (response.status != 400) return false;
  const pagerduty::ApiError error = pagerduty::decode_api_error(response.status, response.body);
  std::string all = error.message;
  for (const std::string& detail : error.details) all += " " + detail;
  return to_lower_ascii(all).find("incident key") != std::string::npos || to_lower_ascii(all).find("incident_key") != std::string::npos ||
         to_lower_ascii(all).find("matching dedup key") != std::string::npos;
}

}  // namespace

void Broker::set_state(Intent& intent, IntentState state) {
  intent.state = state;
  effects_.emplace_back(IntentChanged{intent.id});
}

IntentId Broker::submit(Intent intent, Time) {
  intent.id = ++last_intent_;
  intents_.push_back(std::move(intent));
  send_intent(intents_.back());
  return intents_.back().id;
}

void Broker::retry(IntentId id, Time) {
  const auto intent = std::ranges::find(intents_, id, &Intent::id);
  if (intent == intents_.end() || intent->state == IntentState::kSeen) return;
  const bool under_way = std::ranges::find(write_flights_, id, &WriteFlight::intent) != write_flights_.end();
  if (under_way) return;
  intent->tries = 0;
  intent->checks = 0;
  intent->error.reset();
  set_state(*intent, IntentState::kPending);
  send_intent(*intent);
}

const Intent* Broker::intent(IntentId id) const {
  const auto found = std::ranges::find(intents_, id, &Intent::id);
  return found == intents_.end() ? nullptr : &*found;
}

// A viewer's action does not wait for a place in the lane.
void Broker::send_intent(Intent& intent) {
  ++intent.tries;
  intent.check_at.reset();
  const RequestId request = ++last_request_;
  write_flights_.push_back({request, intent.id});
  effects_.emplace_back(Send{request, intent.account, intent.request, kWriteTimeoutMs});
}

void Broker::land_write(Intent& intent, const Response& response, Time now) {
  if (says_key_is_open(response) && creates(intent)) {
    // Somebody, most likely we, opened it already: find it in the list.
    set_state(intent, IntentState::kAccepted);
  } else if (response.status < 200 || response.status > 299) {
    return fail_write(intent, judge_response(response), now);
  } else if (creates(intent)) {
    if (const auto created = pagerduty::decode_incident(response.body)) intent.incident_id = created->value.id;
    set_state(intent, IntentState::kAccepted);
  } else {
    set_state(intent, IntentState::kSeen);
  }
  intent.checks = 0;
  if (intent.state == IntentState::kAccepted) intent.check_at = now + Duration{kCheckDelaysMs[0]};
  // A read under way may have left before the write: it is asked for again once it has landed.
  if (Entry* entry = find({Kind::kIncidents, intent.account, intent.service_id}); entry != nullptr) {
    if (entry->request != 0 && !intent.check_at) intent.check_at = now + Duration{kCheckDelaysMs[0]};
    refresh(entry->want, now);
  }
}

void Broker::fail_write(Intent& intent, const Verdict& verdict, Time now) {
  obey(intent.account, verdict, now);
  intent.error = verdict.error;
  const bool may_have_worked = verdict.remedy == Remedy::kRetrySoon;
  const bool repeatable = creates(intent) && (may_have_worked || verdict.remedy == Remedy::kPauseAccount);
  if (repeatable && intent.tries < kMaxTries) {
    // The same key: PagerDuty opens one incident for it, however often it is sent.
    const Duration wait = verdict.error.retry_after_ms ? Duration{*verdict.error.retry_after_ms} : jitter(intent.tries);
    intent.check_at = now + wait;
    effects_.emplace_back(IntentChanged{intent.id});
  } else if (may_have_worked) {
    set_state(intent, IntentState::kUnconfirmed);
    intent.checks = 0;
    intent.check_at = now + Duration{kCheckDelaysMs[1]};
  } else {
    set_state(intent, IntentState::kFailed);
  }
}

void Broker::check_intents(Time now) {
  for (Intent& intent : intents_) {
    if (!intent.check_at || *intent.check_at > now) continue;
    intent.check_at.reset();
    if (intent.state == IntentState::kPending) {
      send_intent(intent);
      continue;
    }
    const auto last = static_cast<int>(std::size(kCheckDelaysMs)) - 1;
    if (intent.checks < last) {
      ++intent.checks;
      if (intent.state != IntentState::kSeen) intent.check_at = now + Duration{kCheckDelaysMs[intent.checks]};
      refresh(Want{Kind::kIncidents, intent.account, intent.service_id}, now);
    } else if (intent.state == IntentState::kAccepted) {
      intent.error = Error{ErrorCode::kTimeout, "PagerDuty accepted it, but it does not show in the list yet.", std::nullopt, std::nullopt};
      set_state(intent, IntentState::kUnconfirmed);
    }
  }
}

// New incidents of a service: which writes do they confirm?
void Broker::settle_by_incidents(const std::string& account, const std::string& service_id, Time now) {
  const Answer& known = answer({Kind::kIncidents, account, service_id});
  if (!known.incidents || known.fetched_at != now) return;
  for (Intent& intent : intents_) {
    const bool open = intent.state == IntentState::kAccepted || intent.state == IntentState::kUnconfirmed;
    if (!open || intent.account != account || intent.service_id != service_id) continue;
    const auto same = [&](const pagerduty::Incident& incident) {
      return (!intent.incident_id.empty() && incident.id == intent.incident_id) ||
             (creates(intent) && !intent.key.empty() && incident.incident_key == intent.key);
    };
    const auto found = std::ranges::find_if(*known.incidents, same);
    const bool shown = found != known.incidents->end();
    // The list has open incidents only: one that is gone is resolved.
    const bool settled = creates(intent) ? shown : shown ? found->status == aim_of(intent.kind) : intent.kind == IntentKind::kResolve;
    if (!settled) continue;
    if (shown) intent.incident_id = found->id;
    intent.error.reset();
    intent.check_at.reset();
    set_state(intent, IntentState::kSeen);
  }
}

}  // namespace pd::client
