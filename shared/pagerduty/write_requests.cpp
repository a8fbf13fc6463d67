// Requests that write.
#include <algorithm>
#include <cassert>

#include "base/text.h"
#include "pagerduty/request_path.h"

namespace pd::pagerduty {
namespace {

constexpr std::size_t kMaxTitle = 1024;  // Events v2 `payload.summary`, incidents' `title`
constexpr std::size_t kMaxKey = 255;     // Events v2 `dedup_key`, incidents' `incident_key`
constexpr std::size_t kMaxDetails = 8192;
constexpr std::int64_t kLongestSnoozeS = 604'800;
constexpr std::string_view kOurName = "pagerduty-card";

// The first `max` characters (code points).
std::string_view first_characters(std::string_view text, std::size_t max) {
  std::size_t at = 0;
  for (std::size_t count = 0; count < max && at < text.size(); ++count) next_code_point(text, at);
  return text.substr(0, at);
}

// What a viewer wrote, as written: trimmed, without control characters but line breaks and tabs,
// cut to `max` characters. display_text() would take the indentation of a pasted log away.
std::string written_lines(std::string_view text, std::size_t max) {
  std::string plain;
  for (const char c : trim(text)) {
    if (c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)) plain += c;
  }
  return std::string(first_characters(plain, max));
}

std::string written_line(std::string_view text, std::size_t max) {
  return std::string(first_characters(display_text(text, max), max));
}

// PUT /incidents with one incident; `change` writes what is to be other than it is.
template <typename Change>
Request change_incident(std::string_view incident_id, Change change) {
  Path path("/incidents");
  JsonWriter json;
  json.begin_object().key("incidents").begin_array().begin_object();
  json.member("id", incident_id).member("type", "incident_reference");
  change(json);
  json.end_object().end_array().end_object();
  return write("PUT", path, json);
}

}  // namespace

Request make_create_incident(const NewIncident& incident) {
  Path path("/incidents");
  JsonWriter json;
  json.begin_object().key("incident").begin_object();
  json.member("type", "incident").member("title", written_line(incident.title, kMaxTitle));
  write_reference(json, "service", incident.service_id, "service_reference");
  if (incident.urgency != Urgency::kUnknown)
    json.member("urgency", word_of(incident.urgency, kUrgencyWords));
  if (!incident.priority_id.empty())
    write_reference(json, "priority", incident.priority_id, "priority_reference");
  if (!incident.incident_key.empty())
    json.member("incident_key", first_characters(incident.incident_key, kMaxKey));
  if (!incident.details.empty()) {
    json.key("body")
        .begin_object()
        .member("type", "incident_body")
        .member("details", written_lines(incident.details, kMaxDetails))
        .end_object();
  }
  json.end_object().end_object();
  return write("POST", path, json);
}

Request make_trigger_event(const TriggerEvent& event) {
  JsonWriter json;
  json.begin_object().member("routing_key", event.routing_key).member("event_action", "trigger");
  json.member("dedup_key", first_characters(event.dedup_key, kMaxKey));
  if (!event.client.empty()) json.member("client", event.client);
  if (!event.client_url.empty()) json.member("client_url", event.client_url);
  json.key("payload").begin_object();
  // A source is required: without one, the event is refused.
  const std::string_view source = !event.source.empty()   ? event.source
                                  : !event.client.empty() ? event.client
                                                          : kOurName;
  json.member("summary", written_line(event.summary, kMaxTitle));
  json.member("source", source).member("severity", word_of(event.severity, kSeverityWords));
  if (!event.details.empty()) {
    json.key("custom_details")
        .begin_object()
        .member("details", written_lines(event.details, kMaxDetails))
        .end_object();
  }
  json.end_object().end_object();
  return {Api::kEvents, "POST", "/v2/enqueue", json.take(), false};
}

Request make_set_incident_status(std::string_view incident_id, IncidentStatus status) {
  assert(status != IncidentStatus::kUnknown);
  return change_incident(incident_id, [&](JsonWriter& json) {
    json.member("status", word_of(status, kIncidentStatusWords));
  });
}

Request make_reassign(std::string_view incident_id, std::span<const std::string> user_ids) {
  return change_incident(incident_id, [&](JsonWriter& json) {
    json.key("assignments").begin_array();
    for (const std::string& id : user_ids) {
      json.begin_object();
      write_reference(json, "assignee", id, "user_reference");
      json.end_object();
    }
    json.end_array();
  });
}

Request make_escalate(std::string_view incident_id, std::int64_t level) {
  return change_incident(incident_id,
                         [&](JsonWriter& json) { json.member("escalation_level", level); });
}

Request make_set_priority(std::string_view incident_id, std::string_view priority_id) {
  return change_incident(incident_id, [&](JsonWriter& json) {
    write_reference(json, "priority", priority_id, "priority_reference");
  });
}

Request make_request_responders(const ResponderRequest& request) {
  Path path("/incidents");
  path.segment(request.incident_id).segment("responder_requests");
  JsonWriter json;
  json.begin_object().member("requester_id", request.requester_id);
  json.member("message", written_lines(request.message, kMaxDetails));
  json.key("responder_request_targets").begin_array();
  const auto target = [&](std::string_view id, std::string_view type) {
    json.begin_object();
    write_reference(json, "responder_request_target", id, type);
    json.end_object();
  };
  for (const std::string& id : request.user_ids) target(id, "user_reference");
  for (const std::string& id : request.escalation_policy_ids) {
    target(id, "escalation_policy_reference");
  }
  json.end_array().end_object();
  return write("POST", path, json, false);
}

Request make_create_override(std::string_view schedule_id, std::string_view user_id, Time start,
                             Time end) {
  Path path("/schedules");
  path.segment(schedule_id).segment("overrides");
  JsonWriter json;
  json.begin_object().key("overrides").begin_array().begin_object();
  json.member("start", format_rfc3339(start)).member("end", format_rfc3339(end));
  write_reference(json, "user", user_id, "user_reference");
  json.end_object().end_array().end_object();
  return write("POST", path, json, false);
}

Request make_start_maintenance(std::string_view service_id, Time start, Time end,
                               std::string_view description) {
  Path path("/maintenance_windows");
  JsonWriter json;
  json.begin_object().key("maintenance_window").begin_object();
  json.member("type", "maintenance_window").member("start_time", format_rfc3339(start));
  json.member("end_time", format_rfc3339(end));
  json.member("description", written_line(description, kMaxTitle));
  json.key("services").begin_array().begin_object();
  json.member("id", service_id).member("type", "service_reference");
  json.end_object().end_array().end_object().end_object();
  return write("POST", path, json);
}

Request make_end_maintenance(std::string_view window_id) {
  Path path("/maintenance_windows");
  path.segment(window_id);
  return {Api::kRest, "DELETE", path.take(), {}, false};
}

Request make_add_note(std::string_view incident_id, std::string_view content) {
  Path path("/incidents");
  path.segment(incident_id).segment("notes");
  JsonWriter json;
  json.begin_object()
      .key("note")
      .begin_object()
      .member("content", written_lines(content, kMaxDetails))
      .end_object()
      .end_object();
  return write("POST", path, json);
}

Request make_snooze(std::string_view incident_id, std::int64_t duration_s) {
  Path path("/incidents");
  path.segment(incident_id).segment("snooze");
  JsonWriter json;
  json.begin_object()
      .member("duration", std::clamp<std::int64_t>(duration_s, 1, kLongestSnoozeS))
      .end_object();
  return write("POST", path, json);
}

}  // namespace pd::pagerduty
