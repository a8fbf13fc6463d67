// Requests that read.
#include "pagerduty/request_path.h"

namespace pd::pagerduty {
namespace {

void with_open_statuses(Path& path) {
  path.with("statuses[]", "triggered").with("statuses[]", "acknowledged");
}

void with_service_includes(Path& path) {
  path.with("include[]", "integrations")
      .with("include[]", "escalation_policies")
      .with("include[]", "teams");
}

Path shifts_path(std::span<const std::string> escalation_policy_ids, Time since, Time until) {
  Path path("/oncalls");
  path.with_all("escalation_policy_ids[]", escalation_policy_ids)
      .with("include[]", "users")
      .with("since", format_rfc3339(since))
      .with("until", format_rfc3339(until));
  return path;
}

}  // namespace

Request make_get_service(std::string_view service_id) {
  Path path("/services");
  path.segment(service_id);
  with_service_includes(path);
  return get(path);
}

Request make_find_service(std::string_view integration_key) {
  Path path("/services");
  path.with("query", integration_key);
  with_service_includes(path);
  return get(path);
}

Request make_list_incidents(std::span<const std::string> service_ids, const PageQuery& page) {
  Path path("/incidents");
  path.with_all("service_ids[]", service_ids);
  with_open_statuses(path);
  // A priority that is not included is a reference: it has no colour.
  path.with("date_range", "all")
      .with("sort_by", "created_at:desc")
      .with("include[]", "priorities")
      .with_page(page);
  return get(path);
}

Request make_list_services(const PageQuery& page) {
  Path path("/services");
  with_service_includes(path);
  path.with_page(page);
  return get(path);
}

Request make_list_all_change_events(std::optional<Time> since, const PageQuery& page) {
  Path path("/change_events");
  if (since) path.with("since", format_rfc3339(*since));
  path.with_page(page);
  return get(path);
}

Request make_list_on_calls(std::span<const std::string> escalation_policy_ids,
                           const PageQuery& page) {
  Path path("/oncalls");
  path.with_all("escalation_policy_ids[]", escalation_policy_ids)
      .with("include[]", "users")
      .with("earliest", "false")
      .with_page(page);
  return get(path);
}

Request make_list_shifts(std::span<const std::string> escalation_policy_ids, Time since, Time until,
                         const PageQuery& page) {
  Path path = shifts_path(escalation_policy_ids, since, until);
  path.with_page(page);
  return get(path);
}

Request make_list_next_shifts(std::span<const std::string> escalation_policy_ids, Time since,
                              Time until, const PageQuery& page) {
  Path path = shifts_path(escalation_policy_ids, since, until);
  path.with("earliest", "true").with_page(page);
  return get(path);
}

Request make_list_resolved_incidents(std::string_view service_id, Time since, std::int64_t limit) {
  Path path("/incidents");
  path.with("service_ids[]", service_id)
      .with("statuses[]", "resolved")
      .with("since", format_rfc3339(since))
      .with("sort_by", "created_at:desc")
      .with("include[]", "priorities")
      .with("limit", std::to_string(limit));
  return get(path);
}

Request make_list_change_events(std::string_view service_id, std::int64_t limit) {
  Path path("/services");
  path.segment(service_id).segment("change_events").with("limit", std::to_string(limit));
  return get(path);
}

Request make_get_incident(std::string_view incident_id) {
  Path path("/incidents");
  path.segment(incident_id);
  return get(path);
}

Request make_find_incident_by_key(std::string_view service_id, std::string_view incident_key) {
  Path path("/incidents");
  path.with("incident_key", incident_key)
      .with("service_ids[]", service_id)
      .with("date_range", "all")
      .with("limit", "5");
  return get(path);
}

Request make_list_log_entries(std::string_view incident_id) {
  Path path("/incidents");
  path.segment(incident_id).segment("log_entries").with("is_overview", "true").with("limit", "100");
  return get(path);
}

Request make_list_notes(std::string_view incident_id) {
  Path path("/incidents");
  path.segment(incident_id).segment("notes");
  return get(path);
}

Request make_list_alerts(std::string_view incident_id, const PageQuery& page) {
  Path path("/incidents");
  path.segment(incident_id).segment("alerts").with_page(page);
  return get(path);
}

Request make_list_maintenance_windows(std::string_view service_id) {
  Path path("/maintenance_windows");
  path.with("service_ids[]", service_id).with("filter", "open");
  return get(path);
}

Request make_list_dependencies(std::string_view service_id) {
  Path path("/service_dependencies/technical_services");
  path.segment(service_id);
  return get(path);
}

Request make_list_users(std::span<const std::string> team_ids, const PageQuery& page) {
  Path path("/users");
  path.with_all("team_ids[]", team_ids).with_page(page);
  return get(path);
}

Request make_list_escalation_policies(const PageQuery& page) {
  Path path("/escalation_policies");
  path.with("sort_by", "name").with_page(page);
  return get(path);
}

Request make_list_priorities() {
  Path path("/priorities");
  path.with("limit", "100");
  return get(path);
}

Request make_get_current_user() {
  Path path("/users/me");
  return get(path);
}

Request make_list_abilities() {
  Path path("/abilities");
  return get(path);
}

Request make_get_schedule(std::string_view schedule_id, Time since, Time until) {
  Path path("/schedules");
  path.segment(schedule_id)
      .with("since", format_rfc3339(since))
      .with("until", format_rfc3339(until));
  return get(path);
}

Request make_get_service_analytics(std::span<const std::string> service_ids,
                                   const AnalyticsQuery& query) {
  Path path("/analytics/metrics/incidents/services");
  JsonWriter json;
  json.begin_object().key("filters").begin_object();
  json.member("created_at_start", format_rfc3339(query.since))
      .member("created_at_end", format_rfc3339(query.until));
  if (query.only_high_urgency) json.member("urgency", "high");
  json.key("service_ids").begin_array();
  for (const std::string& id : service_ids) json.value(id);
  json.end_array().end_object();
  if (query.by_day) json.member("aggregate_unit", "day").member("time_zone", "Etc/UTC");
  json.end_object();
  return write("POST", path, json, false);
}

Request make_get_standards_score(std::string_view service_id) {
  Path path("/standards/scores/technical_services");
  path.segment(service_id);
  return get(path);
}

}  // namespace pd::pagerduty
