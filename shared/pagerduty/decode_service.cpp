// Services and what belongs to one: integrations, maintenance windows, change events, dependencies,
// analytics, standards.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

Integration read_integration(const Fields& fields) {
  Integration integration;
  integration.id = fields.exact("id");
  integration.type = fields.exact("type");
  integration.summary = fields.text("summary", 200);
  if (integration.summary.empty()) integration.summary = fields.text("name", 200);
  integration.integration_key = fields.exact("integration_key");
  integration.html_url = fields.exact("html_url");
  return integration;
}

SupportHours read_support_hours(const Fields& fields) {
  SupportHours hours;
  hours.time_zone = fields.text("time_zone", 60);
  hours.start_time = fields.text("start_time", 20);
  hours.end_time = fields.text("end_time", 20);
  for (const std::int64_t day : fields.integers("days_of_week")) {
    if (day >= 1 && day <= 7) hours.days_of_week.push_back(static_cast<int>(day));
  }
  return hours;
}

ChangeEvent read_change_event(const Fields& fields) {
  ChangeEvent event;
  event.id = fields.exact("id");
  event.summary = fields.text("summary");
  event.source = fields.text("source", 200);
  event.html_url = fields.exact("html_url");
  event.at = fields.time("timestamp");
  event.services = read_references(fields, "services");
  fields.each("links", [&](const Fields& link) {
    event.links.push_back({link.exact("href"), link.text("text", 200)});
  });
  return event;
}

MaintenanceWindow read_maintenance_window(const Fields& fields) {
  MaintenanceWindow window;
  window.id = fields.exact("id");
  window.summary = fields.text("summary");
  window.description = fields.lines("description");
  window.html_url = fields.exact("html_url");
  window.start = fields.time("start_time");
  window.end = fields.time("end_time");
  window.services = read_references(fields, "services");
  window.created_by = read_reference(fields.object("created_by"));
  return window;
}

ServiceAnalytics read_analytics(const Fields& fields) {
  ServiceAnalytics analytics;
  analytics.service_id = fields.exact("service_id");
  analytics.incidents = fields.integer("total_incident_count").value_or(0);
  analytics.interruptions = fields.integer("total_interruptions").value_or(0);
  analytics.sleep_hour_interruptions = fields.integer("total_sleep_hour_interruptions").value_or(0);
  analytics.mean_seconds_to_first_ack = fields.number("mean_seconds_to_first_ack");
  analytics.mean_seconds_to_resolve = fields.number("mean_seconds_to_resolve");
  analytics.up_time_percent = fields.number("up_time_pct");
  analytics.range_start = fields.exact("range_start");
  return analytics;
}

StandardsScore read_score(const Fields& fields) {
  StandardsScore score;
  score.service_id = fields.exact("resource_id");
  const Fields numbers = fields.object("score");
  score.passing = numbers.integer("passing").value_or(0);
  score.total = numbers.integer("total").value_or(0);
  fields.each("standards", [&](const Fields& item) {
    score.standards.push_back(
        {item.exact("id"), item.text("name", 200), item.lines("description"), item.flag("pass")});
  });
  return score;
}

Dependency read_dependency(const Fields& fields) {
  return {read_reference(fields.object("supporting_service")),
          read_reference(fields.object("dependent_service"))};
}

}  // namespace

Service read_service(const Fields& fields) {
  Service service;
  service.id = fields.exact("id");
  service.name = read_name(fields);
  service.description = fields.lines("description");
  service.html_url = fields.exact("html_url");
  service.status = fields.word<ServiceStatus>("status", kServiceStatusWords);
  const Fields policy = fields.object("escalation_policy");
  if (policy.has("escalation_rules")) {
    service.escalation_policy_detail = read_escalation_policy(policy);
    const EscalationPolicy& detail = *service.escalation_policy_detail;
    service.escalation_policy = {detail.id, policy.exact("type"), detail.name, detail.html_url,
                                 false};
  } else {
    service.escalation_policy = read_reference(policy);
  }
  service.teams = read_references(fields, "teams");
  fields.each("integrations",
              [&](const Fields& item) { service.integrations.push_back(read_integration(item)); });
  const Fields hours = fields.object("support_hours");
  if (hours.is_object() && !hours.json().empty()) service.support_hours = read_support_hours(hours);
  service.created_at = fields.time("created_at");
  service.last_incident_at = fields.time("last_incident_timestamp");
  service.acknowledgement_timeout_s = fields.integer("acknowledgement_timeout");
  service.auto_resolve_timeout_s = fields.integer("auto_resolve_timeout");
  return service;
}

Result<Decoded<Service>> decode_service(std::string_view body) {
  return decode_object<Service>(body, "service", read_service);
}
Result<Decoded<Page<Service>>> decode_services(std::string_view body) {
  return decode_page<Service>(body, "services", read_service);
}
Result<Decoded<Integration>> decode_integration(std::string_view body) {
  return decode_object<Integration>(body, "integration", read_integration);
}
Result<Decoded<Page<ChangeEvent>>> decode_change_events(std::string_view body) {
  return decode_page<ChangeEvent>(body, "change_events", read_change_event);
}
Result<Decoded<Page<MaintenanceWindow>>> decode_maintenance_windows(std::string_view body) {
  return decode_page<MaintenanceWindow>(body, "maintenance_windows", read_maintenance_window);
}
Result<Decoded<MaintenanceWindow>> decode_maintenance_window(std::string_view body) {
  return decode_object<MaintenanceWindow>(body, "maintenance_window", read_maintenance_window);
}
Result<Decoded<std::vector<ServiceAnalytics>>> decode_service_analytics(std::string_view body) {
  return decode_list<ServiceAnalytics>(body, "data", read_analytics);
}
Result<Decoded<std::vector<Dependency>>> decode_dependencies(std::string_view body) {
  return decode_list<Dependency>(body, "relationships", read_dependency);
}

Result<Decoded<std::vector<StandardsScore>>> decode_standards_scores(std::string_view body) {
  return decode_list<StandardsScore>(body, "resources", read_score);
}
// The score is the body itself, beside the standards that it counts.
Result<Decoded<StandardsScore>> decode_standards_score(std::string_view body) {
  const Result<Json> json = parse_with(body, "score", RootKind::kObject);
  if (!json) return std::unexpected(json.error());
  Decoded<StandardsScore> decoded;
  decoded.value = read_score(Fields(*json, decoded.diagnostics));
  return decoded;
}

}  // namespace pd::pagerduty
