#include "card/sources.h"

#include <algorithm>

#include "base/text.h"
#include "pagerduty/encode.h"

namespace pd::card {
namespace {

using client::AccountHealth;
using client::Kind;

// PagerDuty answers that there is no such service, 400 for what cannot be an id.
bool is_unknown(const client::Answer* answer) {
  if (answer == nullptr || !answer->error || answer->service) return false;
  return answer->error->code == ErrorCode::kNotFound ||
         answer->error->code == ErrorCode::kInvalidRequest;
}

void check_key(Sources& sources, const std::string& key) {
  if (key.empty()) return;
  const auto& integrations = sources.service->integrations;
  const auto has = [&](auto test) { return std::ranges::any_of(integrations, test); };
  sources.key_verified =
      has([&](const pagerduty::Integration& i) { return pagerduty::matches_key(i, key); });
  // An answer that holds back all keys says nothing about this one.
  const bool tells_keys = integrations.empty() || has([](const pagerduty::Integration& i) {
                            return !i.integration_key.empty();
                          });
  sources.key_mismatch = !sources.key_verified && tells_keys;
}

}  // namespace

std::vector<SectionKind> sections_of(const CardConfig& config) {
  if (!config.sections.empty()) return config.sections;
  switch (config.layout) {
    case Layout::kOnCall: return {SectionKind::kStatus, SectionKind::kOnCall};
    case Layout::kTrigger: return {};
    case Layout::kCompact:
      return {SectionKind::kStatus, SectionKind::kOnCall, SectionKind::kIncidents};
    case Layout::kFull: break;
  }
  return {SectionKind::kStatus, SectionKind::kIncidents, SectionKind::kChanges,
          SectionKind::kOnCall};
}

Sources look_up(const CardState& card, const client::Broker& broker) {
  Sources sources;
  if (!card.resolution.target) return sources;
  const auto& [id, key, account] = *card.resolution.target;
  if (!id.empty()) sources.by_id = &broker.answer({Kind::kService, account, id});
  const bool id_is_unknown = is_unknown(sources.by_id);
  if (!key.empty() && (id.empty() || id_is_unknown)) {
    sources.by_key = &broker.answer({Kind::kServiceByKey, account, key});
  }
  if (sources.by_id != nullptr && sources.by_id->service) {
    sources.service = sources.by_id->service.get();
  } else if (sources.by_key != nullptr && sources.by_key->service) {
    sources.service = sources.by_key->service.get();
    sources.found_by_key = !id.empty();
  }
  if (sources.service != nullptr) {
    sources.service_id = sources.service->id;
    check_key(sources, key);
  } else if (!id_is_unknown) {
    sources.service_id = id;
  }
  if (!sources.service_id.empty()) {
    sources.incidents = &broker.answer({Kind::kIncidents, account, sources.service_id});
    sources.changes = &broker.answer({Kind::kChanges, account, sources.service_id});
    sources.metrics = &broker.answer({Kind::kMetrics, account, sources.service_id});
  }
  if (sources.service != nullptr && !sources.service->escalation_policy.id.empty()) {
    sources.on_calls =
        &broker.answer({Kind::kOnCalls, account, sources.service->escalation_policy.id});
  }
  return sources;
}

std::string service_name(const CardState& card, const Sources& sources) {
  if (sources.service != nullptr && !sources.service->name.empty()) return sources.service->name;
  if (card.entity) return card.entity->title.empty() ? card.entity->name : card.entity->title;
  const bool has_id = card.resolution.target && !card.resolution.target->service_id.empty();
  return has_id ? display_text(card.resolution.target->service_id)
                : std::string(kUnknownServiceName);
}

std::string incident_name(const pagerduty::Incident& incident) {
  const std::string& title = incident.title.empty() ? incident.id : incident.title;
  return incident.number > 0 ? "#" + std::to_string(incident.number) + " " + title : title;
}

std::vector<client::Want> make_wants(const CardState& card, const client::Broker& broker) {
  std::vector<client::Want> wants;
  if (!card.resolution.target) return wants;
  const auto& [id, key, account] = *card.resolution.target;
  const Sources sources = look_up(card, broker);
  const std::vector<SectionKind> sections = sections_of(card.config);
  const auto shows = [&](SectionKind kind) {
    return std::ranges::find(sections, kind) != sections.end();
  };
  if (sources.by_id != nullptr) wants.push_back({Kind::kService, account, id});
  if (sources.by_key != nullptr) wants.push_back({Kind::kServiceByKey, account, key});
  const auto want_of_service = [&](Kind kind) {
    if (!sources.service_id.empty()) wants.push_back({kind, account, sources.service_id});
  };
  const bool all = card.facts_asked;
  if (all || shows(SectionKind::kIncidents) || shows(SectionKind::kStatus)) {
    want_of_service(Kind::kIncidents);
  }
  if (all || shows(SectionKind::kChanges)) want_of_service(Kind::kChanges);
  if (all || shows(SectionKind::kInsights)) want_of_service(Kind::kMetrics);
  // The confirm step of a creation names who is paged.
  const bool names_people = all || shows(SectionKind::kOnCall) || !card.config.read_only;
  if (names_people && sources.on_calls != nullptr) {
    wants.push_back({Kind::kOnCalls, account, sources.service->escalation_policy.id});
  }
  return wants;
}

std::optional<Text> act_obstacle(const AccountState& account, const client::Broker& broker) {
  if (!broker.is_online()) return texts::kNoConnection;
  switch (broker.health(account.name)) {
    case AccountHealth::kNotConnected: return texts::kNotConnected;
    case AccountHealth::kRefused: return texts::kUnauthorized;
    case AccountHealth::kGood: break;
  }
  if (!account.may_write) return texts::kMayNotWrite;
  return std::nullopt;
}

bool is_being_written(const client::Broker& broker, std::string_view incident_id) {
  return std::ranges::any_of(broker.intents(), [&](const client::Intent& intent) {
    return intent.incident_id == incident_id && (intent.state == client::IntentState::kPending ||
                                                 intent.state == client::IntentState::kAccepted);
  });
}

std::optional<Text> create_obstacle(const Sources& sources, const AccountState& account,
                                    const client::Broker& broker) {
  if (!broker.is_online()) return texts::kNoConnection;
  if (sources.service == nullptr) return texts::kServiceUnknown;
  if (sources.service->status == pagerduty::ServiceStatus::kDisabled) {
    return texts::kServiceDisabled;
  }
  if (sources.key_verified) return std::nullopt;
  return act_obstacle(account, broker);
}

}  // namespace pd::card
