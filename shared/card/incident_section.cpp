// The incidents of a service, and the writes that will be some.
#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "base/text.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::IntentState;
using pagerduty::Incident;
using pagerduty::IncidentStatus;

using client::Answer;
using client::IntentKind;

// A shorter list is read faster than it is searched.
constexpr std::size_t kWorthNarrowing = 6;

bool is_someones(const Incident& incident, std::string_view user) {
  const auto is_theirs = [user](const pagerduty::Assignment& a) { return a.user.id == user; };
  return std::ranges::any_of(incident.assignments, is_theirs) ||
         std::ranges::any_of(incident.acknowledgements, is_theirs);
}

}  // namespace

Section ViewModelMaker::incidents() const {
  Section section = make_section(SectionKind::kIncidents, "section:incidents", texts::kIncidents);
  for (const client::Intent* intent : open_intents()) {
    const bool is_here = client::is_creation(intent->kind) &&
                         intent->service_id == sources_.service_id &&
                         intent->state != IntentState::kFailed;
    if (is_here) section.incidents.push_back(write_row(*intent));
  }
  if (!begin_section(section, sources_.incidents, texts::kIncidentsError, "incidents")) {
    return section;
  }
  std::vector<const Incident*> sorted = pointers_to(*sources_.incidents->incidents);
  stable_sort(sorted, [](const Incident& a, const Incident& b) {
    if (a.status != b.status) return a.status < b.status;  // triggered before acknowledged
    return a.created_at > b.created_at;
  });
  section.count = language_.number(sorted.size()) + (sources_.incidents->truncated ? "+" : "");
  const std::size_t all = sorted.size();
  std::erase_if(sorted, [this](const auto* incident) { return !fits_filters(*incident); });
  for (const Incident* incident : sorted) {
    section.incidents.push_back(incident_row(*incident));
  }
  add_toolbar(section, all, sorted.size());
  if (section.incidents.empty() && all > 0) {
    set_empty(section, Tone::kNeutral, texts::kNoMatch, text_of(texts::kNoMatchBody));
  } else if (section.incidents.empty()) {
    const bool has_last = sources_.service != nullptr && sources_.service->last_incident_at;
    set_empty(section, Tone::kOk, texts::kNoIncidents,
              has_last ? fill(texts::kLastIncident,
                              {age(*sources_.service->last_incident_at, server_now_)})
                       : text_of(texts::kQuiet));
  }
  add_resolved(section);
  return section;
}

std::vector<std::string> people_in(const std::vector<pagerduty::Assignment>& assignments) {
  std::vector<std::string> people;
  for (const auto& [user, at] : assignments) {
    const bool is_new = std::ranges::find(people, user.summary) == people.end();
    if (!user.summary.empty() && is_new) people.push_back(user.summary);
  }
  return people;
}

// ---- Narrowing and choosing ----

bool ViewModelMaker::fits_filters(const Incident& incident) const {
  const Browsing& browsing = card_.browsing;
  const bool by_status = browsing.triggered || browsing.acknowledged;
  const bool has_status =
      (browsing.triggered && incident.status == IncidentStatus::kTriggered) ||
      (browsing.acknowledged && incident.status == IncidentStatus::kAcknowledged);
  if (by_status && !has_status) return false;
  if (browsing.high_urgency && incident.urgency != pagerduty::Urgency::kHigh) return false;
  const pagerduty::User* me = current_user(broker_, account_.name);
  if (browsing.mine && me != nullptr && !is_someones(incident, me->id)) return false;
  const std::string wanted = to_lower_ascii(trim(browsing.search));
  if (wanted.empty()) return true;
  std::string text = incident_name(incident);
  for (const std::string& name : people_in(incident.assignments)) text += " " + name;
  return to_lower_ascii(text).find(wanted) != std::string::npos;
}

// Over a list that is long enough to need it, or while it is used.
void ViewModelMaker::add_toolbar(Section& section, std::size_t all, std::size_t shown) const {
  const Browsing& browsing = card_.browsing;
  const bool may_select = !card_.config.read_only && all > 1;
  if (layout_is_small() ||
      (all < kWorthNarrowing && !browsing.is_narrowed() && !browsing.selecting)) {
    if (may_select && !layout_is_small()) {
      section.footer.push_back(
          make_action("select:begin", texts::kSelectSeveral, ActionStyle::kQuiet, Icon::kCheck));
    }
    return;
  }
  Toolbar toolbar;
  Field search;
  search.id = "field:search";
  search.kind = FieldKind::kSearch;
  search.label = search.placeholder = text_of(texts::kSearch);
  search.value = browsing.search;
  search.max_length = 120;
  toolbar.search = std::move(search);
  const auto filter = [&](const char* id, Text label, bool on) {
    Action action = make_action(id, label, ActionStyle::kSecondary);
    action.pressed = on ? Toggle::kOn : Toggle::kOff;
    toolbar.filters.push_back(std::move(action));
  };
  filter("filter:triggered", texts::kFilterTriggered, browsing.triggered);
  filter("filter:acknowledged", texts::kFilterAcknowledged, browsing.acknowledged);
  filter("filter:high", texts::kFilterHighUrgency, browsing.high_urgency);
  if (current_user(broker_, account_.name) != nullptr || browsing.mine) {
    filter("filter:mine", texts::kFilterMine, browsing.mine);
  }
  if (browsing.is_narrowed()) {
    toolbar.summary = fill(texts::kShownOf, {std::to_string(shown), std::to_string(all)});
    toolbar.actions.push_back(
        make_action("filter:clear", texts::kClearFilters, ActionStyle::kQuiet));
  }
  if (may_select && !browsing.selecting) {
    toolbar.actions.push_back(
        make_action("select:begin", texts::kSelectSeveral, ActionStyle::kQuiet, Icon::kCheck));
  }
  if (browsing.selecting) add_selection(toolbar);
  section.toolbar = std::move(toolbar);
}

// What can be done with the selected ones, at once.
PD_ENTERS_PART void ViewModelMaker::add_selection(Toolbar& toolbar) const {
  const std::size_t count = card_.browsing.selected.size();
  toolbar.summary = language_.count(texts::kSelected, count);
  for (const IntentKind kind :
       {IntentKind::kAcknowledge, IntentKind::kResolve, IntentKind::kReassign, IntentKind::kSnooze,
        IntentKind::kSetPriority}) {
    Action action = verb_action(verb_of(kind), kSelected);
    if (count == 0) action.enabled = false;
    toolbar.actions.push_back(std::move(action));
  }
  toolbar.actions.push_back(make_action("select:end", texts::kSelectDone, ActionStyle::kQuiet));
}

// ---- What was resolved lately, on demand ----

void ViewModelMaker::add_resolved(Section& section) const {
  if (layout_is_small()) return;
  const bool is_shown = card_.browsing.resolved;
  Action toggle =
      make_action("resolved:toggle", is_shown ? texts::kHideResolved : texts::kShowResolved,
                  ActionStyle::kQuiet, Icon::kClock);
  const Answer& answer = detail(client::Kind::kResolved, sources_.service_id);
  toggle.busy = is_shown && answer.loading && !answer.has_data();
  section.footer.push_back(std::move(toggle));
  if (is_shown) add_resolved_rows(section);
}

PD_ENTERS_PART void ViewModelMaker::add_resolved_rows(Section& section) const {
  const Answer& answer = detail(client::Kind::kResolved, sources_.service_id);
  if (answer.error && !answer.has_data()) {
    section.note = fill(texts::kLabelled, {text_of(texts::kResolvedError), text_of(*answer.error)});
    return;
  }
  const auto* incidents = answer.detail_as<std::vector<Incident>>();
  if (incidents == nullptr) return;
  if (incidents->empty()) section.note = text_of(texts::kNoneResolved);
  bool is_first = true;
  for (const Incident& incident : *incidents) {
    if (incident.status != IncidentStatus::kResolved) continue;
    IncidentRow row = incident_row(incident);
    if (std::exchange(is_first, false)) row.heading = text_of(texts::kRecentlyResolved);
    section.incidents.push_back(std::move(row));
  }
  if (!section.incidents.empty() && section.state == SectionState::kEmpty) {
    section.state = SectionState::kReady;
  }
}

// ---- Rows ----

// A creation that PagerDuty does not show yet.
PD_ENTERS_PART IncidentRow ViewModelMaker::write_row(const client::Intent& intent) const {
  IncidentRow row;
  row.id = "write:" + std::to_string(intent.id);
  row.title = {row.id + ":title", intent.subject, {}};
  row.pending = true;
  switch (intent.state) {
    case IntentState::kAccepted:
      row.status = {text_of(texts::kAccepted), Tone::kInfo, true, {}};
      row.meta = text_of(texts::kAcceptedBody);
      break;
    case IntentState::kUnconfirmed:
      row.status = {text_of(texts::kUnconfirmed), Tone::kWarning, true, {}};
      row.meta = text_of(texts::kUnconfirmedMeta);
      break;
    case IntentState::kPending:
    case IntentState::kSeen:
    case IntentState::kFailed:
      row.status = {text_of(texts::kSending), Tone::kNeutral, true, {}};
      row.meta = text_of(texts::kSendingBody);
      break;
  }
  return row;
}

IncidentRow ViewModelMaker::incident_row(const Incident& incident) const {
  const bool is_triggered = incident.status == IncidentStatus::kTriggered;
  const bool is_resolved = incident.status == IncidentStatus::kResolved;
  IncidentRow row;
  row.id = "incident:" + incident.id;
  if (incident.number > 0) row.number = "#" + std::to_string(incident.number);
  row.title = page_link(row.id + ":title", incident.title.empty() ? incident.id : incident.title,
                        incident.html_url);
  row.tone = is_triggered ? Tone::kCritical : is_resolved ? Tone::kOk : Tone::kWarning;
  row.status = {text_of(is_triggered  ? texts::kTriggered
                        : is_resolved ? texts::kResolved
                                      : texts::kAcknowledged),
                row.tone,
                false,
                {}};
  if (incident.urgency != pagerduty::Urgency::kUnknown) {
    const bool is_high = incident.urgency == pagerduty::Urgency::kHigh;
    row.urgency = Badge{text_of(is_high ? texts::kHighUrgency : texts::kLowUrgency),
                        is_high ? Tone::kCritical : Tone::kNeutral,
                        true,
                        {}};
  }
  if (incident.priority) {
    row.priority = Badge{incident.priority->name, Tone::kNeutral, false, incident.priority->color};
  }
  row.meta = incident_meta(incident);
  const bool is_selecting = card_.browsing.selecting && !is_resolved;
  if (is_selecting) {
    row.select = Choice{"select:" + incident.id, fill(texts::kSelectOne, {incident_name(incident)}),
                        card_.browsing.is_selected(incident.id)};
  }
  if (!is_selecting && !is_resolved) add_incident_actions(row, incident);
  if (layout_is_small()) return row;
  const bool is_expanded = card_.browsing.expanded == incident.id;
  Action expand = make_action("expand:" + incident.id, texts::kDetails, ActionStyle::kQuiet,
                              is_expanded ? Icon::kChevronDown : Icon::kChevronRight);
  expand.name = fill(texts::kActionOn, {expand.label, incident_name(incident)});
  expand.icon_only = true;
  expand.expanded = is_expanded ? Toggle::kOn : Toggle::kOff;
  expand.controls = "detail:" + incident.id;
  row.expand = std::move(expand);
  if (is_expanded) row.detail = incident_detail(incident);
  return row;
}

std::string ViewModelMaker::incident_meta(const Incident& incident) const {
  std::string meta = incident.created_at ? age(*incident.created_at, server_now_) : std::string();
  const std::optional<Time> ended =
      incident.resolved_at ? incident.resolved_at : incident.last_status_change_at;
  if (incident.status == IncidentStatus::kResolved) {
    if (ended) meta = fill(texts::kResolvedWhen, {age(*ended, server_now_)});
    return join_meta(std::move(meta), incident.last_status_change_by.summary);
  }
  const std::vector<std::string> acknowledgers = people_in(incident.acknowledgements);
  const std::vector<std::string> assignees = people_in(incident.assignments);
  const std::string who = !acknowledgers.empty()
                              ? fill(texts::kAcknowledgedBy, {names(acknowledgers)})
                          : !assignees.empty() ? fill(texts::kAssignedTo, {names(assignees)})
                                               : text_of(texts::kNotAssigned);
  meta = join_meta(std::move(meta), who);
  const std::int64_t alerts = incident.alerts_total.value_or(0);
  if (alerts < 2) return meta;  // one alert is the incident
  return join_meta(std::move(meta),
                   language_.count(texts::kAlertCount, static_cast<std::size_t>(alerts)));
}

void ViewModelMaker::add_incident_actions(IncidentRow& row, const Incident& incident) const {
  if (card_.config.read_only) return;
  const bool is_busy = is_being_written(broker_, incident.id);
  const auto add = [&](IntentKind kind) {
    Action action = verb_action(verb_of(kind), incident.id, incident_name(incident));
    if (is_busy) action.enabled = false;
    action.busy = is_busy;
    row.actions.push_back(std::move(action));
  };
  if (incident.status == IncidentStatus::kTriggered) add(IntentKind::kAcknowledge);
  add(IntentKind::kResolve);
}

}  // namespace pd::card
