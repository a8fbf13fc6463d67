// An example of each request, for contract checks; native only.
#include <array>

#include "base/json_writer.h"
#include "pagerduty/requests.h"

namespace pd::pagerduty {

std::string example_requests_jsonl() {
  const std::array<std::string, 2> services{"PCHKOUT", "PLEDGER"};
  const std::array<std::string, 1> policies{"PPOLICY"};
  const std::array<std::string, 1> teams{"PTEAM01"};
  const std::array<std::string, 1> people{"PUSER01"};
  const ResponderRequest responders{
      "Q1INCIDENT", "PUSER01", "Please look at the database.", {"PUSER02"}, {"PPOLICY"}};
  const Time since = time_from_ms(1'790'000'000'000);
  const Time until = since + std::chrono::days{7};
  NewIncident incident{"PCHKOUT", "Checkout answers 502", "Since 09:12 UTC", "pdc-1",
                       "PPRIO01", Urgency::kHigh};
  TriggerEvent event{"0123456789abcdef0123456789abcdef",
                     "pdc-2",
                     "Checkout answers 502",
                     "portal.example.com",
                     "Since 09:12 UTC",
                     "Portal",
                     "https://portal.example.com/checkout",
                     Severity::kCritical};
  const std::pair<std::string_view, Request> examples[] = {
      {"get_service", make_get_service("PCHKOUT")},
      {"find_service", make_find_service("0123456789abcdef0123456789abcdef")},
      {"list_incidents", make_list_incidents(services, {})},
      {"list_incidents_next_page", make_list_incidents(services, {100, 100, true})},
      {"list_on_calls", make_list_on_calls(policies, {})},
      {"list_shifts", make_list_shifts(policies, since, until, {})},
      {"list_next_shifts", make_list_next_shifts(policies, since, until, {})},
      {"list_resolved_incidents", make_list_resolved_incidents("PCHKOUT", since, 25)},
      {"list_change_events", make_list_change_events("PCHKOUT", 5)},
      {"list_services", make_list_services({100, 100, false})},
      {"list_all_change_events", make_list_all_change_events(since, {})},
      {"get_incident", make_get_incident("Q1INCIDENT")},
      {"find_incident_by_key", make_find_incident_by_key("PCHKOUT", "pdc-1")},
      {"list_log_entries", make_list_log_entries("Q1INCIDENT")},
      {"list_notes", make_list_notes("Q1INCIDENT")},
      {"list_alerts", make_list_alerts("Q1INCIDENT", {})},
      {"list_maintenance_windows", make_list_maintenance_windows("PCHKOUT")},
      {"list_dependencies", make_list_dependencies("PCHKOUT")},
      {"list_users", make_list_users(teams, {})},
      {"list_escalation_policies", make_list_escalation_policies({})},
      {"list_priorities", make_list_priorities()},
      {"get_current_user", make_get_current_user()},
      {"list_abilities", make_list_abilities()},
      {"get_schedule", make_get_schedule("PSCHED1", since, until)},
      {"get_service_analytics", make_get_service_analytics(services, {since, until})},
      {"get_service_analytics_by_day",
       make_get_service_analytics(services, {since, until, true, true})},
      {"get_standards_score", make_get_standards_score("PCHKOUT")},
      {"create_incident", make_create_incident(incident)},
      {"trigger_event", make_trigger_event(event)},
      {"acknowledge", make_set_incident_status("Q1INCIDENT", IncidentStatus::kAcknowledged)},
      {"resolve", make_set_incident_status("Q1INCIDENT", IncidentStatus::kResolved)},
      {"reassign", make_reassign("Q1INCIDENT", people)},
      {"escalate", make_escalate("Q1INCIDENT", 2)},
      {"set_priority", make_set_priority("Q1INCIDENT", "PPRIO01")},
      {"request_responders", make_request_responders(responders)},
      {"create_override", make_create_override("PSCHED1", "PUSER01", since, until)},
      {"start_maintenance", make_start_maintenance("PCHKOUT", since, until, "Moving the database")},
      {"end_maintenance", make_end_maintenance("PWINDOW1")},
      {"add_note", make_add_note("Q1INCIDENT", "Rolled back.")},
      {"snooze", make_snooze("Q1INCIDENT", 3600)},
  };
  std::string lines;
  for (const auto& [name, request] : examples) {
    JsonWriter json;
    json.begin_object()
        .member("name", name)
        .member("api", request.api == Api::kEvents ? "events" : "rest")
        .member("method", request.method)
        .member("path", request.path)
        .member("body", request.body)
        .member("needs_from", request.needs_from)
        .end_object();
    lines += json.text() + "\n";
  }
  return lines;
}

}  // namespace pd::pagerduty
