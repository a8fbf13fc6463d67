#include "pagerduty/requests.h"

#include <array>

#include "base/json_writer.h"
#include "base/text.h"

namespace pd::pagerduty {
namespace {

constexpr std::size_t kMaxTitle = 1024;      // Events v2 `payload.summary`, incidents' `title`
constexpr std::size_t kMaxDedupKey = 255;

// Percent-encodes all but RFC 3986's unreserved characters.
void append_encoded(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                            c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    }
  }
}

// Builds a path with query, encoding as it goes.
class Path {
 public:
  explicit Path(std::string_view start) : text_(start) {}
  Path& segment(std::string_view name) {
    text_ += '/';
    append_encoded(text_, name);
    return *this;
  }
  Path& with(std::string_view name, std::string_view value) {
    text_ += has_query_ ? '&' : '?';
    has_query_ = true;
    append_encoded(text_, name);
    text_ += '=';
    append_encoded(text_, value);
    return *this;
  }
  Path& with_all(std::string_view name, std::span<const std::string> values) {
    for (const std::string& value : values) with(name, value);
    return *this;
  }
  Path& with_page(const PageQuery& page) {
    with("limit", std::to_string(page.limit));
    if (page.offset > 0) with("offset", std::to_string(page.offset));
    if (page.total) with("total", "true");
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool has_query_ = false;
};

Request get(Path& path) { return {Api::kRest, "GET", path.take(), {}, false}; }
Request write(std::string_view method, Path& path, JsonWriter& json, bool needs_from = true) {
  return {Api::kRest, std::string(method), path.take(), json.take(), needs_from};
}

void write_reference(JsonWriter& json, std::string_view name, std::string_view id, std::string_view type) {
  json.key(name).begin_object().member("id", id).member("type", type).end_object();
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return "critical";
    case Severity::kError: return "error";
    case Severity::kWarning: return "warning";
    case Severity::kInfo: return "info";
  }
  return "error";
}

std::string_view status_name(IncidentStatus status) {
  return status == IncidentStatus::kResolved ? "resolved" : status == IncidentStatus::kAcknowledged ? "acknowledged" : "triggered";
}

}  // namespace

Request make_get_service(std::string_view service_id) {
  Path path("/services");
  path.segment(service_id)
      .with("include[]", "integrations")
      .with("include[]", "escalation_policies")
      .with("include[]", "teams");
  return get(path);
}

Request make_find_service(std::string_view integration_key) {
  Path path("/services");
  path.with("query", integration_key)
      .with("include[]", "integrations")
      .with("include[]", "escalation_policies")
      .with("include[]", "teams");
  return get(path);
}

Request make_list_incidents(std::span<const std::string> service_ids, const PageQuery& page) {
  Path path("/incidents");
  path.with_all("service_ids[]", service_ids)
      .with("statuses[]", "triggered")
      .with("statuses[]", "acknowledged")
      .with("date_range", "all")
      .with("sort_by", "created_at:desc")
      .with_page(page);
  return get(path);
}

Request make_list_on_calls(std::span<const std::string> escalation_policy_ids, Time since, Time until, const PageQuery& page) {
  Path path("/oncalls");
  path.with_all("escalation_policy_ids[]", escalation_policy_ids)
      .with("include[]", "users")
      .with("earliest", "false")
      .with("since", format_rfc3339(since))
      .with("until", format_rfc3339(until))
      .with_page(page);
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
  path.with("incident_key", incident_key).with("service_ids[]", service_id).with("date_range", "all").with("limit", "5");
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
  path.with("service_ids[]", service_id).with("filter", "ongoing");
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
  path.segment(schedule_id).with("since", format_rfc3339(since)).with("until", format_rfc3339(until));
  return get(path);
}

Request make_get_service_analytics(std::span<const std::string> service_ids, Time since, Time until) {
  Path path("/analytics/metrics/incidents/services");
  JsonWriter json;
  json.begin_object().key("filters").begin_object();
  json.member("created_at_start", format_rfc3339(since)).member("created_at_end", format_rfc3339(until));
  json.key("service_ids").begin_array();
  for (const std::string& id : service_ids) json.value(id);
  json.end_array().end_object().end_object();
  return write("POST", path, json, false);
}

Request make_get_standards_score(std::string_view service_id) {
  Path path("/standards/scores/technical_services");
  path.segment(service_id);
  return get(path);
}

Request make_create_incident(const NewIncident& incident) {
  Path path("/incidents");
  JsonWriter json;
  json.begin_object().key("incident").begin_object();
  json.member("type", "incident").member("title", display_text(incident.title, kMaxTitle));
  write_reference(json, "service", incident.service_id, "service_reference");
  if (incident.urgency != Urgency::kUnknown) json.member("urgency", incident.urgency == Urgency::kHigh ? "high" : "low");
  if (!incident.priority_id.empty()) write_reference(json, "priority", incident.priority_id, "priority_reference");
  if (!incident.incident_key.empty()) json.member("incident_key", incident.incident_key.substr(0, kMaxDedupKey));
  if (!incident.details.empty()) {
    json.key("body").begin_object().member("type", "incident_body").member("details", display_lines(incident.details)).end_object();
  }
  json.end_object().end_object();
  return write("POST", path, json);
}

Request make_trigger_event(const TriggerEvent& event) {
  JsonWriter json;
  json.begin_object().member("routing_key", event.routing_key).member("event_action", "trigger");
  json.member("dedup_key", event.dedup_key.substr(0, kMaxDedupKey));
  if (!event.client.empty()) json.member("client", event.client);
  if (!event.client_url.empty()) json.member("client_url", event.client_url);
  json.key("payload").begin_object();
  json.member("summary", display_text(event.summary, kMaxTitle)).member("source", event.source).member("severity", severity_name(event.severity));
  if (!event.details.empty()) {
    json.key("custom_details").begin_object().member("details", display_lines(event.details)).end_object();
  }
  json.end_object().end_object();
  return {Api::kEvents, "POST", "/v2/enqueue", json.take(), false};
}

Request make_set_incident_status(std::string_view incident_id, IncidentStatus status) {
  Path path("/incidents");
  JsonWriter json;
  json.begin_object().key("incidents").begin_array().begin_object();
  json.member("id", incident_id).member("type", "incident_reference").member("status", status_name(status));
  json.end_object().end_array().end_object();
  return write("PUT", path, json);
}

Request make_add_note(std::string_view incident_id, std::string_view content) {
  Path path("/incidents");
  path.segment(incident_id).segment("notes");
  JsonWriter json;
  json.begin_object().key("note").begin_object().member("content", display_lines(content)).end_object().end_object();
  return write("POST", path, json);
}

Request make_snooze(std::string_view incident_id, std::int64_t duration_s) {
  Path path("/incidents");
  path.segment(incident_id).segment("snooze");
  JsonWriter json;
  json.begin_object().member("duration", duration_s).end_object();
  return write("POST", path, json);
}

}  // namespace pd::pagerduty
