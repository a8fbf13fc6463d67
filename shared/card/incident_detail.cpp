// One incident, looked at closer: who and since when, what happened, and what can be done.
#include <algorithm>

#include "base/sort.h"
#include "base/text.h"
#include "card/view_model_maker.h"
#include "pagerduty/links.h"

namespace pd::card {
namespace {

using client::Answer;
using client::Kind;

constexpr std::size_t kMostLogRows = 8;
constexpr std::size_t kMostAlertRows = 5;
constexpr std::size_t kMostDescription = 600;

Tone tone_of(const pagerduty::LogEntry& entry) {
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

IncidentDetail ViewModelMaker::incident_detail(const pagerduty::Incident& incident) const {
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
    const std::string id = detail.id + ":" + name;
    value.id = id + ":value";
    detail.facts.push_back({id, text_of(label), std::move(value), std::move(more)});
  };
  const auto names_of = [&](const std::vector<pagerduty::Assignment>& assignments) {
    std::vector<std::string> people;
    for (const auto& [user, at] : assignments) {
      if (!user.summary.empty()) people.push_back(user.summary);
    }
    return language_.names(people, 6);
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
  add("assigned", texts::kAssignedToLabel, {{}, names_of(incident.assignments), {}});
  add("acknowledged", texts::kAcknowledgedByLabel, {{}, names_of(incident.acknowledgements), {}});
  add("policy", texts::kPolicyLabel,
      page_link({}, incident.escalation_policy.summary, incident.escalation_policy.html_url));
  std::vector<std::string> responders;
  responders.reserve(incident.responders.size());
  for (const auto& user : incident.responders) responders.push_back(user.summary);
  add("responders", texts::kResponders, {{}, language_.names(responders, 6), {}});
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
  const std::optional<Text> obstacle = act_obstacle(account_, broker_);
  const bool is_busy = is_being_written(broker_, incident.id);
  const auto add = [&](const std::string& prefix, Text label, std::optional<Text> more = {}) {
    Action action = make_action(prefix + incident.id, label, ActionStyle::kSecondary);
    action.name = fill(texts::kActionOn, {action.label, incident_name(incident)});
    const std::optional<Text> why = obstacle ? obstacle : more;
    action.enabled = !why && !is_busy;
    if (why) action.reason = text_of(*why);
    detail.actions.push_back(std::move(action));
  };
  if (incident.status == pagerduty::IncidentStatus::kResolved) {
    return add("reopen:", texts::kReopen);
  }
  add("reassign:", texts::kReassign);
  const bool escalates = sources_.service != nullptr &&
                         sources_.service->escalation_policy_detail &&
                         sources_.service->escalation_policy_detail->rules.size() > 1;
  if (escalates) add("escalate:", texts::kEscalate);
  add("snooze:", texts::kSnooze);
  add("priority:", texts::kSetPriority);
  add("note:", texts::kAddNote);
  const bool lacks_person =
      detail_error(Kind::kCurrentUser, {}) && current_user(broker_, account_.name) == nullptr;
  add("responder:", texts::kAddResponder,
      lacks_person ? std::optional(texts::kNeedsAPerson) : std::nullopt);
}

bool ViewModelMaker::detail_error(Kind kind, const std::string& id) const {
  return detail(kind, id).error.has_value();
}

// A group's state, by its answer. True: there are rows to make.
bool ViewModelMaker::begin_group(DetailGroup& group, const Answer& answer, Text error_title) const {
  if (answer.has_data()) {
    group.state = SectionState::kReady;
    return true;
  }
  if (!answer.error) return false;
  group.state = SectionState::kError;
  group.notice = Notice{group.id + ":error",
                        Tone::kWarning,
                        text_of(error_title),
                        text_of(*answer.error),
                        {},
                        list_of(retry_action("detail:" + group.id))};
  return false;
}

void ViewModelMaker::set_group_empty(DetailGroup& group, Text title) const {
  group.state = SectionState::kEmpty;
  group.notice = Notice{group.id + ":empty", Tone::kNeutral, text_of(title), {}, {}, {}};
}

DetailGroup ViewModelMaker::notes_of(const pagerduty::Incident& incident) const {
  DetailGroup group;
  group.id = "notes:" + incident.id;
  group.title = text_of(texts::kNotes);
  const Answer& answer = detail(Kind::kNotes, incident.id);
  if (!begin_group(group, answer, texts::kNotesError)) return group;
  const auto& notes = *answer.detail_as<std::vector<pagerduty::Note>>();
  for (const pagerduty::Note* note : newest_first(notes, &pagerduty::Note::at)) {
    DetailRow row;
    row.id = group.id + ":" + note->id;
    if (note->at) row.when = moment(*note->at, server_now_);
    row.text = {row.id + ":text", note->content, {}};
    row.meta = note->user.summary;
    group.rows.push_back(std::move(row));
  }
  if (group.rows.empty()) set_group_empty(group, texts::kNoNotes);
  if (!group.rows.empty()) group.count = std::to_string(group.rows.size());
  return group;
}

DetailGroup ViewModelMaker::log_of(const pagerduty::Incident& incident) const {
  DetailGroup group;
  group.id = "log:" + incident.id;
  group.title = text_of(texts::kTimeline);
  const Answer& answer = detail(Kind::kLogEntries, incident.id);
  if (!begin_group(group, answer, texts::kTimelineError)) return group;
  const auto& log = *answer.detail_as<std::vector<pagerduty::LogEntry>>();
  const bool is_whole = card_.browsing.whole_log || log.size() <= kMostLogRows + 1;
  for (const pagerduty::LogEntry* entry : newest_first(log, &pagerduty::LogEntry::at)) {
    if (!is_whole && group.rows.size() >= kMostLogRows) break;
    DetailRow row;
    row.id = group.id + ":" + entry->id;
    if (entry->at) row.when = moment(*entry->at, server_now_);
    row.text = page_link(row.id + ":text", entry->summary, entry->html_url);
    row.meta = entry->note;
    row.tone = tone_of(*entry);
    group.rows.push_back(std::move(row));
  }
  if (group.rows.empty()) set_group_empty(group, texts::kNoTimeline);
  if (is_whole) return group;
  Action more = make_action("log:all", texts::kShowMore, ActionStyle::kQuiet);
  more.label = language_.count(texts::kShowMore, log.size() - group.rows.size());
  group.actions.push_back(std::move(more));
  return group;
}

DetailGroup ViewModelMaker::alerts_of(const pagerduty::Incident& incident) const {
  DetailGroup group;
  group.id = "alerts:" + incident.id;
  group.title = text_of(texts::kAlerts);
  const Answer& answer = detail(Kind::kAlerts, incident.id);
  if (!begin_group(group, answer, texts::kAlertsError)) return group;
  const auto& alerts = *answer.detail_as<std::vector<pagerduty::Alert>>();
  group.count = std::to_string(alerts.size());
  for (const pagerduty::Alert* alert : newest_first(alerts, &pagerduty::Alert::created_at)) {
    if (group.rows.size() >= kMostAlertRows) break;
    const bool is_resolved = alert->status == pagerduty::IncidentStatus::kResolved;
    DetailRow row;
    row.id = group.id + ":" + alert->id;
    if (alert->created_at) row.when = moment(*alert->created_at, server_now_);
    row.text = page_link(row.id + ":text", alert->summary, alert->html_url);
    row.tone = is_resolved ? Tone::kOk : Tone::kCritical;
    row.meta = is_resolved ? text_of(texts::kResolved) : std::string();
    if (!alert->severity.empty()) row.badge = Badge{alert->severity, Tone::kNeutral, true, {}};
    group.rows.push_back(std::move(row));
  }
  if (group.rows.empty()) {
    group.count.clear();
    set_group_empty(group, texts::kNoAlerts);
  }
  return group;
}

}  // namespace pd::card
