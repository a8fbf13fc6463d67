// The writes, by kind:
//
//   kind               asks                       is looked for in
//   -----------------  -------------------------  --------------------------------------------
//   trigger            POST /v2/enqueue           incidents with its key
//   create             POST /incidents            incidents with its key
//   acknowledge        PUT /incidents             the incident: its status
//   resolve            PUT /incidents             the incident: its status
//   reopen             PUT /incidents             the incident: its status
//   reassign           PUT /incidents             the incident: its assignees
//   set-priority       PUT /incidents             the incident: its priority
//   add-responder      POST .../responder_requests  the incident: whom its requests name
//   escalate           PUT /incidents             the incident's log
//   snooze             POST .../snooze            the incident's log
//   add-note           POST .../notes             the incident's notes
//   override           POST /schedules/.../overrides  the schedule's overrides
//   start-maintenance  POST /maintenance_windows  the service's windows
//   end-maintenance    DELETE /maintenance_windows/...  the service's windows
//
// What is looked for in a log, among notes or responder requests counts from kClockSlack before it
// was asked for; of a log and of notes, what was known by then does not.
#include "client/intent_rules.h"

#include <algorithm>

#include "base/part.h"
#include "base/text.h"
#include "client/server_clock.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

using pagerduty::Incident;
using pagerduty::IncidentStatus;
using pagerduty::Request;

// So far this device's clock may be from PagerDuty's without being corrected.
constexpr Duration kClockSlack = ServerClock::kTolerance + std::chrono::seconds{5};
constexpr Duration kSameInstant = std::chrono::minutes{2};

enum class Place : std::uint8_t { kByKey, kIncident, kLog, kNotes, kRequests, kSchedule, kWindows };

Place place_of(IntentKind kind) {
  switch (kind) {
    case IntentKind::kTrigger:
    case IntentKind::kCreate: return Place::kByKey;
    case IntentKind::kEscalate:
    case IntentKind::kSnooze: return Place::kLog;
    case IntentKind::kAddNote: return Place::kNotes;
    case IntentKind::kAddResponder: return Place::kRequests;
    case IntentKind::kOverride: return Place::kSchedule;
    case IntentKind::kStartMaintenance:
    case IntentKind::kEndMaintenance: return Place::kWindows;
    default: return Place::kIncident;
  }
}

Time begin_of(const Intent& intent) { return intent.begins_at.value_or(Time{}); }
Time end_of(const Intent& intent) { return begin_of(intent) + std::chrono::seconds{intent.number}; }
// An override or a window that begins at this instant may be refused when it comes to be read.
bool is_since(const Intent& intent, std::optional<Time> at) {
  return !at || (*at >= begin_of(intent) - kClockSlack && at > intent.known_at);
}

Request make_trigger(const Intent& intent) {
  pagerduty::TriggerEvent event;
  event.routing_key = intent.integration_key;
  event.dedup_key = intent.key;
  event.summary = intent.title;
  event.details = intent.details;
  event.source = intent.source;
  event.client = "pagerduty-card";
  event.client_url = intent.page_url;
  event.severity =
      pagerduty::value_of<pagerduty::Severity>(intent.target, pagerduty::kSeverityWords)
          .value_or(intent.high_urgency ? pagerduty::Severity::kCritical
                                        : pagerduty::Severity::kWarning);
  return pagerduty::make_trigger_event(event);
}

Request make_create(const Intent& intent) {
  pagerduty::NewIncident incident;
  incident.service_id = intent.service_id;
  incident.title = intent.title;
  incident.details = intent.details;
  incident.incident_key = intent.key;
  incident.priority_id = intent.target;
  incident.urgency = intent.high_urgency ? pagerduty::Urgency::kHigh : pagerduty::Urgency::kLow;
  return pagerduty::make_create_incident(incident);
}

Request make_ask_responder(const Intent& intent) {
  pagerduty::ResponderRequest request{intent.incident_id, intent.target, intent.details, {}, {}};
  if (intent.policy.empty()) {
    request.user_ids = {intent.person};
  } else {
    request.escalation_policy_ids = {intent.policy};
  }
  return pagerduty::make_request_responders(request);
}

IncidentStatus status_of(const Intent& intent) {
  switch (intent.kind) {
    case IntentKind::kResolve: return IncidentStatus::kResolved;
    case IntentKind::kReopen:
      return intent.target == "triggered" ? IncidentStatus::kTriggered
                                          : IncidentStatus::kAcknowledged;
    default: return IncidentStatus::kAcknowledged;
  }
}

bool has_person(const std::vector<pagerduty::Assignment>& assignments, const std::string& id) {
  return std::ranges::any_of(assignments, [&](const auto& a) { return a.user.id == id; });
}

// Whether the body, by its decoder, has an item that fits.
template <auto decode, typename Fits>
Result<Finding> find_item(std::string_view body, Fits fits) {
  const auto decoded = decode(body);
  if (!decoded) return std::unexpected(decoded.error());
  if constexpr (requires { decoded->value.items; }) {
    return Finding{std::ranges::any_of(decoded->value.items, fits), std::nullopt};
  } else {
    return Finding{std::ranges::any_of(decoded->value, fits), std::nullopt};
  }
}

bool is_at_begin(const Intent& intent, std::optional<Time> at) {
  return at && std::chrono::abs(*at - begin_of(intent)) < kSameInstant;
}

bool is_alike(const Intent& intent, const pagerduty::LogEntry& entry) {
  return entry.type.starts_with(intent.kind == IntentKind::kSnooze ? "snooze_log_entry"
                                                                   : "escalate_log_entry");
}
bool is_alike(const Intent& intent, const pagerduty::Note& note) {
  return display_lines(note.content) == display_lines(intent.details);
}

// Whether the log, or the notes, have what the intent asks for, since then.
template <typename Item>
Finding find_since(const Intent& intent, const std::vector<Item>& items) {
  Finding found;
  for (const Item& item : items) {
    if (!is_alike(intent, item) || !is_since(intent, item.at)) continue;
    found.is_done = true;
    found.at = std::max(found.at, item.at);
  }
  return found;
}

template <typename Item>
std::optional<Time> newest_of(const Intent& intent, const std::vector<Item>* items) {
  std::optional<Time> newest;
  if (items == nullptr) return newest;
  for (const Item& item : *items) {
    if (is_alike(intent, item)) newest = std::max(newest, item.at);
  }
  return newest;
}

Result<Finding> find_in_log(const Intent& intent, std::string_view body) {
  const auto entries = pagerduty::decode_log_entries(body);
  if (!entries) return std::unexpected(entries.error());
  return find_since(intent, entries->value.items);
}

Result<Finding> find_in_notes(const Intent& intent, std::string_view body) {
  const auto notes = pagerduty::decode_notes(body);
  if (!notes) return std::unexpected(notes.error());
  return find_since(intent, notes->value);
}

// Somebody who was asked before may be asked again: that they are among the responders says nothing.
Result<Finding> find_in_requests(const Intent& intent, std::string_view body) {
  const std::string& asked = intent.policy.empty() ? intent.person : intent.policy;
  return find_item<pagerduty::decode_responder_targets>(
      body, [&](const pagerduty::ResponderTarget& item) {
        return item.target.id == asked && is_since(intent, item.at);
      });
}

Result<Finding> find_in_schedule(const Intent& intent, std::string_view body) {
  const auto schedule = pagerduty::decode_schedule(body);
  if (!schedule) return std::unexpected(schedule.error());
  const auto is_ours = [&](const pagerduty::Schedule::Entry& entry) {
    return entry.user.id == intent.person && is_at_begin(intent, entry.start);
  };
  return Finding{std::ranges::any_of(schedule->value.overrides, is_ours), std::nullopt};
}

Result<Finding> find_in_windows(const Intent& intent, std::string_view body) {
  const bool ends = intent.kind == IntentKind::kEndMaintenance;
  auto found = find_item<pagerduty::decode_maintenance_windows>(
      body, [&](const pagerduty::MaintenanceWindow& window) {
        if (ends) return window.id == intent.target;
        return is_at_begin(intent, window.start) &&
               display_text(window.description) == display_text(intent.title);
      });
  // It has ended when it is not there any more.
  if (found && ends) found->is_done = !found->is_done;
  return found;
}

Result<Finding> find_by_key(const Intent& intent, std::string_view body) {
  const auto found = pagerduty::decode_incidents(body);
  if (!found) return std::unexpected(found.error());
  // Asked for by key, an incident with alerts comes without it.
  const auto fits = [&](const Incident& incident) {
    return shows_effect(intent, incident) ||
           (incident.incident_key.empty() && incident.service.id == intent.service_id);
  };
  const auto own = std::ranges::find_if(found->value.items, fits);
  if (own == found->value.items.end()) return Finding{};
  return Finding{true, *own};
}

// The incident that the answer holds, in either of the two shapes.
std::optional<Incident> incident_in(const Intent& intent, std::string_view body) {
  if (auto changed = pagerduty::decode_incidents(body)) {
    for (Incident& incident : changed->value.items) {
      if (incident.id == intent.incident_id) return std::move(incident);
    }
  }
  auto one = pagerduty::decode_incident(body);
  if (one && !one->value.id.empty()) return std::move(one->value);
  return std::nullopt;
}

}  // namespace

Request make_write(const Intent& intent) {
  switch (intent.kind) {
    case IntentKind::kTrigger: return make_trigger(intent);
    case IntentKind::kCreate: return make_create(intent);
    case IntentKind::kAcknowledge:
    case IntentKind::kResolve:
    case IntentKind::kReopen:
      return pagerduty::make_set_incident_status(intent.incident_id, status_of(intent));
    case IntentKind::kReassign:
      return pagerduty::make_reassign(intent.incident_id, {&intent.person, 1});
    case IntentKind::kEscalate: return pagerduty::make_escalate(intent.incident_id, intent.number);
    case IntentKind::kSetPriority:
      return pagerduty::make_set_priority(intent.incident_id, intent.target);
    case IntentKind::kSnooze: return pagerduty::make_snooze(intent.incident_id, intent.number);
    case IntentKind::kAddNote: return pagerduty::make_add_note(intent.incident_id, intent.details);
    case IntentKind::kAddResponder: return make_ask_responder(intent);
    case IntentKind::kOverride:
      return pagerduty::make_create_override(intent.target, intent.person, begin_of(intent),
                                             end_of(intent));
    case IntentKind::kStartMaintenance:
      return pagerduty::make_start_maintenance(intent.service_id, begin_of(intent), end_of(intent),
                                               intent.title);
    case IntentKind::kEndMaintenance: break;
  }
  return pagerduty::make_end_maintenance(intent.target);
}

Request make_look(const Intent& intent) {
  switch (place_of(intent.kind)) {
    case Place::kByKey: return pagerduty::make_find_incident_by_key(intent.service_id, intent.key);
    case Place::kLog: return pagerduty::make_list_log_entries(intent.incident_id);
    case Place::kNotes: return pagerduty::make_list_notes(intent.incident_id);
    case Place::kSchedule:
      return pagerduty::make_get_schedule(intent.target, begin_of(intent), end_of(intent));
    case Place::kWindows: return pagerduty::make_list_maintenance_windows(intent.service_id);
    case Place::kRequests:
    case Place::kIncident: break;
  }
  return pagerduty::make_get_incident(intent.incident_id);
}

Finding read_written(const Intent& intent, const Response& response) {
  switch (intent.kind) {
    case IntentKind::kEndMaintenance: return {response.status == 204, std::nullopt};
    case IntentKind::kCreate: {  // whatever key it has: PagerDuty calls it the one that was made
      auto made = pagerduty::decode_incident(response.body);
      if (!made || made->value.id.empty()) return {};
      return {true, std::move(made->value)};
    }
    case IntentKind::kAddNote: {
      const auto note = pagerduty::decode_note(response.body);
      if (!note || note->value.id.empty()) return {};
      return {true, std::nullopt, note->value.at};
    }
    case IntentKind::kStartMaintenance: {
      const auto window = pagerduty::decode_maintenance_window(response.body);
      return {window && !window->value.id.empty(), std::nullopt};
    }
    case IntentKind::kOverride: {
      const auto made = pagerduty::decode_overrides(response.body);
      const bool is_made = made && !made->value.empty() && !made->value.front().id.empty() &&
                           made->value.front().errors.empty();
      return {is_made, std::nullopt};
    }
    case IntentKind::kAddResponder:
      return {pagerduty::decode_responder_request(response.body).has_value(), std::nullopt};
    default: break;
  }
  std::optional<Incident> incident = incident_in(intent, response.body);
  // Nothing of an incident itself tells that it was escalated or snoozed.
  const bool is_told = place_of(intent.kind) == Place::kLog;
  const bool is_done = incident && (is_told || shows_effect(intent, *incident));
  if (!is_done) return {};
  const std::optional<Time> at = incident->updated_at;
  return {true, std::move(incident), at};
}

std::optional<Want> log_of(const Intent& intent) {
  switch (place_of(intent.kind)) {
    case Place::kLog: return Want{Kind::kLogEntries, intent.account, intent.incident_id};
    case Place::kNotes: return Want{Kind::kNotes, intent.account, intent.incident_id};
    default: return std::nullopt;
  }
}

std::optional<Time> newest_alike(const Intent& intent, const Answer& known) {
  return std::max(newest_of(intent, known.detail_as<std::vector<pagerduty::LogEntry>>()),
                  newest_of(intent, known.detail_as<std::vector<pagerduty::Note>>()));
}

Result<Finding> read_look(const Intent& intent, std::string_view body) {
  switch (place_of(intent.kind)) {
    case Place::kByKey: return find_by_key(intent, body);
    case Place::kLog: return find_in_log(intent, body);
    case Place::kNotes: return find_in_notes(intent, body);
    case Place::kRequests: return find_in_requests(intent, body);
    case Place::kSchedule: return find_in_schedule(intent, body);
    case Place::kWindows: return find_in_windows(intent, body);
    case Place::kIncident: break;
  }
  auto incident = pagerduty::decode_incident(body);
  if (!incident) return std::unexpected(incident.error());
  const bool is_done = shows_effect(intent, incident->value);
  return Finding{is_done, is_done ? std::optional(std::move(incident->value)) : std::nullopt};
}

bool says_done_already(IntentKind kind, const Response& response) {
  if (kind == IntentKind::kEndMaintenance) return response.status == 404;
  if (response.status != 400) return false;
  const pagerduty::ApiError error = pagerduty::decode_api_error(response.status, response.body);
  std::string all = to_lower_ascii(error.message);
  for (const std::string& detail : error.details) all += " " + to_lower_ascii(detail);
  const auto says = [&](std::string_view phrase) { return all.find(phrase) != std::string::npos; };
  if (kind == IntentKind::kAcknowledge || kind == IntentKind::kResolve) {
    return says("already resolved") || says("already acknowledged");
  }
  return is_creation(kind) && says("open") &&
         (says("incident key") || says("incident_key") || says("dedup key"));
}

PD_ENTERS_PART bool shows_effect(const Intent& intent, const Incident& incident) {
  const bool is_same = !intent.incident_id.empty() && incident.id == intent.incident_id;
  const bool is_open = incident.status == IncidentStatus::kTriggered ||
                       incident.status == IncidentStatus::kAcknowledged;
  switch (intent.kind) {
    case IntentKind::kTrigger:
    case IntentKind::kCreate:
      return is_same || (!intent.key.empty() && incident.incident_key == intent.key);
    case IntentKind::kAcknowledge:
      return is_same && (incident.status == IncidentStatus::kAcknowledged ||
                         incident.status == IncidentStatus::kResolved);
    case IntentKind::kResolve: return is_same && incident.status == IncidentStatus::kResolved;
    case IntentKind::kReopen: return is_same && is_open;
    case IntentKind::kReassign: return is_same && has_person(incident.assignments, intent.person);
    case IntentKind::kSetPriority:
      return is_same && incident.priority && incident.priority->id == intent.target;
    case IntentKind::kEscalate:
    case IntentKind::kSnooze:
    case IntentKind::kAddNote:
    case IntentKind::kAddResponder:
    case IntentKind::kOverride:
    case IntentKind::kStartMaintenance:
    case IntentKind::kEndMaintenance: break;
  }
  return false;
}

bool makes_old(const Intent& intent, const Want& want) {
  if (want.account != intent.account) return false;
  switch (want.kind) {
    case Kind::kLogEntries:
    case Kind::kNotes:
    case Kind::kAlerts: return is_of_incident(intent.kind) && want.id == intent.incident_id;
    case Kind::kResolved:
      return want.id == intent.service_id &&
             (intent.kind == IntentKind::kResolve || intent.kind == IntentKind::kReopen);
    case Kind::kOnCalls:
    case Kind::kNextOnCalls:
    case Kind::kShifts: return intent.kind == IntentKind::kOverride;
    case Kind::kSchedule: return intent.kind == IntentKind::kOverride && want.id == intent.target;
    case Kind::kWindows:
    case Kind::kService:
      return want.id == intent.service_id && (intent.kind == IntentKind::kStartMaintenance ||
                                              intent.kind == IntentKind::kEndMaintenance);
    default: return false;
  }
}

}  // namespace pd::client
