// The service itself: what it is for, who owns it, maintenance, what depends on it.
#include <algorithm>

#include "base/text.h"
#include "card/view_model_maker.h"

namespace pd::card {
namespace {

using client::Answer;
using client::IntentKind;
using client::Kind;

constexpr std::size_t kMostNames = 6;

}  // namespace

Section ViewModelMaker::about() const {
  Section section = make_section(SectionKind::kStatus, "section:status", texts::kAbout);
  section.skeleton_rows = 2;
  if (begin_fold(section)) add_service_facts(section);
  return section;
}

PD_ENTERS_PART void ViewModelMaker::add_service_facts(Section& section) const {
  const Answer* answer = sources_.service_answer();
  if (!begin_section(section, answer, texts::kAboutError, "status")) return;
  const pagerduty::Service* service = sources_.service;
  if (service == nullptr) return;
  add_about(section, "description", texts::kDescriptionLabel,
            {{}, display_text(service->description, kMostDescription), {}});
  add_about(section, "policy", texts::kPolicyLabel,
            page_link({}, service->escalation_policy.summary, service->escalation_policy.html_url));
  add_about(section, "teams", texts::kTeamsLabel, {{}, names_of(service->teams, kMostNames), {}});
  if (const auto& hours = service->support_hours) {
    add_about(section, "hours", texts::kSupportHoursLabel,
              {{},
               fill(texts::kSupportHours, {hours->start_time, hours->end_time, hours->time_zone}),
               {}});
  }
  std::vector<std::string> integrations;
  integrations.reserve(service->integrations.size());
  for (const auto& integration : service->integrations) integrations.push_back(integration.summary);
  add_about(section, "integrations", texts::kIntegrationsLabel,
            {{}, language_.names(integrations, 4), {}});
  add_maintenance(section);
  add_neighbours(section);
}

// What is not known is no fact.
void ViewModelMaker::add_about(Section& section, const char* name, Text label, Link value,
                               std::string detail) const {
  if (value.text.empty()) return;
  section.facts.push_back(
      make_fact(std::string("about:") + name, label, std::move(value), std::move(detail)));
}

void ViewModelMaker::add_maintenance(Section& section) const {
  const Answer& answer = detail(Kind::kWindows, sources_.service_id);
  if (!answer.has_data()) return;
  const pagerduty::MaintenanceWindow* first = first_window(answer, server_now_);
  const bool is_now = first != nullptr && *first->start <= server_now_;
  std::string when = text_of(texts::kNoMaintenance);
  if (is_now) {
    when = fill(texts::kMaintenanceNow, {moment(*first->end, server_now_)});
  } else if (first != nullptr) {
    when = fill(texts::kMaintenanceNext,
                {moment(*first->start, server_now_), moment(*first->end, server_now_)});
  }
  add_about(section, "maintenance", texts::kMaintenanceLabel,
            page_link({}, std::move(when), first == nullptr ? std::string() : first->html_url),
            first == nullptr ? std::string() : first->description);
  if (card_.config.read_only) return;
  Action action =
      verb_action(verb_of(is_now ? IntentKind::kEndMaintenance : IntentKind::kStartMaintenance),
                  is_now ? first->id : std::string());
  if (!is_now) action.icon = Icon::kWrench;
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
  add_about(section, "below", texts::kDependsOnLabel, {{}, language_.names(below, kMostNames), {}});
  add_about(section, "above", texts::kUsedByLabel, {{}, language_.names(above, kMostNames), {}});
}

}  // namespace pd::card
