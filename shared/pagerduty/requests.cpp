#include "pagerduty/requests.h"

#include <algorithm>
#include <cassert>

#include "base/json_writer.h"
#include "base/text.h"

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

// Percent-encodes all but RFC 3986's unreserved characters.
void append_encoded(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    }
  }
}

// Builds a path with query, encoding as it goes. An id cannot leave its segment: a slash is
// encoded, and what a browser would resolve ("..", ".", nothing; WHATWG URL, "path state") becomes
// "_", which is nobody's id: the API then answers 404, as for any wrong one.
class Path {
 public:
  explicit Path(std::string_view start) : text_(start) {}
  Path& segment(std::string_view name) {
    text_ += '/';
    append_encoded(text_, name.empty() || name == "." || name == ".." ? "_" : name);
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

void write_reference(JsonWriter& json, std::string_view name, std::string_view id,
                     std::string_view type) {
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

void with_open_statuses(Path& path) {
  path.with("statuses[]", "triggered").with("statuses[]", "acknowledged");
}

void with_service_includes(Path& path) {
  path.with("include[]", "integrations")
      .with("include[]", "escalation_policies")
      .with("include[]", "teams");
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
  path.segment(schedule_id)
      .with("since", format_rfc3339(since))
      .with("until", format_rfc3339(until));
  return get(path);
}

Request make_get_service_analytics(std::span<const std::string> service_ids, Time since,
                                   Time until) {
  Path path("/analytics/metrics/incidents/services");
  JsonWriter json;
  json.begin_object().key("filters").begin_object();
  json.member("created_at_start", format_rfc3339(since))
      .member("created_at_end", format_rfc3339(until));
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
  json.member("source", source).member("severity", severity_name(event.severity));
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
  Path path("/incidents");
  JsonWriter json;
  json.begin_object().key("incidents").begin_array().begin_object();
  json.member("id", incident_id)
      .member("type", "incident_reference")
      .member("status", word_of(status, kIncidentStatusWords));
  json.end_object().end_array().end_object();
  return write("PUT", path, json);
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
