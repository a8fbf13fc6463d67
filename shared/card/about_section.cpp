// The service itself: what it is for, who owns it, maintenance, what depends on it.
#include <algorithm>

#include "base/text.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;
using client::Kind;

constexpr std::size_t kMostDescription = 600;

void add_fact(Section& section, const char* name, std::string label, Link value,
              std::string detail = {}) {
  if (value.text.empty()) return;
  const std::string id = std::string("about:") + name;
  value.id = id + ":value";
  section.facts.push_back({id, std::move(label), std::move(value), std::move(detail)});
}

}  // namespace

Section ViewModelMaker::about() const {
  Section section = make_section(SectionKind::kStatus, "section:status", texts::kAbout);
  section.skeleton_rows = 2;
  if (!begin_fold(section)) return section;
  const Answer* answer = sources_.service_answer();
  if (!begin_section(section, answer, texts::kAboutError, "status")) return section;
  const pagerduty::Service* service = sources_.service;
  if (service == nullptr) return section;
  add_fact(section, "description", text_of(texts::kDescriptionLabel),
           {{}, display_text(service->description, kMostDescription), {}});
  add_fact(section, "policy", text_of(texts::kPolicyLabel),
           page_link({}, service->escalation_policy.summary, service->escalation_policy.html_url));
  std::vector<std::string> teams;
  teams.reserve(service->teams.size());
  for (const auto& team : service->teams) teams.push_back(team.summary);
  add_fact(section, "teams", text_of(texts::kTeamsLabel), {{}, language_.names(teams, 6), {}});
  if (const auto& hours = service->support_hours) {
    add_fact(section, "hours", text_of(texts::kSupportHoursLabel),
             {{},
              fill(texts::kSupportHours, {hours->start_time, hours->end_time, hours->time_zone}),
              {}});
  }
  std::vector<std::string> integrations;
  integrations.reserve(service->integrations.size());
  for (const auto& integration : service->integrations) integrations.push_back(integration.summary);
  add_fact(section, "integrations", text_of(texts::kIntegrationsLabel),
           {{}, language_.names(integrations, 4), {}});
  add_maintenance(section);
  add_neighbours(section);
  return section;
}

void ViewModelMaker::add_maintenance(Section& section) const {
  const Answer& answer = detail(Kind::kWindows, sources_.service_id);
  const auto* windows = answer.detail_as<std::vector<pagerduty::MaintenanceWindow>>();
  if (windows == nullptr) return;
  const pagerduty::MaintenanceWindow* first = nullptr;
  for (const auto& window : *windows) {
    const bool is_open = window.start && window.end && *window.end > server_now_;
    if (is_open && (first == nullptr || window.start < first->start)) first = &window;
  }
  const bool is_now = first != nullptr && *first->start <= server_now_;
  std::string when = text_of(texts::kNoMaintenance);
  if (is_now) {
    when = fill(texts::kMaintenanceNow, {moment(*first->end, server_now_)});
  } else if (first != nullptr) {
    when = fill(texts::kMaintenanceNext,
                {moment(*first->start, server_now_), moment(*first->end, server_now_)});
  }
  add_fact(section, "maintenance", text_of(texts::kMaintenanceLabel),
           page_link({}, std::move(when), first == nullptr ? std::string() : first->html_url),
           first == nullptr ? std::string() : first->description);
  if (card_.config.read_only) return;
  Action action = is_now ? make_action("maintenance:end:" + first->id, texts::kEndMaintenance,
                                       ActionStyle::kSecondary)
                         : make_action("maintenance:start", texts::kStartMaintenance,
                                       ActionStyle::kSecondary, Icon::kWrench);
  if (const auto obstacle = act_obstacle(account_, broker_)) {
    action.enabled = false;
    action.reason = text_of(*obstacle);
  }
  section.footer.push_back(std::move(action));
}

void ViewModelMaker::add_neighbours(Section& section) const {
  const auto* all = detail(Kind::kDependencies, sources_.service_id)
                        .detail_as<std::vector<pagerduty::Dependency>>();
  if (all == nullptr) return;
  std::vector<std::string> below;
  std::vector<std::string> above;
  std::size_t business = 0;
  for (const auto& [supporting, dependent] : *all) {
    const bool is_above = supporting.id == sources_.service_id;
    const pagerduty::Reference& other = is_above ? dependent : supporting;
    if (!is_technical(other)) {
      ++business;
      continue;
    }
    const auto& service = detail(Kind::kService, other.id).service;
    const std::string name = service                  ? service->name
                             : !other.summary.empty() ? other.summary
                                                      : display_text(other.id);
    (is_above ? above : below).push_back(name);
  }
  if (business > 0) above.push_back(language_.count(texts::kBusinessServices, business));
  constexpr std::size_t kMost = 6;
  add_fact(section, "below", text_of(texts::kDependsOnLabel),
           {{}, language_.names(below, kMost), {}});
  add_fact(section, "above", text_of(texts::kUsedByLabel), {{}, language_.names(above, kMost), {}});
}

}  // namespace pd::card
