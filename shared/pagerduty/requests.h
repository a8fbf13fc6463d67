// Request builders: exact paths, encodings and bodies. A request names no host and holds no
// Authorization header: the transport adds both, for the account that the client names. Whatever an
// id or a text holds, it stays in its path segment, query value or JSON string.
//
//   make_get_incident("Q1").path                          // "/incidents/Q1"
//   make_set_incident_status("Q1", IncidentStatus::kAcknowledged).body
//       // {"incidents":[{"id":"Q1","type":"incident_reference","status":"acknowledged"}]}
//
// Texts of writes are cut to what the API takes (titles 1,024 characters, keys 255); a URL of 40
// ids is below 2 KB.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "pagerduty/models.h"

namespace pd::pagerduty {

enum class Api : std::uint8_t { kRest, kEvents };

struct Request {
  Api api = Api::kRest;
  std::string method = "GET";
  std::string path;  // absolute path with query, percent-encoded: "/incidents?service_ids%5B%5D=P1"
  std::string body;  // JSON, or empty
  bool needs_from = false;  // wants `From:` when the credential is an account-level key
  bool operator==(const Request&) const = default;
};

struct PageQuery {
  std::int64_t offset = 0;
  std::int64_t limit = 100;
  bool total = false;
};

// Reads.
Request make_get_service(
    std::string_view service_id);  // includes integrations, escalation policies, teams
Request make_find_service(std::string_view integration_key);  // GET /services?query=...
Request make_list_incidents(std::span<const std::string> service_ids,
                            const PageQuery& page);  // open ones, newest first, date_range=all
// Who is on call at this moment, by PagerDuty's own clock.
Request make_list_on_calls(std::span<const std::string> escalation_policy_ids,
                           const PageQuery& page);
// Who is on call between two instants, shift by shift.
Request make_list_shifts(std::span<const std::string> escalation_policy_ids, Time since, Time until,
                         const PageQuery& page);
// Each person's first shift in that time, at each level.
Request make_list_next_shifts(std::span<const std::string> escalation_policy_ids, Time since,
                              Time until, const PageQuery& page);
// Resolved ones that were created since then, newest first.
Request make_list_resolved_incidents(std::string_view service_id, Time since, std::int64_t limit);
Request make_list_change_events(std::string_view service_id, std::int64_t limit);
// Of all services of the account; `since`: only newer ones.
Request make_list_services(const PageQuery& page);
Request make_list_all_change_events(std::optional<Time> since, const PageQuery& page);
Request make_get_incident(std::string_view incident_id);
Request make_find_incident_by_key(std::string_view service_id,
                                  std::string_view incident_key);  // open or resolved
Request make_list_log_entries(std::string_view incident_id);
Request make_list_notes(std::string_view incident_id);
Request make_list_alerts(std::string_view incident_id, const PageQuery& page);
Request make_list_maintenance_windows(std::string_view service_id);  // ongoing and future ones
Request make_list_dependencies(std::string_view service_id);
Request make_list_priorities();
// Members of these teams; of the whole account when there are none.
Request make_list_users(std::span<const std::string> team_ids, const PageQuery& page);
Request make_list_escalation_policies(const PageQuery& page);  // of the account, by name
Request make_get_current_user();
Request make_list_abilities();
Request make_get_schedule(std::string_view schedule_id, Time since, Time until);
struct AnalyticsQuery {
  Time since, until;
  bool only_high_urgency = false;
  bool by_day = false;  // one row for each day (UTC) and service
};
Request make_get_service_analytics(std::span<const std::string> service_ids,
                                   const AnalyticsQuery& query);
Request make_get_standards_score(std::string_view service_id);

// Writes.
struct NewIncident {
  std::string service_id, title, details, incident_key, priority_id;
  Urgency urgency = Urgency::kUnknown;
};
Request make_create_incident(const NewIncident& incident);

enum class Severity : std::uint8_t { kCritical, kError, kWarning, kInfo };
inline constexpr std::array<std::string_view, 4> kSeverityWords{"critical", "error", "warning",
                                                                "info"};
struct TriggerEvent {
  // An empty source, which the API would refuse, becomes the client.
  std::string routing_key, dedup_key, summary, source, details, client, client_url;
  Severity severity = Severity::kError;
};
Request make_trigger_event(const TriggerEvent& event);

Request make_set_incident_status(std::string_view incident_id, IncidentStatus status);
Request make_reassign(std::string_view incident_id, std::span<const std::string> user_ids);
Request make_escalate(std::string_view incident_id, std::int64_t level);
Request make_set_priority(std::string_view incident_id, std::string_view priority_id);
struct ResponderRequest {
  std::string incident_id, requester_id, message;
  std::vector<std::string> user_ids, escalation_policy_ids;  // who is asked
};
Request make_request_responders(const ResponderRequest& request);
Request make_create_override(std::string_view schedule_id, std::string_view user_id, Time start,
                             Time end);
Request make_start_maintenance(std::string_view service_id, Time start, Time end,
                               std::string_view description);
// Ends an ongoing window, deletes a future one.
Request make_end_maintenance(std::string_view window_id);
Request make_add_note(std::string_view incident_id, std::string_view content);
Request make_snooze(std::string_view incident_id, std::int64_t duration_s);  // 1 s to 7 days

// One example of each, as JSON lines {name, api, method, path, body}: for contract checks.
std::string example_requests_jsonl();

}  // namespace pd::pagerduty
