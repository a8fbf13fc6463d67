#include "card/facts.h"

#include <algorithm>

#include "base/json_writer.h"

namespace pd::card {
namespace {

class FactWriter {
 public:
  FactWriter() { json_.begin_object(); }

  // Facts that follow were said at `at`.
  void from(std::optional<Time> at) { at_ = at; }
  template <typename T>
  void add(std::string_view name, const T& value, std::string_view unit) {
    json_.key(name).begin_object().member("value", value).member("unit", unit);
    if (at_) json_.member("at", format_rfc3339(*at_));
    json_.end_object();
  }
  void add_flag(std::string_view name, bool value) { add(name, value, "boolean"); }
  void add_count(std::string_view name, auto value) {
    add(name, static_cast<std::int64_t>(value), "count");
  }
  std::string finish() {
    json_.end_object();
    return json_.take();
  }

 private:
  JsonWriter json_;
  std::optional<Time> at_;
};

void add_service_facts(FactWriter& facts, const pagerduty::Service& service) {
  facts.add("serviceId", service.id, "id");
  facts.add_flag("isInMaintenance", service.status == pagerduty::ServiceStatus::kMaintenance);
  facts.add_flag("isDisabled", service.status == pagerduty::ServiceStatus::kDisabled);
  facts.add_flag("hasEscalationPolicy", !service.escalation_policy.id.empty());
  facts.add_flag("hasTeams", !service.teams.empty());
  facts.add_flag("hasDescription", !service.description.empty());
  facts.add_flag("hasSupportHours", service.support_hours.has_value());
  facts.add_flag("hasIntegrations", !service.integrations.empty());
  facts.add_count("teams", service.teams.size());
  facts.add_count("integrations", service.integrations.size());
  if (service.escalation_policy_detail) {
    facts.add_count("escalationLevels", service.escalation_policy_detail->rules.size());
  }
}

void add_on_call_facts(FactWriter& facts, const client::Answer& answer) {
  const Time at = *answer.fetched_at;
  facts.add_flag("hasSomeoneOnCallAtLevel1",
                 std::ranges::any_of(*answer.on_calls, [&](const pagerduty::OnCall& o) {
                   return o.level == 1 && is_on_call(o, at);
                 }));
}

void add_metrics(FactWriter& facts, const pagerduty::ServiceAnalytics& metrics) {
  facts.add_count("incidentsIn30Days", metrics.incidents);
  facts.add_count("interruptionsIn30Days", metrics.interruptions);
  facts.add_count("sleepHourInterruptionsIn30Days", metrics.sleep_hour_interruptions);
  if (metrics.up_time_percent) facts.add("upTimePercent", *metrics.up_time_percent, "percent");
  if (const auto mean = metrics.mean_seconds_to_first_ack) {
    facts.add("meanSecondsToFirstAck", *mean, "seconds");
  }
  if (const auto mean = metrics.mean_seconds_to_resolve) {
    facts.add("meanSecondsToResolve", *mean, "seconds");
  }
}

}  // namespace

std::string make_facts(const CardState& card, const client::Broker& broker) {
  const Sources sources = look_up(card, broker);
  FactWriter facts;
  if (card.entity) facts.add("entityRef", card.entity->entity_ref, "entity-ref");
  if (sources.service != nullptr) {
    facts.from(sources.service_answer()->fetched_at);
    add_service_facts(facts, *sources.service);
  }
  if (sources.on_calls != nullptr && sources.on_calls->on_calls) {
    facts.from(sources.on_calls->fetched_at);
    add_on_call_facts(facts, *sources.on_calls);
  }
  if (sources.incidents != nullptr && sources.incidents->incidents) {
    const auto& incidents = *sources.incidents->incidents;
    facts.from(sources.incidents->fetched_at);
    facts.add_count("openIncidents", incidents.size());
    facts.add_count("triggeredIncidents",
                    std::ranges::count(incidents, pagerduty::IncidentStatus::kTriggered,
                                       &pagerduty::Incident::status));
    facts.add_count(
        "highUrgencyOpenIncidents",
        std::ranges::count(incidents, pagerduty::Urgency::kHigh, &pagerduty::Incident::urgency));
  }
  if (sources.changes != nullptr && sources.changes->changes) {
    facts.from(sources.changes->fetched_at);
    facts.add_count("recentChanges", sources.changes->changes->size());
  }
  if (sources.metrics != nullptr && sources.metrics->metrics) {
    facts.from(sources.metrics->fetched_at);
    add_metrics(facts, *sources.metrics->metrics);
  }
  if (sources.service_id.empty()) return facts.finish();
  const std::string& account = card.resolution.target->account;
  const auto& urgent = broker.answer({client::Kind::kMetricsUrgent, account, sources.service_id});
  if (const auto* rows = urgent.detail_as<std::vector<pagerduty::ServiceAnalytics>>()) {
    facts.from(urgent.fetched_at);
    facts.add_count("highUrgencyIncidentsIn30Days", rows->empty() ? 0 : rows->front().incidents);
  }
  const auto& standards = broker.answer({client::Kind::kStandards, account, sources.service_id});
  if (const auto* score = standards.detail_as<pagerduty::StandardsScore>()) {
    facts.from(standards.fetched_at);
    facts.add_count("standards", score->total);
    facts.add_count("passingStandards", score->passing);
  }
  return facts.finish();
}

}  // namespace pd::card
