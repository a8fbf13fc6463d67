// One incident, looked at closer: who and since when, what happened, and what can be done.
#include <algorithm>

#include "base/sort.h"
#include "base/text.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using client::Answer;
using client::IntentKind;
using client::Kind;
using pagerduty::Alert;
using pagerduty::LogEntry;
using pagerduty::Note;

constexpr std::size_t kMostLogRows = 8;
constexpr std::size_t kMostAlertRows = 5;
constexpr std::size_t kMostNames = 6;

Tone tone_of(const LogEntry& entry) {
  if (entry.type.starts_with("trigger") || entry.type.starts_with("escalate")) {
    return Tone::kCritical;
  }
  if (entry.type.starts_with("acknowledge") || entry.type.starts_with("snooze")) {
    return Tone::kWarning;
  }
  return entry.type.starts_with("resolve") ? Tone::kOk : Tone::kNeutral;
}

// Newest first, whatever the order of the answer.
template <typename T>
std::vector<const T*> newest_first(const std::vector<T>& items, std::optional<Time> T::* at) {
  std::vector<const T*> sorted = pointers_to(items);
  stable_sort(sorted, [at](const T& a, const T& b) { return a.*at > b.*at; });
  return sorted;
}

}  // namespace

PD_ENTERS_PART IncidentDetail
ViewModelMaker::incident_detail(const pagerduty::Incident& incident) const {
  IncidentDetail detail;
  detail.id = "detail:" + incident.id;
  add_incident_facts(detail, incident);
  add_detail_actions(detail, incident);
  detail.groups.push_back(notes_of(incident));
  detail.groups.push_back(log_of(incident));
  if (incident.alerts_total.value_or(1) > 0) detail.groups.push_back(alerts_of(incident));
  return detail;
}

void ViewModelMaker::add_incident_facts(IncidentDetail& detail,
                                        const pagerduty::Incident& incident) const {
  const auto add = [&](const char* name, Text label, Link value, std::string more = {}) {
    if (value.text.empty()) return;
    detail.facts.push_back(
        make_fact(detail.id + ":" + name, label, std::move(value), std::move(more)));
  };
  const auto people = [&](const std::vector<pagerduty::Assignment>& assignments) {
    return language_.names(people_in(assignments), kMostNames);
  };
  add("description", texts::kDescriptionLabel,
      {{},
       incident.description == incident.title
           ? std::string()
           : display_text(incident.description, kMostDescription),
       {}});
  if (incident.created_at) {
    add("opened", texts::kOpenedAt, {{}, moment(*incident.created_at, server_now_), {}});
  }
  add("assigned", texts::kAssignedToLabel, {{}, people(incident.assignments), {}});
  add("acknowledged", texts::kAcknowledgedByLabel, {{}, people(incident.acknowledgements), {}});
  add("policy", texts::kPolicyLabel,
      page_link({}, incident.escalation_policy.summary, incident.escalation_policy.html_url));
  add("responders", texts::kResponders, {{}, names_of(incident.responders, kMostNames), {}});
  // Whose meeting it is, nobody can say: a link only when it is PagerDuty's, else its address.
  const bool is_web = pagerduty::is_safe_web_link(incident.conference_url);
  add("bridge", texts::kBridgeLabel,
      page_link({}, is_web ? display_text(incident.conference_url, 120) : std::string(),
                incident.conference_url),
      incident.conference_number);
  if (!is_web) add("bridge", texts::kBridgeLabel, {{}, incident.conference_number, {}});
}

void ViewModelMaker::add_detail_actions(IncidentDetail& detail,
                                        const pagerduty::Incident& incident) const {
  if (card_.config.read_only) return;
  const bool is_busy = is_being_written(broker_, incident.id);
  const auto add = [&](IntentKind kind) -> Action& {
    Action& action = detail.actions.emplace_back(
        verb_action(verb_of(kind), incident.id, incident_name(incident)));
    if (is_busy) action.enabled = false;
    return action;
  };
  if (incident.status == pagerduty::IncidentStatus::kResolved) {
    add(IntentKind::kReopen);
    return;
  }
  add(IntentKind::kReassign);
  const bool escalates = sources_.service != nullptr &&
                         sources_.service->escalation_policy_detail &&
                         sources_.service->escalation_policy_detail->rules.size() > 1;
  if (escalates) add(IntentKind::kEscalate);
  add(IntentKind::kSnooze);
  add(IntentKind::kSetPriority);
  add(IntentKind::kAddNote);
  Action& help = add(IntentKind::kAddResponder);
  const bool lacks_person = current_user(broker_, account_.name) == nullptr &&
                            ViewModelMaker::detail(Kind::kCurrentUser, {}).error;
  if (!lacks_person || !help.reason.empty()) return;
  hold_back(help, texts::kNeedsAPerson);
}

// A group with its state, by its answer; `rows` makes the rows of what is there.
template <typename T, typename Rows>
DetailGroup ViewModelMaker::make_group(std::string id, Text title, Kind kind,
                                       const std::string& incident, Text error_title,
                                       Text empty_title, Rows rows) const {
  DetailGroup group;
  group.id = std::move(id);
  group.title = text_of(title);
  const Answer& answer = ViewModelMaker::detail(kind, incident);
  if (const auto* items = answer.detail_as<std::vector<T>>()) {
    group.state = SectionState::kReady;
    rows(group, *items);
    if (!group.rows.empty()) return group;
    group.state = SectionState::kEmpty;
    group.notice = Notice{group.id + ":empty", Tone::kNeutral, text_of(empty_title), {}, {}, {}};
  } else if (answer.error) {
    group.state = SectionState::kError;
    group.notice = Notice{group.id + ":error",
                          Tone::kWarning,
                          text_of(error_title),
                          text_of(*answer.error),
                          {},
                          list_of(retry_action("detail:" + group.id))};
  }
  return group;
}

// The next row of a group.
DetailRow& ViewModelMaker::add_row(DetailGroup& group, const std::string& id,
                                   std::optional<Time> at, const std::string& text,
                                   const std::string& url) const {
  DetailRow& row = group.rows.emplace_back();
  row.id = group.id + ":" + id;
  if (at) row.when = moment(*at, server_now_);
  row.text = page_link(row.id + ":text", text, url);
  return row;
}

DetailGroup ViewModelMaker::notes_of(const pagerduty::Incident& incident) const {
  return make_group<Note>(
      "notes:" + incident.id, texts::kNotes, Kind::kNotes, incident.id, texts::kNotesError,
      texts::kNoNotes, [&](DetailGroup& group, const std::vector<Note>& notes) {
        for (const Note* note : newest_first(notes, &Note::at)) {
          add_row(group, note->id, note->at, note->content, {}).meta = note->user.summary;
        }
        if (!notes.empty()) group.count = std::to_string(notes.size());
      });
}

DetailGroup ViewModelMaker::log_of(const pagerduty::Incident& incident) const {
  return make_group<LogEntry>(
      "log:" + incident.id, texts::kTimeline, Kind::kLogEntries, incident.id, texts::kTimelineError,
      texts::kNoTimeline, [&](DetailGroup& group, const std::vector<LogEntry>& log) {
        const bool is_whole = card_.browsing.whole_log || log.size() <= kMostLogRows + 1;
        for (const LogEntry* entry : newest_first(log, &LogEntry::at)) {
          if (!is_whole && group.rows.size() >= kMostLogRows) break;
          DetailRow& row = add_row(group, entry->id, entry->at, entry->summary, entry->html_url);
          row.meta = entry->note;
          row.tone = tone_of(*entry);
        }
        if (is_whole) return;
        Action more = make_action("log:all", texts::kShowMore, ActionStyle::kQuiet);
        more.label = language_.count(texts::kShowMore, log.size() - group.rows.size());
        group.actions.push_back(std::move(more));
      });
}

DetailGroup ViewModelMaker::alerts_of(const pagerduty::Incident& incident) const {
  return make_group<Alert>(
      "alerts:" + incident.id, texts::kAlerts, Kind::kAlerts, incident.id, texts::kAlertsError,
      texts::kNoAlerts, [&](DetailGroup& group, const std::vector<Alert>& alerts) {
        for (const Alert* alert : newest_first(alerts, &Alert::created_at)) {
          if (group.rows.size() >= kMostAlertRows) break;
          const bool is_resolved = alert->status == pagerduty::IncidentStatus::kResolved;
          DetailRow& row =
              add_row(group, alert->id, alert->created_at, alert->summary, alert->html_url);
          row.tone = is_resolved ? Tone::kOk : Tone::kCritical;
          if (is_resolved) row.meta = text_of(texts::kResolved);
          if (!alert->severity.empty()) {
            row.badge = Badge{alert->severity, Tone::kNeutral, true, {}};
          }
        }
        if (!alerts.empty()) group.count = std::to_string(alerts.size());
      });
}

}  // namespace pd::card
