// Writes: one intent, one key, to a known end. A write is sent again by itself only when PagerDuty
// said that it did not take it (429); whatever else is repeated, the viewer repeats, with the same
// key, and what cannot be known is called unconfirmed and looked for.
//
//   state        what happens                                   next
//   -----------  ---------------------------------------------  -----------------------------------
//   pending      2xx with the incident in it (REST)             seen
//                202 of Events: accepted, not created           accepted
//                400: an incident with this key is open, or it
//                is acknowledged or resolved already            accepted
//                429                                            pending, sent again after the pause
//                                                               (3 tries, then failed); looked for
//                                                               first when an earlier try may have
//                                                               worked
//                5xx, 408, no answer, an unreadable one, such   unconfirmed
//                as a sign-in page with status 200
//                other 4xx, no credentials                      failed; unconfirmed when an earlier
//                                                               try may have worked
//   accepted     a check or the list of incidents shows it      seen
//                six checks do not                              unconfirmed
//   unconfirmed  a check or the list of incidents shows it      seen
//                a check does not, and the last try was refused
//                with 400 (writes to an incident)               failed
//                retry()                                        pending: looked for first
//   failed       retry()                                        pending; looked for first when an
//                                                               earlier try may have worked
//   (looked for) it is there                                    seen
//                it is not, or there is no such incident        sent
//                that cannot be said now                        unconfirmed
//   seen         the end
//
// Each state but the end is kept in the journal before anything leaves, so that a page that goes
// away takes nothing with it: the next page finds the write there as unconfirmed.
//
// A check asks for the incident itself: by its key for a creation (the list does not tell the keys
// of incidents that have alerts, nor shows what is resolved again), by its id for an
// acknowledgement or a resolution. Checks are reads: a hidden page, offline or a pause makes them
// wait.
#include <algorithm>

#include "base/part.h"
#include "client/broker.h"
#include "client/intent_rules.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

using pagerduty::Incident;
using pagerduty::IncidentStatus;

constexpr std::int64_t kWriteTimeoutMs = 10'000;
constexpr int kMaxTries = 3;
// Before the first check, the second, ...; the last one for all that follow.
constexpr std::int64_t kCheckDelaysMs[] = {500, 1'000, 2'000, 4'000, 8'000, 15'000, 60'000};
constexpr int kChecksOfAccepted = 6;
constexpr int kMostChecks = 20;
// What is older is no news to anybody, and the incident of a repetition would be a surprise.
constexpr Duration kLongestJournaled = std::chrono::days{7};
// The list is read again when PagerDuty has had the time to bring it up to date.
constexpr Duration kSettleDelay = std::chrono::seconds{2};
// Later ones are found in the logs themselves.
constexpr std::size_t kMostDone = 16;

bool is_success(const Response& response) {
  return response.status >= 200 && response.status <= 299;
}

}  // namespace

Intent* Broker::find_intent(IntentId id) {
  const auto found = std::ranges::find(intents_, id, &Intent::id);
  return found == intents_.end() ? nullptr : &*found;
}

const Intent* Broker::intent(IntentId id) const {
  const auto found = std::ranges::find(intents_, id, &Intent::id);
  return found == intents_.end() ? nullptr : &*found;
}

void Broker::keep(const Intent& intent) {
  Intent kept = intent;
  kept.integration_key.clear();
  effects_.emplace_back(KeepIntent{std::move(kept)});
}

void Broker::set_state(Intent& intent, IntentState state) {
  intent.state = state;
  if (state == IntentState::kSeen) {
    effects_.emplace_back(DropIntent{intent.account, intent.key});
  } else {
    keep(intent);
  }
  effects_.emplace_back(IntentChanged{intent.id});
}

// What reads like its effect, and is known before it is sent, is not its own.
std::optional<Time> Broker::known_before(const Intent& intent) const {
  const std::optional<Want> log = log_of(intent);
  if (!log) return std::nullopt;
  std::optional<Time> known = newest_alike(intent, answer(*log));
  for (const Done& done : done_) {
    const bool is_alike = done.kind == intent.kind && done.account == intent.account &&
                          done.incident_id == intent.incident_id;
    if (is_alike) known = std::max(known, std::optional(done.at));
  }
  return known;
}

PD_ENTERS_PART IntentId Broker::submit(Intent intent, Time now) {
  follow_clock(now);
  std::erase_if(intents_, [](const Intent& i) { return i.state == IntentState::kSeen; });
  intent.id = ++last_intent_;
  intent.asked_at = now;
  intent.begins_at = server_time(intent.account, now);
  intent.known_at = known_before(intent);
  intents_.push_back(std::move(intent));
  keep(intents_.back());
  effects_.emplace_back(IntentChanged{last_intent_});
  send_intent(intents_.back(), now);
  return last_intent_;
}

PD_ENTERS_PART void Broker::retry(IntentId id, Time now, SubscriberId by) {
  Intent* intent = find_intent(id);
  if (intent == nullptr) return;
  if (intent->state != IntentState::kFailed && intent->state != IntentState::kUnconfirmed) return;
  if (intent->by == 0) intent->by = by;
  intent->tries = 0;
  intent->error.reset();
  set_state(*intent, IntentState::kPending);
  repeat_intent(*intent, now);
}

PD_ENTERS_PART void Broker::restore(Intent intent, Time now) {
  follow_clock(now);
  const bool is_known = std::ranges::find(intents_, intent.key, &Intent::key) != intents_.end();
  if (intent.key.empty() || is_known) return;
  if (intent.asked_at.value_or(Time::min()) < now - kLongestJournaled) {
    effects_.emplace_back(DropIntent{intent.account, intent.key});
    return;
  }
  intent.id = ++last_intent_;
  intent.by = 0;
  intent.checks = 0;
  const bool is_failed = intent.state == IntentState::kFailed;
  if (!is_failed) {
    intent.in_doubt = true;
    intent.check_at = now;
  }
  intents_.push_back(std::move(intent));
  set_state(intents_.back(), is_failed ? IntentState::kFailed : IntentState::kUnconfirmed);
}

void Broker::lend_key(IntentId id, const std::string& integration_key) {
  if (Intent* intent = find_intent(id)) intent->integration_key = integration_key;
}

PD_ENTERS_PART void Broker::forget(IntentId id) {
  const Intent* intent = find_intent(id);
  if (intent == nullptr) return;
  // It is on its way: its end is not known yet, whatever the viewer has read of a try before.
  if (intent->state == IntentState::kPending || intent->state == IntentState::kAccepted) return;
  effects_.emplace_back(DropIntent{intent->account, intent->key});
  effects_.emplace_back(IntentChanged{id});
  std::erase_if(intents_, [id](const Intent& i) { return i.id == id; });
}

// A viewer's action does not wait for a place in the lane.
void Broker::send_intent(Intent& intent, Time now) {
  intent.check_at.reset();
  intent.looks_first = intent.is_refused = false;
  if (intent.kind == IntentKind::kTrigger && intent.integration_key.empty()) {
    intent.error = make_error(ErrorCode::kBadArgument, texts::kKeyNotAtHand);
    return set_state(intent, intent.in_doubt ? IntentState::kUnconfirmed : IntentState::kFailed);
  }
  ++intent.tries;
  write_flights_.push_back({++last_request_, intent.id, false});
  ++account_of(intent.account).counts.writes;
  emit({last_request_, intent.account, make_write(intent), kWriteTimeoutMs}, now);
}

// What may have worked is looked for first.
PD_ENTERS_PART void Broker::repeat_intent(Intent& intent, Time now) {
  intent.looks_first = intent.in_doubt;
  intent.looks_first ? send_check(intent, now) : send_intent(intent, now);
}

PD_ENTERS_PART void Broker::send_check(Intent& intent, Time now) {
  intent.check_at.reset();
  // What an earlier check saw, however late it tells, is older than what this one will see.
  std::erase_if(write_flights_,
                [&](const WriteFlight& f) { return f.is_check && f.intent == intent.id; });
  write_flights_.push_back({++last_request_, intent.id, true});
  ++account_of(intent.account).counts.looks;
  emit({last_request_, intent.account, make_look(intent), kWriteTimeoutMs}, now);
}

// What is due of them.
void Broker::run_intents(Time now) {
  for (Intent& intent : intents_) {
    if (!intent.check_at || *intent.check_at > now) continue;
    if (intent.state == IntentState::kPending) {
      effects_.emplace_back(IntentChanged{intent.id});  // it no longer waits
      repeat_intent(intent, now);
    } else if (may_read(intent.account, now)) {
      send_check(intent, now);
    }
  }
}

PD_ENTERS_PART void Broker::land_write(Intent& intent, const Response& response, Time now) {
  if (intent.state == IntentState::kSeen) return;  // a check was quicker
  const bool is_done_already = says_done_already(intent.kind, response);
  // Somebody else may have answered, such as a sign-in page: "OK" does not say that it was done.
  constexpr int kAcceptedByEvents = 202;
  const bool is_event_taken =
      intent.kind == IntentKind::kTrigger &&
      (response.status == kAcceptedByEvents ||
       (is_success(response) && pagerduty::decode_event_accepted(response.body)));
  if (is_done_already || is_event_taken) {
    intent.error.reset();
    intent.checks = 0;
    intent.check_at = is_done_already ? now : now + Duration{kCheckDelaysMs[0]};
    return set_state(intent, IntentState::kAccepted);
  }
  // A success that does not show the effect may be another's: a proxy's, a sign-in page's.
  Finding finding;
  if (is_success(response)) finding = read_written(intent, response);
  if (!finding.is_done) {
    const Verdict verdict = judge_response(response);
    intent.is_refused = is_of_incident(intent.kind) && response.status == 400 &&
                        verdict.error.code == ErrorCode::kInvalidRequest;
    return fail_write(intent, verdict, now);
  }
  if (intent.kind == IntentKind::kCreate && finding.incident->created_at) {
    hear_clock(account_of(intent.account), *finding.incident->created_at, false, now);
  }
  confirm(intent, finding, now);
}

PD_ENTERS_PART void Broker::fail_write(Intent& intent, const Verdict& verdict, Time now) {
  if (intent.state == IntentState::kSeen) return;
  // Events take the integration key: what they say is not about the account's credential.
  if (intent.kind != IntentKind::kTrigger) obey(intent.account, verdict, now);
  intent.error = verdict.error;
  if (verdict.remedy == Remedy::kPauseAccount && intent.tries < kMaxTries) {
    intent.check_at = now + Duration{verdict.error.retry_after_ms.value_or(60'000)};
    return set_state(intent, IntentState::kPending);
  }
  // A refusal is of this try; it says nothing of one before whose answer was lost.
  intent.in_doubt = intent.in_doubt || verdict.may_have_worked;
  if (!intent.in_doubt) return set_state(intent, IntentState::kFailed);
  intent.checks = 0;
  intent.check_at = now + Duration{kCheckDelaysMs[0]};
  set_state(intent, IntentState::kUnconfirmed);
}

PD_ENTERS_PART void Broker::land_check(Intent& intent, const Response& response, Time now) {
  if (intent.state == IntentState::kSeen) return;
  if (!is_success(response)) {
    const Verdict verdict = judge_response(response);
    obey(intent.account, verdict, now);
    // What is looked for by its key is a list: PagerDuty has it, if empty.
    const bool has_no_effect =
        verdict.error.code == ErrorCode::kNotFound && !is_creation(intent.kind);
    return has_no_effect ? miss(intent, now) : fail_check(intent, verdict, now);
  }
  const Result<Finding> finding = read_look(intent, response.body);
  if (!finding) return fail_check(intent, {finding.error(), Remedy::kRetrySoon}, now);
  finding->is_done ? confirm(intent, *finding, now) : miss(intent, now);
}

// The look showed no effect.
void Broker::miss(Intent& intent, Time now) {
  if (intent.state == IntentState::kPending && intent.looks_first) return send_intent(intent, now);
  // What is refused for how the incident is, such as resolved, is refused to a copy that is still on
  // its way, too; and none had an effect before.
  if (intent.state == IntentState::kUnconfirmed && intent.is_refused) {
    intent.check_at.reset();
    return set_state(intent, IntentState::kFailed);
  }
  plan_next_check(intent, now);
}

// The look showed nothing.
PD_ENTERS_PART void Broker::fail_check(Intent& intent, const Verdict& verdict, Time now) {
  if (intent.state != IntentState::kPending || !intent.looks_first) {
    return plan_next_check(intent, now);
  }
  intent.looks_first = false;
  intent.error = verdict.error;
  intent.checks = 0;
  intent.check_at = now + Duration{kCheckDelaysMs[0]};
  set_state(intent, IntentState::kUnconfirmed);
}

void Broker::plan_next_check(Intent& intent, Time now) {
  // Sent again, or known to have failed, since the check left.
  if (intent.state != IntentState::kAccepted && intent.state != IntentState::kUnconfirmed) return;
  ++intent.checks;
  if (intent.checks < kMostChecks) {
    const int last = static_cast<int>(std::size(kCheckDelaysMs)) - 1;
    intent.check_at = now + Duration{kCheckDelaysMs[std::min(intent.checks, last)]};
  }
  if (intent.state == IntentState::kAccepted && intent.checks >= kChecksOfAccepted) {
    intent.error = make_error(ErrorCode::kTimeout, texts::kAcceptedNotShown);
    intent.in_doubt = true;
    set_state(intent, IntentState::kUnconfirmed);
  }
}

// New incidents of a service: which writes do they confirm? A cache's may be older than a write.
void Broker::settle_by_incidents(const std::string& account, const std::string& service_id) {
  const Answer& known = answer({Kind::kIncidents, account, service_id});
  if (!known.incidents) return;
  for (Intent& intent : intents_) {
    const bool is_open =
        intent.state == IntentState::kAccepted || intent.state == IntentState::kUnconfirmed;
    if (!is_open || intent.account != account || intent.service_id != service_id) continue;
    if (intent.asked_at > known.fetched_at) continue;
    const auto effect = std::ranges::find_if(
        *known.incidents, [&](const Incident& i) { return shows_effect(intent, i); });
    if (effect == known.incidents->end()) continue;
    intent.incident_id = effect->id;
    finish(intent);
  }
}

PD_ENTERS_PART void Broker::finish(Intent& intent) {
  intent.error.reset();
  intent.check_at.reset();
  set_state(intent, IntentState::kSeen);
}

// The write took effect: `incident`, if it is about one, is shown without waiting for the list.
void Broker::confirm(Intent& intent, const Finding& finding, Time now) {
  const std::optional<Incident>& incident = finding.incident;
  if (incident) intent.incident_id = incident->id;
  if (finding.at && log_of(intent)) {
    if (done_.size() == kMostDone) done_.erase(done_.begin());
    done_.push_back({intent.kind, intent.account, intent.incident_id, *finding.at});
  }
  finish(intent);
  const Want list{Kind::kIncidents, intent.account, intent.service_id};
  for (auto& [want, entry] : entries_) {
    const bool is_list = want == list && is_about_incident(intent.kind);
    if (!is_list && !makes_old(intent, want)) continue;
    entry.changed_at = now;
    entry.changed_after = last_request_;
    ask(entry, now + kSettleDelay);
  }
  const Entry* entry = find(list);
  if (incident && entry != nullptr && entry->answer.incidents) adopt(list, *incident);
}

// Puts an incident as it is now into the list of the open ones.
void Broker::adopt(const Want& list, const Incident& incident) {
  Entry& entry = entries_[list];
  Answer& answer = entry.answer;
  std::vector<Incident> incidents = *answer.incidents;
  const auto known = std::ranges::find(incidents, incident.id, &Incident::id);
  const bool is_open = incident.status == IncidentStatus::kTriggered ||
                       incident.status == IncidentStatus::kAcknowledged;
  if (known != incidents.end() && is_open) {
    *known = incident;
  } else if (known != incidents.end()) {
    incidents.erase(known);
  } else if (is_open) {
    incidents.insert(incidents.begin(), incident);
  }
  answer.incidents = std::make_shared<const std::vector<Incident>>(std::move(incidents));
  entry.digest = 0;
  effects_.emplace_back(AnswerChanged{list, true});
}

}  // namespace pd::client
