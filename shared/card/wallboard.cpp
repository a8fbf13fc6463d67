// Several services, a row each, the most urgent first.
#include <algorithm>

#include "base/part.h"
#include "base/sort.h"
#include "base/text.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;
using pagerduty::Incident;
using pagerduty::IncidentStatus;

// What cannot be told is looked into before what is quiet.
int rank_of(const ServiceRow& row) {
  switch (row.tone) {
    case Tone::kCritical: return 0;
    case Tone::kWarning: return 1;
    case Tone::kInfo: return 2;
    case Tone::kMaintenance: return 3;
    case Tone::kNeutral: return 4;
    case Tone::kOk: return 5;
    case Tone::kDisabled: break;
  }
  return 6;
}

std::size_t count_of(const std::vector<Incident>& incidents, IncidentStatus status) {
  return static_cast<std::size_t>(std::ranges::count(incidents, status, &Incident::status));
}

// The one to look at first: triggered before acknowledged, then the newest.
const Incident* most_urgent(const std::vector<Incident>& incidents) {
  const Incident* most = nullptr;
  for (const Incident& incident : incidents) {
    const bool is_first =
        most == nullptr || incident.status < most->status ||
        (incident.status == most->status && incident.created_at > most->created_at);
    if (is_first) most = &incident;
  }
  return most;
}

}  // namespace

PD_ENTERS_PART void ViewModelMaker::make_wallboard() {
  Section section = make_section(SectionKind::kServices, "section:services", texts::kServices);
  section.skeleton_rows = static_cast<int>(std::min<std::size_t>(card_.members.usable.size(), 6));
  // Without an entity's name above, the title counts them.
  if (card_.entity) section.count = language_.number(card_.members.usable.size());
  std::vector<ServiceRow> rows;
  std::optional<Time> oldest;
  bool is_anything_known = false;
  for (std::size_t i = 0; i < card_.members.usable.size(); ++i) {
    const entity::Target& target = card_.members.usable[i].target;
    AccountState account = account_;
    account.name = target.account;
    const ViewModelMaker member(*this, target, account);
    rows.push_back(member.service_row(i));
    const Answer* answer = member.sources_.service_answer();
    is_anything_known =
        is_anything_known || (answer != nullptr && (answer->has_data() || answer->error));
    const Answer* incidents = member.sources_.incidents;
    if (incidents != nullptr && incidents->fetched_at) {
      oldest = std::min(oldest.value_or(Time::max()), *incidents->fetched_at);
      model_.header.stale = model_.header.stale || incidents->error.has_value();
    }
  }
  if (oldest) model_.header.updated = fill(texts::kUpdated, {age(*oldest, now_)});
  model_.header.stale = model_.header.stale || !may_ask();
  if (!is_anything_known) {
    model_.busy = may_ask();
    if (may_ask()) model_.sections.push_back(std::move(section));
    return;
  }
  std::vector<const ServiceRow*> sorted = pointers_to(rows);
  stable_sort(sorted,
              [](const ServiceRow& a, const ServiceRow& b) { return rank_of(a) < rank_of(b); });
  for (const ServiceRow* row : sorted) section.services.push_back(*row);
  model_.header.status = section.services.front().status;
  section.state = SectionState::kReady;
  model_.sections.push_back(std::move(section));
}

// `*this` has the sources of the one service.
ServiceRow ViewModelMaker::service_row(std::size_t index) const {
  const Member& member = card_.members.usable[index];
  const std::string digits = std::to_string(index);
  ServiceRow row;
  row.id = "service:" + digits;
  const pagerduty::Service* service = sources_.service;
  const std::string& name = service != nullptr ? service->name : member.name;
  row.name = page_link(row.id + ":name", name, service != nullptr ? service->html_url : "");
  if (service != nullptr) row.status = status_badge(status_now());
  if (row.status) row.tone = row.status->tone;
  const Answer* answer = sources_.service_answer();
  if (answer != nullptr && answer->error && service == nullptr) {
    row.tone = Tone::kInfo;
    row.meta = text_of(*answer->error);
  } else if (broker_.health(account_.name) != client::AccountHealth::kGood) {
    row.meta = text_of(texts::kNotConnected);
  }
  if (sources_.incidents != nullptr) add_incidents_to(row, *sources_.incidents);
  if (sources_.on_calls != nullptr) add_on_call_to(row, *sources_.on_calls);
  const auto add = [&](const char* verb, Text label, Icon icon) -> Action& {
    Action action = make_action(verb + digits, label, ActionStyle::kQuiet, icon);
    action.icon_only = true;
    action.name = fill(texts::kActionOn, {action.label, name});
    row.actions.push_back(std::move(action));
    return row.actions.back();
  };
  if (!card_.config.read_only && service != nullptr) {
    hold_back(add("create:", texts::kCreate, Icon::kAdd),
              create_obstacle(sources_, account_, broker_));
  }
  add("open:", texts::kDetails, Icon::kChevronRight);
  return row;
}

void ViewModelMaker::add_incidents_to(ServiceRow& row, const Answer& answer) const {
  if (!answer.has_data()) {
    if (answer.error) row.meta = text_of(*answer.error);
    return;
  }
  const std::vector<Incident>& incidents = *answer.incidents;
  const Incident* first = most_urgent(incidents);
  if (first == nullptr) {
    row.meta = text_of(texts::kNoIncidents);
    return;
  }
  row.incident = page_link(row.id + ":incident", incident_name(*first), first->html_url);
  const auto add = [&](Text text, IncidentStatus status) {
    const std::size_t count = count_of(incidents, status);
    if (count > 0) row.meta = join_meta(std::move(row.meta), language_.count(text, count));
  };
  add(texts::kCountTriggered, IncidentStatus::kTriggered);
  add(texts::kCountAcknowledged, IncidentStatus::kAcknowledged);
  if (first->created_at)
    row.meta = join_meta(std::move(row.meta), age(*first->created_at, server_now_));
}

void ViewModelMaker::add_on_call_to(ServiceRow& row, const Answer& answer) const {
  if (!answer.has_data()) return;
  const std::vector<Person> people = people_of(row.id, 1, answer);
  std::vector<std::string> first;
  first.reserve(people.size());
  for (const Person& person : people) first.push_back(person.name.text);
  row.on_call = people.empty() ? text_of(texts::kNobody) : names(first);
  if (people.size() == 1) row.on_call = join_meta(std::move(row.on_call), people.front().until);
}

}  // namespace pd::card
