// Any operation's body as JSON: what `pdcard decode` prints. Native only; the bundle links none of
// it.
#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

// ---- Models as JSON: one overload of write() each ----

void write(JsonWriter& json, std::int64_t number) { json.value(number); }
// All its digits: the writer rounds to what a card shows.
void write(JsonWriter& json, double number) { json.raw(Json(number).dump()); }
void write(JsonWriter& json, Time time) { json.value(format_rfc3339(time)); }

template <typename T>
void member(JsonWriter& json, std::string_view name, const std::optional<T>& value);
template <typename T>
void list(JsonWriter& json, std::string_view name, const std::vector<T>& items);

void write(JsonWriter& json, const std::string& text) { json.value(text); }
void write(JsonWriter& json, const Reference& r) {
  json.begin_object().member("id", r.id).member("type", r.type).member("summary", r.summary);
  json.member("html_url", r.html_url).member("deleted", r.deleted).end_object();
}
void reference(JsonWriter& json, std::string_view name, const Reference& r) {
  json.key(name);
  if (r == Reference{}) {
    json.null();
  } else {
    write(json, r);
  }
}
void write(JsonWriter& json, const Priority& p) {
  json.begin_object()
      .member("id", p.id)
      .member("name", p.name)
      .member("description", p.description)
      .member("color", p.color)
      .end_object();
}
void write(JsonWriter& json, const Integration& i) {
  json.begin_object().member("id", i.id).member("type", i.type).member("summary", i.summary);
  json.member("integration_key", i.integration_key).member("html_url", i.html_url).end_object();
}
void write(JsonWriter& json, const EscalationRule& r) {
  json.begin_object().member("id", r.id).member("delay_minutes", r.delay_minutes);
  list(json, "targets", r.targets);
  json.end_object();
}
void write(JsonWriter& json, const EscalationPolicy& p) {
  json.begin_object()
      .member("id", p.id)
      .member("name", p.name)
      .member("description", p.description);
  json.member("html_url", p.html_url).member("loops", p.loops);
  list(json, "rules", p.rules);
  json.end_object();
}
void write(JsonWriter& json, const SupportHours& h) {
  json.begin_object()
      .member("time_zone", h.time_zone)
      .member("start_time", h.start_time)
      .member("end_time", h.end_time);
  json.key("days_of_week").begin_array();
  for (const int day : h.days_of_week) json.value(day);
  json.end_array().end_object();
}
void write(JsonWriter& json, const Service& s) {
  json.begin_object()
      .member("id", s.id)
      .member("name", s.name)
      .member("description", s.description);
  json.member("html_url", s.html_url).member("status", word_of(s.status, kServiceStatusWords));
  reference(json, "escalation_policy", s.escalation_policy);
  member(json, "escalation_policy_detail", s.escalation_policy_detail);
  list(json, "teams", s.teams);
  list(json, "integrations", s.integrations);
  member(json, "support_hours", s.support_hours);
  member(json, "created_at", s.created_at);
  member(json, "last_incident_at", s.last_incident_at);
  member(json, "acknowledgement_timeout_s", s.acknowledgement_timeout_s);
  member(json, "auto_resolve_timeout_s", s.auto_resolve_timeout_s);
  json.end_object();
}
void write(JsonWriter& json, const User& u) {
  json.begin_object()
      .member("id", u.id)
      .member("name", u.name)
      .member("email", u.email)
      .member("time_zone", u.time_zone);
  json.member("html_url", u.html_url)
      .member("job_title", u.job_title)
      .member("phone", u.phone)
      .member("deleted", u.deleted)
      .end_object();
}
void write(JsonWriter& json, const OnCall& o) {
  json.begin_object().key("user");
  write(json, o.user);
  reference(json, "schedule", o.schedule);
  reference(json, "escalation_policy", o.escalation_policy);
  json.member("level", o.level);
  member(json, "start", o.start);
  member(json, "end", o.end);
  json.end_object();
}
void write(JsonWriter& json, const Schedule::Entry& e) {
  json.begin_object().key("user");
  write(json, e.user);
  member(json, "start", e.start);
  member(json, "end", e.end);
  json.end_object();
}
void write(JsonWriter& json, const Schedule& s) {
  json.begin_object()
      .member("id", s.id)
      .member("name", s.name)
      .member("time_zone", s.time_zone)
      .member("html_url", s.html_url);
  list(json, "final_entries", s.final_entries);
  list(json, "overrides", s.overrides);
  json.end_object();
}
void write(JsonWriter& json, const ScheduleOverride& o) {
  json.begin_object().member("id", o.id).key("user");
  write(json, o.user);
  member(json, "start", o.start);
  member(json, "end", o.end);
  json.member("http_status", o.http_status);
  list(json, "errors", o.errors);
  json.end_object();
}
void write(JsonWriter& json, const License& l) {
  json.begin_object()
      .member("id", l.id)
      .member("name", l.name)
      .member("description", l.description);
  member(json, "in_use", l.in_use);
  member(json, "available", l.available);
  json.end_object();
}
void write(JsonWriter& json, const Assignment& a) {
  json.begin_object();
  reference(json, "user", a.user);
  member(json, "at", a.at);
  json.end_object();
}
void write(JsonWriter& json, const Incident& i) {
  json.begin_object()
      .member("id", i.id)
      .member("number", i.number)
      .member("title", i.title)
      .member("status", word_of(i.status, kIncidentStatusWords));
  json.member("urgency", word_of(i.urgency, kUrgencyWords))
      .member("html_url", i.html_url)
      .member("incident_key", i.incident_key);
  json.member("description", i.description);
  member(json, "priority", i.priority);
  member(json, "created_at", i.created_at);
  member(json, "resolved_at", i.resolved_at);
  member(json, "last_status_change_at", i.last_status_change_at);
  member(json, "updated_at", i.updated_at);
  reference(json, "service", i.service);
  reference(json, "escalation_policy", i.escalation_policy);
  reference(json, "last_status_change_by", i.last_status_change_by);
  list(json, "teams", i.teams);
  list(json, "assignments", i.assignments);
  list(json, "acknowledgements", i.acknowledgements);
  member(json, "alerts_total", i.alerts_total);
  member(json, "alerts_triggered", i.alerts_triggered);
  list(json, "responders", i.responders);
  json.member("conference_url", i.conference_url)
      .member("conference_number", i.conference_number)
      .end_object();
}
void write(JsonWriter& json, const Alert& a) {
  json.begin_object()
      .member("id", a.id)
      .member("summary", a.summary)
      .member("severity", a.severity)
      .member("status", word_of(a.status, kIncidentStatusWords));
  json.member("html_url", a.html_url).member("alert_key", a.alert_key);
  member(json, "created_at", a.created_at);
  reference(json, "incident", a.incident);
  reference(json, "service", a.service);
  json.end_object();
}
void write(JsonWriter& json, const ChangeLink& l) {
  json.begin_object().member("href", l.href).member("text", l.text).end_object();
}
void write(JsonWriter& json, const ChangeEvent& c) {
  json.begin_object()
      .member("id", c.id)
      .member("summary", c.summary)
      .member("source", c.source)
      .member("html_url", c.html_url);
  member(json, "at", c.at);
  list(json, "links", c.links);
  list(json, "services", c.services);
  json.end_object();
}
void write(JsonWriter& json, const MaintenanceWindow& w) {
  json.begin_object()
      .member("id", w.id)
      .member("summary", w.summary)
      .member("description", w.description)
      .member("html_url", w.html_url);
  member(json, "start", w.start);
  member(json, "end", w.end);
  list(json, "services", w.services);
  reference(json, "created_by", w.created_by);
  json.end_object();
}
void write(JsonWriter& json, const LogEntry& e) {
  json.begin_object()
      .member("id", e.id)
      .member("type", e.type)
      .member("summary", e.summary)
      .member("html_url", e.html_url);
  json.member("channel_type", e.channel_type).member("note", e.note);
  member(json, "at", e.at);
  reference(json, "agent", e.agent);
  reference(json, "incident", e.incident);
  reference(json, "service", e.service);
  json.end_object();
}
void write(JsonWriter& json, const Note& n) {
  json.begin_object().member("id", n.id).member("content", n.content);
  member(json, "at", n.at);
  reference(json, "user", n.user);
  json.end_object();
}
void write(JsonWriter& json, const ServiceAnalytics& a) {
  json.begin_object().member("service_id", a.service_id).member("incidents", a.incidents);
  json.member("interruptions", a.interruptions)
      .member("sleep_hour_interruptions", a.sleep_hour_interruptions);
  member(json, "mean_seconds_to_first_ack", a.mean_seconds_to_first_ack);
  member(json, "mean_seconds_to_resolve", a.mean_seconds_to_resolve);
  member(json, "up_time_percent", a.up_time_percent);
  json.member("range_start", a.range_start);
  json.end_object();
}
void write(JsonWriter& json, const Standard& s) {
  json.begin_object()
      .member("id", s.id)
      .member("name", s.name)
      .member("description", s.description)
      .member("passing", s.passing)
      .end_object();
}
void write(JsonWriter& json, const StandardsScore& s) {
  json.begin_object()
      .member("service_id", s.service_id)
      .member("passing", s.passing)
      .member("total", s.total);
  list(json, "standards", s.standards);
  json.end_object();
}
void write(JsonWriter& json, const Dependency& d) {
  json.begin_object();
  reference(json, "supporting", d.supporting);
  reference(json, "dependent", d.dependent);
  json.end_object();
}
void write(JsonWriter& json, const EventAccepted& e) {
  json.begin_object()
      .member("status", e.status)
      .member("message", e.message)
      .member("dedup_key", e.dedup_key)
      .end_object();
}
// Tokens are secrets: their presence is printed, not they.
void write(JsonWriter& json, const OAuthToken& t) {
  json.begin_object()
      .member("token_type", t.token_type)
      .member("scope", t.scope)
      .member("has_access_token", !t.access_token.empty());
  json.member("has_refresh_token", !t.refresh_token.empty());
  member(json, "expires_in_s", t.expires_in_s);
  json.end_object();
}
void write(JsonWriter& json, const ApiError& e) {
  json.begin_object().member("http_status", e.http_status);
  member(json, "code", e.code);
  json.member("message", e.message);
  list(json, "details", e.details);
  json.member("required_scopes", e.required_scopes).end_object();
}
template <typename T>
void write(JsonWriter& json, const std::vector<T>& items) {
  json.begin_array();
  for (const T& item : items) write(json, item);
  json.end_array();
}
template <typename T>
void write(JsonWriter& json, const Page<T>& page) {
  json.begin_object()
      .member("offset", page.offset)
      .member("limit", page.limit)
      .member("more", page.more);
  member(json, "total", page.total);
  list(json, "items", page.items);
  json.end_object();
}
template <typename T>
void list(JsonWriter& json, std::string_view name, const std::vector<T>& items) {
  json.key(name);
  write(json, items);
}
template <typename T>
void member(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  if (value) {
    write(json, *value);
  } else {
    json.null();
  }
}

// ---- Operations that only this file decodes ----

// Past incidents come wrapped: {incident: {...}, score}.
Result<Decoded<std::vector<Incident>>> decode_past_incidents(std::string_view body) {
  return decode_list<Incident>(body, "past_incidents", [](const Fields& item) {
    return read_incident(item.object("incident"));
  });
}
Result<Decoded<Alert>> decode_alert(std::string_view body) {
  return decode_object<Alert>(body, "alert", read_alert);
}
Result<Decoded<LogEntry>> decode_log_entry(std::string_view body) {
  return decode_object<LogEntry>(body, "log_entry", read_log_entry);
}
Result<Decoded<Page<Schedule>>> decode_schedules(std::string_view body) {
  return decode_page<Schedule>(body, "schedules", read_schedule);
}
Result<Decoded<std::vector<Standard>>> decode_standards(std::string_view body) {
  return decode_list<Standard>(body, "standards", [](const Fields& item) {
    return Standard{item.exact("id"), item.text("name", 200), item.lines("description"),
                    item.flag("active")};
  });
}
Result<Decoded<std::vector<License>>> decode_licenses(std::string_view body) {
  return decode_list<License>(body, "licenses", [](const Fields& item) {
    return License{item.exact("id"), read_name(item), item.lines("description"),
                   item.integer("current_value"), item.integer("allocations_available")};
  });
}
Result<Decoded<Note>> decode_status_update(std::string_view body) {
  return decode_object<Note>(body, "status_update", [](const Fields& f) {
    return Note{f.exact("id"), f.lines("message"), f.time("created_at"),
                read_reference(f.object("sender"))};
  });
}
// ---- By name ----

void write_diagnostics(JsonWriter& json, const std::vector<DecodeDiagnostic>& diagnostics) {
  json.key("diagnostics").begin_array();
  for (const DecodeDiagnostic& d : diagnostics) {
    json.begin_object().member("path", d.path).member("message", d.message).end_object();
  }
  json.end_array();
}

template <auto decode>
Result<std::string> run(std::string_view body) {
  const auto decoded = decode(body);
  if (!decoded) return std::unexpected(decoded.error());
  JsonWriter json;
  json.begin_object().key("model");
  write(json, decoded->value);
  write_diagnostics(json, decoded->diagnostics);
  json.end_object();
  return json.take();
}

constexpr std::string_view kEnqueue = "POST /v2/enqueue";

struct Operation {
  std::string_view name;
  Result<std::string> (*run)(std::string_view);
};
constexpr std::array kOperations{
    Operation{"GET /services", run<decode_services>},
    Operation{"GET /services/{id}", run<decode_service>},
    Operation{"GET /services/{id}/integrations/{id}", run<decode_integration>},
    Operation{"GET /services/{id}/change_events", run<decode_change_events>},
    Operation{"GET /incidents/{id}/related_change_events", run<decode_change_events>},
    Operation{"GET /change_events", run<decode_change_events>},
    Operation{"GET /incidents", run<decode_incidents>},
    Operation{"PUT /incidents", run<decode_incidents>},
    Operation{"POST /incidents", run<decode_incident>},
    Operation{"GET /incidents/{id}", run<decode_incident>},
    Operation{"PUT /incidents/{id}", run<decode_incident>},
    Operation{"POST /incidents/{id}/snooze", run<decode_incident>},
    Operation{"GET /incidents/{id}/log_entries", run<decode_log_entries>},
    Operation{"GET /log_entries", run<decode_log_entries>},
    Operation{"GET /log_entries/{id}", run<decode_log_entry>},
    Operation{"GET /incidents/{id}/notes", run<decode_notes>},
    Operation{"POST /incidents/{id}/notes", run<decode_note>},
    Operation{"GET /incidents/{id}/alerts", run<decode_alerts>},
    Operation{"GET /incidents/{id}/alerts/{id}", run<decode_alert>},
    Operation{"GET /incidents/{id}/past_incidents", run<decode_past_incidents>},
    Operation{"POST /incidents/{id}/status_updates", run<decode_status_update>},
    Operation{"POST /incidents/{id}/responder_requests", run<decode_responder_request>},
    Operation{"GET /oncalls", run<decode_on_calls>},
    Operation{"GET /escalation_policies", run<decode_escalation_policies>},
    Operation{"GET /escalation_policies/{id}", run<decode_escalation_policy>},
    Operation{"GET /schedules", run<decode_schedules>},
    Operation{"GET /schedules/{id}", run<decode_schedule>},
    Operation{"GET /v3/schedules/{id}", run<decode_schedule>},
    Operation{"GET /schedules/{id}/users", run<decode_schedule_users>},
    Operation{"GET /schedules/{id}/overrides", run<decode_overrides>},
    Operation{"POST /schedules/{id}/overrides", run<decode_overrides>},
    Operation{"GET /users/me", run<decode_user>},
    Operation{"GET /users", run<decode_users>},
    Operation{"GET /users/{id}", run<decode_user>},
    Operation{"GET /priorities", run<decode_priorities>},
    Operation{"GET /maintenance_windows", run<decode_maintenance_windows>},
    Operation{"POST /maintenance_windows", run<decode_maintenance_window>},
    Operation{"GET /abilities", run<decode_abilities>},
    Operation{"GET /licenses", run<decode_licenses>},
    Operation{"GET /standards", run<decode_standards>},
    Operation{"GET /standards/scores/{type}", run<decode_standards_scores>},
    Operation{"GET /standards/scores/{type}/{id}", run<decode_standards_score>},
    Operation{"GET /service_dependencies/technical_services/{id}", run<decode_dependencies>},
    Operation{"POST /analytics/metrics/incidents/services", run<decode_service_analytics>},
    Operation{kEnqueue, run<decode_event_accepted>},
    Operation{"POST /oauth/token", run<decode_oauth_token>},
};

std::string_view next_part(std::string_view& path) {
  const auto slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return part;
}

// "{id}" in the pattern stands for any one part.
bool matches(std::string_view pattern, std::string_view name) {
  while (!pattern.empty() && !name.empty()) {
    const std::string_view wanted = next_part(pattern);
    const std::string_view part = next_part(name);
    if (wanted != part && (wanted.empty() || wanted.front() != '{' || part.empty())) return false;
  }
  return pattern.empty() && name.empty();
}

Result<std::string> run_error(std::int64_t status, std::string_view body) {
  // An empty body is an error's too: PagerDuty's 429 may have none.
  const Result<Json> json = trim(body).empty() ? Json::object() : parse_body(body);
  if (!json) return std::unexpected(json.error());
  std::vector<DecodeDiagnostic> diagnostics;
  JsonWriter out;
  out.begin_object().key("error");
  write(out, read_api_error(status, Fields(*json, diagnostics)));
  write_diagnostics(out, diagnostics);
  out.end_object();
  return out.take();
}

// A body that promises nothing of what `operation` does: {error: ...}, {}, or Events' {status,
// message, errors}.
bool is_error_body(const Json& json, std::string_view operation) {
  if (!json.is_object()) return false;
  if (operation == kEnqueue) {
    const auto errors = json.find("errors");
    if (errors != json.end() && !errors->empty()) return true;
  }
  return json.empty() || json.contains("error");
}

std::int64_t status_of(std::string_view text) {
  std::int64_t status = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && status < 1000) status = status * 10 + (c - '0');
  }
  return status;
}

// "post https://events.pagerduty.com/v2/enqueue?x" and "POST events/v2/enqueue" are "POST
// /v2/enqueue".
std::string plain_name(std::string_view operation) {
  operation = trim(operation.substr(0, operation.find('?')));
  const auto blank = operation.find(' ');
  if (blank == std::string_view::npos) return std::string(operation);
  std::string method = to_lower_ascii(operation.substr(0, blank));
  for (char& c : method) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
  std::string_view path = trim(operation.substr(blank));
  if (const auto scheme = path.find("://"); scheme != std::string_view::npos) {
    const auto slash = path.find('/', scheme + 3);
    path = slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
  }
  if (path.starts_with("events/")) path.remove_prefix(std::string_view("events").size());
  return method + " " + std::string(path);
}

const Operation* find_operation(std::string_view name) {
  const auto exact = std::ranges::find(kOperations, name, &Operation::name);
  if (exact != kOperations.end()) return &*exact;
  const auto match =
      std::ranges::find_if(kOperations, [&](const Operation& o) { return matches(o.name, name); });
  return match == kOperations.end() ? nullptr : &*match;
}

// JSON, but not what the operation promises: there is no model, and the diagnostic says what was
// missed.
std::string without_model(const Error& error) {
  JsonWriter json;
  json.begin_object().key("model").null();
  write_diagnostics(json, {{error.where ? error.where->path : std::string(), error.message}});
  json.end_object();
  return json.take();
}

}  // namespace

std::vector<std::string_view> decodable_operations() {
  std::vector<std::string_view> names;
  names.reserve(kOperations.size());
  for (const Operation& operation : kOperations) names.push_back(operation.name);
  return names;
}

Result<std::string> decode_to_json(std::string_view operation, std::string_view body) {
  if (operation == "error" || operation.starts_with("error "))
    return run_error(status_of(operation), body);
  const std::string name = plain_name(operation);
  const Operation* found = find_operation(name);
  if (found == nullptr) {
    return fail(ErrorCode::kBadArgument,
                "There is no decoder for \"" + display_text(operation, 80) + "\".");
  }
  const Result<Json> json = parse_body(body);
  if (!json) return std::unexpected(json.error());
  Result<std::string> decoded = found->run(body);
  if (is_error_body(*json, found->name) && (!decoded || found->name == kEnqueue))
    return run_error(0, body);
  return decoded ? std::move(decoded) : Result<std::string>(without_model(decoded.error()));
}

}  // namespace pd::pagerduty
