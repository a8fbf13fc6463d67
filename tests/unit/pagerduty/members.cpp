#include "members.h"

#include <algorithm>

namespace pd::pagerduty {
namespace {

using enum Kind;

constexpr Member kReference[] = {{"id", kText, "id"},
                                 {"type", kText, "type"},
                                 {"summary", kText, "summary"},
                                 {"name", kText, "summary", {}, true},
                                 {"html_url", kText, "html_url"}};
constexpr Member kContactMethod[] = {{"type", kText, "-"}};
constexpr Member kUser[] = {{"id", kText, "id"},
                            {"name", kText, "name"},
                            {"summary", kText, "name", {}, true},
                            {"email", kText, "email"},
                            {"time_zone", kText, "time_zone"},
                            {"html_url", kText, "html_url"},
                            {"job_title", kText, "job_title"},
                            {"contact_methods", kList, "-", kContactMethod}};
constexpr Member kRule[] = {{"id", kText, "id"},
                            {"escalation_delay_in_minutes", kNumber, "delay_minutes"},
                            {"targets", kList, "targets", kReference}};
constexpr Member kPolicy[] = {{"id", kText, "id"},
                              {"name", kText, "name"},
                              {"summary", kText, "name", {}, true},
                              {"html_url", kText, "html_url"},
                              {"description", kText, "description"},
                              {"num_loops", kNumber, "loops"},
                              {"escalation_rules", kList, "rules", kRule}};
// A service's, included with its rules.
constexpr Member kPolicyOfService[] = {
    {"id", kText, "escalation_policy.id"},
    {"type", kText, "escalation_policy.type"},
    {"name", kText, "escalation_policy.summary"},
    {"summary", kText, "escalation_policy.summary", {}, true},
    {"html_url", kText, "escalation_policy.html_url"},
    {"escalation_rules", kList, "escalation_policy_detail.rules", kRule}};
constexpr Member kIntegration[] = {{"id", kText, "id"},
                                   {"type", kText, "type"},
                                   {"summary", kText, "summary"},
                                   {"name", kText, "summary", {}, true},
                                   {"integration_key", kText, "integration_key"},
                                   {"html_url", kText, "html_url"}};
constexpr Member kSupportHours[] = {{"time_zone", kText, "time_zone"},
                                    {"start_time", kText, "start_time"},
                                    {"end_time", kText, "end_time"},
                                    {"days_of_week", kNumbers, "days_of_week"}};
constexpr Member kService[] = {{"id", kText, "id"},
                               {"name", kText, "name"},
                               {"summary", kText, "name", {}, true},
                               {"description", kText, "description"},
                               {"html_url", kText, "html_url"},
                               {"status", kWord, "status"},
                               {"created_at", kTime, "created_at"},
                               {"last_incident_timestamp", kTime, "last_incident_at"},
                               {"acknowledgement_timeout", kNumber, "acknowledgement_timeout_s"},
                               {"auto_resolve_timeout", kNumber, "auto_resolve_timeout_s"},
                               {"escalation_policy", kObject, "", kPolicyOfService},
                               {"teams", kList, "teams", kReference},
                               {"integrations", kList, "integrations", kIntegration},
                               {"support_hours", kObject, "support_hours", kSupportHours}};
constexpr Member kPriority[] = {{"id", kText, "id"},
                                {"name", kText, "name"},
                                {"summary", kText, "name", {}, true},
                                {"description", kText, "description"},
                                {"color", kText, "-"}};
constexpr Member kAssignment[] = {{"assignee", kObject, "user", kReference}, {"at", kTime, "at"}};
constexpr Member kAcknowledgement[] = {{"acknowledger", kObject, "user", kReference},
                                       {"at", kTime, "at"}};
constexpr Member kAlertCounts[] = {{"all", kNumber, "alerts_total"},
                                   {"triggered", kNumber, "alerts_triggered"}};
constexpr Member kResponder[] = {{"user", kObject, "", kReference}};
constexpr Member kBridge[] = {{"conference_url", kText, "conference_url"},
                              {"conference_number", kText, "conference_number"}};
constexpr Member kBody[] = {{"details", kTextOrObject, "description"}};
constexpr Member kIncident[] = {
    {"id", kText, "id"},
    {"title", kText, "title"},
    {"summary", kText, "title", {}, true},
    {"html_url", kText, "html_url"},
    {"incident_key", kText, "incident_key"},
    {"body", kObject, "", kBody},
    {"description", kText, "description", {}, true},
    {"incident_number", kNumber, "number"},
    {"status", kWord, "status"},
    {"urgency", kWord, "urgency"},
    {"priority", kObject, "priority", kPriority},
    {"created_at", kTime, "created_at"},
    {"resolved_at", kTime, "resolved_at"},
    {"last_status_change_at", kTime, "last_status_change_at"},
    {"updated_at", kTime, "updated_at"},
    {"service", kObject, "service", kReference},
    {"escalation_policy", kObject, "escalation_policy", kReference},
    {"last_status_change_by", kObject, "last_status_change_by", kReference},
    {"teams", kList, "teams", kReference},
    {"assignments", kList, "assignments", kAssignment},
    {"acknowledgements", kList, "acknowledgements", kAcknowledgement},
    {"alert_counts", kObject, "", kAlertCounts},
    {"incidents_responders", kList, "responders", kResponder},
    {"conference_bridge", kObject, "", kBridge}};
constexpr Member kPastIncident[] = {{"incident", kObject, "", kIncident}};
constexpr Member kAlert[] = {{"id", kText, "id"},
                             {"summary", kText, "summary"},
                             {"severity", kText, "severity"},
                             {"html_url", kText, "html_url"},
                             {"alert_key", kText, "alert_key"},
                             {"status", kWord, "status"},
                             {"created_at", kTime, "created_at"},
                             {"incident", kObject, "incident", kReference},
                             {"service", kObject, "service", kReference}};
constexpr Member kChannel[] = {{"type", kText, "channel_type"}, {"content", kText, "note"}};
constexpr Member kLogEntry[] = {{"id", kText, "id"},
                                {"type", kText, "type"},
                                {"summary", kText, "summary"},
                                {"html_url", kText, "html_url"},
                                {"channel", kObject, "", kChannel},
                                {"created_at", kTime, "at"},
                                {"agent", kObject, "agent", kReference},
                                {"incident", kObject, "incident", kReference},
                                {"service", kObject, "service", kReference}};
constexpr Member kNote[] = {{"id", kText, "id"},
                            {"content", kText, "content"},
                            {"created_at", kTime, "at"},
                            {"user", kObject, "user", kReference}};
constexpr Member kStatusUpdate[] = {{"id", kText, "id"},
                                    {"message", kText, "content"},
                                    {"created_at", kTime, "at"},
                                    {"sender", kObject, "user", kReference}};
constexpr Member kResponderRequest[] = {{"id", kText, "id"},
                                        {"message", kText, "content"},
                                        {"requested_at", kTime, "at"},
                                        {"requester", kObject, "user", kReference}};
constexpr Member kOnCall[] = {{"user", kObject, "user", kUser},
                              {"schedule", kObject, "schedule", kReference},
                              {"escalation_policy", kObject, "escalation_policy", kReference},
                              {"escalation_level", kNumber, "level"},
                              {"start", kTime, "start"},
                              {"end", kTime, "end"}};
constexpr Member kEntry[] = {
    {"user", kObject, "user", kUser}, {"start", kTime, "start"}, {"end", kTime, "end"}};
constexpr Member kFinalSchedule[] = {{"rendered_schedule_entries", kList, "final_entries", kEntry}};
constexpr Member kOverrides[] = {{"rendered_schedule_entries", kList, "overrides", kEntry}};
constexpr Member kSchedule[] = {{"id", kText, "id"},
                                {"name", kText, "name"},
                                {"summary", kText, "name", {}, true},
                                {"time_zone", kText, "time_zone"},
                                {"html_url", kText, "html_url"},
                                {"final_schedule", kObject, "", kFinalSchedule},
                                {"overrides_subschedule", kObject, "", kOverrides}};
constexpr Member kOverride[] = {{"id", kText, "id"},
                                {"user", kObject, "user", kUser},
                                {"start", kTime, "start"},
                                {"end", kTime, "end"}};
constexpr Member kOverrideResult[] = {{"status", kNumber, "http_status"},
                                      {"errors", kTexts, "errors"},
                                      {"override", kObject, "", kOverride}};
constexpr Member kLink[] = {{"href", kText, "href"}, {"text", kText, "text"}};
constexpr Member kChange[] = {{"id", kText, "id"},
                              {"summary", kText, "summary"},
                              {"source", kText, "source"},
                              {"html_url", kText, "html_url"},
                              {"timestamp", kTime, "at"},
                              {"links", kList, "links", kLink},
                              {"services", kList, "services", kReference}};
constexpr Member kMaintenance[] = {{"id", kText, "id"},
                                   {"summary", kText, "summary"},
                                   {"description", kText, "description"},
                                   {"html_url", kText, "html_url"},
                                   {"start_time", kTime, "start"},
                                   {"end_time", kTime, "end"},
                                   {"services", kList, "services", kReference},
                                   {"created_by", kObject, "created_by", kReference}};
constexpr Member kLicense[] = {{"id", kText, "id"},
                               {"name", kText, "name"},
                               {"description", kText, "description"},
                               {"current_value", kNumber, "in_use"},
                               {"allocations_available", kNumber, "available"}};
constexpr Member kStandard[] = {{"id", kText, "id"},
                                {"name", kText, "name"},
                                {"description", kText, "description"},
                                {"active", kFlag, "passing"}};
constexpr Member kStandardOfScore[] = {{"id", kText, "id"},
                                       {"name", kText, "name"},
                                       {"description", kText, "description"},
                                       {"pass", kFlag, "passing"}};
constexpr Member kCounts[] = {{"passing", kNumber, "passing"}, {"total", kNumber, "total"}};
constexpr Member kScore[] = {{"resource_id", kText, "service_id"},
                             {"score", kObject, "", kCounts},
                             {"standards", kList, "standards", kStandardOfScore}};
constexpr Member kDependency[] = {{"supporting_service", kObject, "supporting", kReference},
                                  {"dependent_service", kObject, "dependent", kReference}};
constexpr Member kAnalytics[] = {
    {"service_id", kText, "service_id"},
    {"total_incident_count", kNumber, "incidents"},
    {"total_interruptions", kNumber, "interruptions"},
    {"total_sleep_hour_interruptions", kNumber, "sleep_hour_interruptions"},
    {"mean_seconds_to_first_ack", kNumber, "mean_seconds_to_first_ack"},
    {"mean_seconds_to_resolve", kNumber, "mean_seconds_to_resolve"},
    {"up_time_pct", kNumber, "up_time_percent"}};
constexpr Member kAccepted[] = {{"message", kText, "message"}, {"dedup_key", kText, "dedup_key"}};
constexpr Member kToken[] = {{"refresh_token", kText, "-"},
                             {"token_type", kText, "token_type"},
                             {"scope", kText, "scope"},
                             {"expires_in", kNumber, "expires_in_s"}};

constexpr Operation kOperations[] = {
    {"GET /services", "services", kList, true, kService},
    {"GET /services/{id}", "service", kObject, false, kService},
    {"GET /services/{id}/integrations/{id}", "integration", kObject, false, kIntegration},
    {"GET /services/{id}/change_events", "change_events", kList, true, kChange},
    {"GET /change_events", "change_events", kList, true, kChange},
    {"GET /incidents/{id}/related_change_events", "change_events", kList, true, kChange},
    {"GET /incidents", "incidents", kList, true, kIncident},
    {"PUT /incidents", "incidents", kList, true, kIncident},
    {"POST /incidents", "incident", kObject, false, kIncident},
    {"GET /incidents/{id}", "incident", kObject, false, kIncident},
    {"PUT /incidents/{id}", "incident", kObject, false, kIncident},
    {"POST /incidents/{id}/snooze", "incident", kObject, false, kIncident},
    {"GET /incidents/{id}/log_entries", "log_entries", kList, true, kLogEntry},
    {"GET /log_entries", "log_entries", kList, true, kLogEntry},
    {"GET /log_entries/{id}", "log_entry", kObject, false, kLogEntry},
    {"GET /incidents/{id}/notes", "notes", kList, false, kNote},
    {"POST /incidents/{id}/notes", "note", kObject, false, kNote},
    {"GET /incidents/{id}/alerts", "alerts", kList, true, kAlert},
    {"GET /incidents/{id}/alerts/{id}", "alert", kObject, false, kAlert},
    {"GET /incidents/{id}/past_incidents", "past_incidents", kList, false, kPastIncident},
    {"POST /incidents/{id}/status_updates", "status_update", kObject, false, kStatusUpdate},
    {"POST /incidents/{id}/responder_requests", "responder_request", kObject, false,
     kResponderRequest},
    {"GET /oncalls", "oncalls", kList, true, kOnCall},
    {"GET /escalation_policies", "escalation_policies", kList, true, kPolicy},
    {"GET /escalation_policies/{id}", "escalation_policy", kObject, false, kPolicy},
    {"GET /schedules", "schedules", kList, true, kSchedule},
    {"GET /schedules/{id}", "schedule", kObject, false, kSchedule},
    {"GET /v3/schedules/{id}", "schedule", kObject, false, kSchedule},
    {"GET /schedules/{id}/users", "users", kList, false, kUser},
    {"GET /schedules/{id}/overrides", "overrides", kList, false, kOverride},
    {"POST /schedules/{id}/overrides", "", kList, false, kOverrideResult},
    {"GET /users/me", "user", kObject, false, kUser},
    {"GET /users", "users", kList, true, kUser},
    {"GET /users/{id}", "user", kObject, false, kUser},
    {"GET /priorities", "priorities", kList, true, kPriority},
    {"GET /maintenance_windows", "maintenance_windows", kList, true, kMaintenance},
    {"POST /maintenance_windows", "maintenance_window", kObject, false, kMaintenance},
    {"GET /abilities", "abilities", kTexts, false, {}},
    {"GET /licenses", "licenses", kList, false, kLicense},
    {"GET /standards", "standards", kList, false, kStandard},
    {"GET /standards/scores/{type}", "resources", kList, false, kScore},
    {"GET /service_dependencies/technical_services/{id}", "relationships", kList, false,
     kDependency},
    {"POST /analytics/metrics/incidents/services", "data", kList, false, kAnalytics},
    {"GET /standards/scores/{type}/{id}", "", kObject, false, kScore, "score"},
    {"POST /v2/enqueue", "", kObject, false, kAccepted, "status"},
    {"POST /oauth/token", "", kObject, false, kToken, "access_token"},
};

bool fits(std::string_view pattern, std::string_view name) {
  while (!pattern.empty() && !name.empty()) {
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    const std::string_view part = name.substr(0, name.find('/'));
    if (wanted != part && !wanted.starts_with("{")) return false;
    pattern.remove_prefix(std::min(pattern.size(), wanted.size() + 1));
    name.remove_prefix(std::min(name.size(), part.size() + 1));
  }
  return pattern.empty() && name.empty();
}

void collect(std::span<const Member> members, std::vector<std::span<const Member>>& tables) {
  const auto known = [&](std::span<const Member> table) { return table.data() == members.data(); };
  if (members.empty() || std::ranges::any_of(tables, known)) return;
  tables.push_back(members);
  for (const Member& member : members) collect(member.inside, tables);
}

}  // namespace

std::span<const Operation> all_operations() { return kOperations; }

std::vector<std::span<const Member>> all_tables() {
  std::vector<std::span<const Member>> tables;
  for (const Operation& operation : kOperations) collect(operation.inside, tables);
  return tables;
}

const Operation* operation_of(std::string_view name) {
  name = name.substr(0, name.find('?'));
  const auto exact = std::ranges::find(kOperations, name, &Operation::name);
  const auto found = exact != std::end(kOperations)
                         ? exact
                         : std::ranges::find_if(
                               kOperations, [&](const Operation& o) { return fits(o.name, name); });
  return found == std::end(kOperations) ? nullptr : &*found;
}

}  // namespace pd::pagerduty
