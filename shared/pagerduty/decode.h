// From response bodies to models. Tolerant per field: a bad field costs that field, a bad item that
// item, each with a diagnostic; never the list. Only a body that is no JSON, beyond the limits, or
// without the member that the operation promises is an Error (kBadResponse, kTooLarge, kTooDeep):
// "no incidents" must not be read out of an answer that says nothing of incidents. A list that is
// null is an empty one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "pagerduty/models.h"

namespace pd::pagerduty {

inline constexpr std::size_t kMaxBodyBytes = 4 * 1024 * 1024;
inline constexpr int kMaxBodyDepth = 64;

struct DecodeDiagnostic {
  std::string path;     // "incidents[3].assignments[0].assignee"; empty: the whole body
  std::string message;  // "expected an object, found text"
};

template <typename T>
struct Decoded {
  T value;
  std::vector<DecodeDiagnostic> diagnostics;
};

Result<Decoded<Service>> decode_service(std::string_view body);           // GET /services/{id}
Result<Decoded<Page<Service>>> decode_services(std::string_view body);    // GET /services
Result<Decoded<Page<Incident>>> decode_incidents(std::string_view body);  // GET, PUT /incidents
Result<Decoded<Incident>> decode_incident(
    std::string_view body);  // GET, PUT /incidents/{id}, POST /incidents
Result<Decoded<Page<OnCall>>> decode_on_calls(std::string_view body);  // GET /oncalls
Result<Decoded<Page<ChangeEvent>>> decode_change_events(std::string_view body);
Result<Decoded<EscalationPolicy>> decode_escalation_policy(std::string_view body);
Result<Decoded<Page<EscalationPolicy>>> decode_escalation_policies(std::string_view body);
Result<Decoded<User>> decode_user(std::string_view body);         // GET /users/me, /users/{id}
Result<Decoded<Page<User>>> decode_users(std::string_view body);  // GET /users
Result<Decoded<Schedule>> decode_schedule(std::string_view body);
Result<Decoded<std::vector<User>>> decode_schedule_users(std::string_view body);
// The list, and what a creation answers: one for each override that was sent.
Result<Decoded<std::vector<ScheduleOverride>>> decode_overrides(std::string_view body);
Result<Decoded<Page<Alert>>> decode_alerts(std::string_view body);
Result<Decoded<Page<LogEntry>>> decode_log_entries(std::string_view body);
Result<Decoded<std::vector<Note>>> decode_notes(std::string_view body);
Result<Decoded<Note>> decode_note(std::string_view body);
// POST /incidents/{id}/responder_requests; `content` is the message.
Result<Decoded<Note>> decode_responder_request(std::string_view body);
// GET /incidents/{id}: everybody who was asked, by each of its responder requests and as each of its
// responders. Only the requests name escalation policies; a responder is always a person.
Result<Decoded<std::vector<ResponderTarget>>> decode_responder_targets(std::string_view body);
Result<Decoded<Page<Priority>>> decode_priorities(std::string_view body);
Result<Decoded<Page<MaintenanceWindow>>> decode_maintenance_windows(std::string_view body);
Result<Decoded<MaintenanceWindow>> decode_maintenance_window(std::string_view body);
Result<Decoded<Integration>> decode_integration(std::string_view body);
Result<Decoded<std::vector<std::string>>> decode_abilities(std::string_view body);
Result<Decoded<std::vector<ServiceAnalytics>>> decode_service_analytics(std::string_view body);
Result<Decoded<StandardsScore>> decode_standards_score(std::string_view body);
Result<Decoded<std::vector<StandardsScore>>> decode_standards_scores(std::string_view body);
Result<Decoded<std::vector<Dependency>>> decode_dependencies(std::string_view body);
Result<Decoded<EventAccepted>> decode_event_accepted(std::string_view body);  // POST /v2/enqueue
Result<Decoded<OAuthToken>> decode_oauth_token(std::string_view body);

// Never fails: a body that says nothing gives an ApiError with the status alone.
ApiError decode_api_error(std::int64_t http_status, std::string_view body);

// Any operation by name, as JSON text: {"model", "diagnostics"}, or {"error", "diagnostics"} for an
// error's body. This is what `pdcard decode` prints. JSON that is not what the operation promises
// has a null model and a diagnostic that says so. `operation`: "GET /incidents", "GET
// /incidents/Q1", "error 403", also a whole URL. Errors: kBadArgument for an unknown operation;
// kBadResponse, kTooLarge, kTooDeep for a body that is no JSON.
Result<std::string> decode_to_json(std::string_view operation, std::string_view body);

// The operations that decode_to_json knows beside "error STATUS", as patterns: "GET
// /incidents/{id}".
std::vector<std::string_view> decodable_operations();

}  // namespace pd::pagerduty
