#include "card/facts.h"

#include <algorithm>

#include "base/json_writer.h"

namespace pd::card {
namespace {

class FactWriter {
 public:
  template <typename T>
  void add(std::string_view name, const T& value, std::string_view unit, std::optional<Time> at) {
    json_.key(name).begin_object().member("value", value).member("unit", unit);
    if (at) json_.member("at", format_rfc3339(*at));
    json_.end_object();
  }
  JsonWriter& json() { return json_; }

 private:
  JsonWriter json_;
};

void add_service_facts(FactWriter& facts, const pagerduty::Service& service, std::optional<Time> at) {
  facts.add("serviceId", service.id, "id", at);
  facts.add("hasEscalationPolicy", !service.escalation_policy.id.empty(), "boolean", at);
  facts.add("hasDescription", !service.description.empty(), "boolean", at);
  facts.add("hasSupportHours", service.support_hours.has_value(), "boolean", at);
  facts.add("teams", static_cast<std::int64_t>(service.teams.size()), "count", at);
  facts.add("integrations", static_cast<std::int64_t>(service.integrations.size()), "count", at);
  if (service.escalation_policy_detail) {
    facts.add("escalationLevels", static_cast<std::int64_t>(service.escalation_policy_detail->rules.size()), "count", at);
  }
}

}  // namespace

std::string make_facts(const CardState& card, const client::Broker& broker, Time now) {
  const Sources sources = look_up(card, broker);
  FactWriter facts;
  facts.json().begin_object();
  if (card.entity) facts.add("entityRef", card.entity->entity_ref, "entity-ref", std::nullopt);
  if (sources.service != nullptr) add_service_facts(facts, *sources.service, sources.service_answer()->fetched_at);
  if (sources.on_calls != nullptr && sources.on_calls->on_calls) {
    const bool covered = std::ranges::any_of(*sources.on_calls->on_calls, [&](const pagerduty::OnCall& o) {
      return o.level == 1 && (!o.start || *o.start <= now) && (!o.end || *o.end > now);
    });
    facts.add("hasSomeoneOnCallAtLevel1", covered, "boolean", sources.on_calls->fetched_at);
  }
  if (sources.incidents != nullptr && sources.incidents->incidents) {
    facts.add("openIncidents", static_cast<std::int64_t>(sources.incidents->incidents->size()), "count", sources.incidents->fetched_at);
  }
  if (sources.changes != nullptr && sources.changes->changes) {
    facts.add("recentChanges", static_cast<std::int64_t>(sources.changes->changes->size()), "count", sources.changes->fetched_at);
  }
  facts.json().end_object();
  return facts.json().take();
}

}  // namespace pd::card
