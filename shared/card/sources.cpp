#include "card/sources.h"

#include <algorithm>

namespace pd::card {
namespace {

using client::Kind;

bool is_unknown(const client::Answer* answer) {
  return answer != nullptr && answer->error && answer->error->code == ErrorCode::kNotFound && !answer->service;
}

bool has_integration(const pagerduty::Service& service, const std::string& key) {
  return std::ranges::any_of(service.integrations, [&](const pagerduty::Integration& i) { return i.integration_key == key; });
}

bool shows(const CardConfig& config, SectionKind kind) {
  const std::vector<SectionKind> sections = sections_of(config);
  return std::ranges::find(sections, kind) != sections.end();
}

}  // namespace

std::vector<SectionKind> sections_of(const CardConfig& config) {
  if (!config.sections.empty()) return config.sections;
  switch (config.layout) {
    case Layout::kOnCall: return {SectionKind::kStatus, SectionKind::kOnCall};
    case Layout::kTrigger: return {};
    case Layout::kCompact: return {SectionKind::kStatus, SectionKind::kOnCall, SectionKind::kIncidents};
    case Layout::kFull: break;
  }
  return {SectionKind::kStatus, SectionKind::kIncidents, SectionKind::kChanges, SectionKind::kOnCall};
}

// The service id wins: it is exact. The key finds the service when there is no id, or when PagerDuty does not
// know the id; it is checked against the service's integrations.
Sources look_up(const CardState& card, const client::Broker& broker) {
  Sources sources;
  if (!card.resolution.target) return sources;
  const entity::Target& target = *card.resolution.target;
  if (!target.service_id.empty()) sources.by_id = &broker.answer({Kind::kService, target.account, target.service_id});
  const bool id_failed = is_unknown(sources.by_id);
  if (!target.integration_key.empty() && (target.service_id.empty() || id_failed)) {
    sources.by_key = &broker.answer({Kind::kServiceByKey, target.account, target.integration_key});
  }
  if (sources.by_id != nullptr && sources.by_id->service && !id_failed) {
    sources.service = sources.by_id->service.get();
    sources.key_mismatch = !target.integration_key.empty() && !sources.service->integrations.empty() &&
                           !has_integration(*sources.service, target.integration_key);
  } else if (sources.by_key != nullptr && sources.by_key->service) {
    sources.service = sources.by_key->service.get();
    sources.found_by_key = !target.service_id.empty();
  }
  sources.service_id = sources.service != nullptr ? sources.service->id : id_failed ? std::string() : target.service_id;
  if (!sources.service_id.empty()) {
    sources.incidents = &broker.answer({Kind::kIncidents, target.account, sources.service_id});
    sources.changes = &broker.answer({Kind::kChanges, target.account, sources.service_id});
  }
  if (sources.service != nullptr && !sources.service->escalation_policy.id.empty()) {
    sources.on_calls = &broker.answer({Kind::kOnCalls, target.account, sources.service->escalation_policy.id});
  }
  return sources;
}

std::vector<client::Want> make_wants(const CardState& card, const client::Broker& broker) {
  std::vector<client::Want> wants;
  if (!card.resolution.target) return wants;
  const entity::Target& target = *card.resolution.target;
  const Sources sources = look_up(card, broker);
  if (sources.by_id != nullptr) wants.push_back({Kind::kService, target.account, target.service_id});
  if (sources.by_key != nullptr) wants.push_back({Kind::kServiceByKey, target.account, target.integration_key});
  if (!sources.service_id.empty()) {
    const bool incidents = shows(card.config, SectionKind::kIncidents) || shows(card.config, SectionKind::kStatus);
    if (incidents || !card.pending.empty()) wants.push_back({Kind::kIncidents, target.account, sources.service_id});
    if (shows(card.config, SectionKind::kChanges)) wants.push_back({Kind::kChanges, target.account, sources.service_id});
  }
  const bool names_people = shows(card.config, SectionKind::kOnCall) || !card.config.read_only;
  if (sources.service != nullptr && names_people && !sources.service->escalation_policy.id.empty()) {
    wants.push_back({Kind::kOnCalls, target.account, sources.service->escalation_policy.id});
  }
  return wants;
}

}  // namespace pd::card
