// Any operation's body as JSON: what `pdcard decode` prints. Native only; the bundle links none of it.
#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

// ---- Models as JSON: one overload of write() each ----

void member(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  json.key(name);
  if (time) {
    json.value(format_rfc3339(*time));
  } else {
    json.null();
  }
}
template <typename Number>
void member(JsonWriter& json, std::string_view name, const std::optional<Number>& number) {
  json.key(name);
  if (number) {
    json.value(*number);
  } else {
    json.null();
  }
}

std::string_view word(ServiceStatus status) {
  constexpr std::array<std::string_view, 6> kWords{"unknown", "active", "warning", "critical", "maintenance", "disabled"};
  return kWords[static_cast<std::size_t>(status)];
}
std::string_view word(IncidentStatus status) {
  constexpr std::array<std::string_view, 4> kWords{"unknown", "triggered", "acknowledged", "resolved"};
  return kWords[static_cast<std::size_t>(status)];
}
std::string_view word(Urgency urgency) {
  constexpr std::array<std::string_view, 3> kWords{"unknown", "high", "low"};
  return kWords[static_cast<std::size_t>(urgency)];
}

template <typename T>
void list(JsonWriter& json, std::string_view name, const std::vector<T>& items);

void write(JsonWriter& json, const std::string& text) { json.value(text); }
void write(JsonWriter& json, const Reference& r) {
  json.begin_object().member("id", r.id).member("type", r.type).member("summary", r.summary);
  json.member("html_url", r.html_url).member("deleted", r.deleted).end_object();
}
void reference(JsonWriter& json, std::string_view name, const Reference& r) {
  json.key(name);
  if (r.id.empty() && r.summary.empty()) {
    json.null();
  } else {
    write(json, r);
  }
}
void write(JsonWriter& json, const Priority& p) {
  json.begin_object().member("id", p.id).member("name", p.name).member("description", p.description).member("color", p.color).end_object();
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
  json.begin_object().member("id", p.id).member("name", p.name).member("description", p.description);
  json.member("html_url", p.html_url).member("loops", p.loops);
  list(json, "rules", p.rules);
  json.end_object();
}
void write(JsonWriter& json, const Service& s) {
  json.begin_object().member("id", s.id).member("name", s.name).member("description", s.description);
  json.member("html_url", s.html_url).member("status", word(s.status));
  reference(json, "escalation_policy", s.escalation_policy);
  json.key("escalation_policy_detail");
  if (s.escalation_policy_detail) {
    write(json, *s.escalation_policy_detail);
  } else {
    json.null();
  }
  list(json, "teams", s.teams);
  list(json, "integrations", s.integrations);
  json.member("has_support_hours", s.support_hours.has_value());
  member(json, "created_at", s.created_at);
  member(json, "last_incident_at", s.last_incident_at);
  member(json, "acknowledgement_timeout_s", s.acknowledgement_timeout_s);
  member(json, "auto_resolve_timeout_s", s.auto_resolve_timeout_s);
  json.end_object();
}
void write(JsonWriter& json, const User& u) {
  json.begin_object().member("id", u.id).member("name", u.name).member("email", u.email).member("time_zone", u.time_zone);
  json.member("html_url", u.html_url).member("job_title", u.job_title).member("phone", u.phone).member("deleted", u.deleted).end_object();
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
  json.begin_object().member("id", s.id).member("name", s.name).member("time_zone", s.time_zone).member("html_url", s.html_url);
  list(json, "final_entries", s.final_entries);
  list(json, "overrides", s.overrides);
  json.end_object();
}
void write(JsonWriter& json, const Assignment& a) {
  json.begin_object();
  reference(json, "user", a.user);
  member(json, "at", a.at);
  json.end_object();
}
void write(JsonWriter& json, const Incident& i) {
  json.begin_object().member("id", i.id).member("number", i.number).member("title", i.title).member("status", word(i.status));
  json.member("urgency", word(i.urgency)).member("html_url", i.html_url).member("incident_key", i.incident_key);
  json.member("description", i.description).key("priority");
  if (i.priority) {
    write(json, *i.priority);
  } else {
    json.null();
  }
  member(json, "created_at", i.created_at);
  member(json, "resolved_at", i.resolved_at);
  member(json, "last_status_change_at", i.last_status_change_at);
  reference(json, "service", i.service);
  reference(json, "escalation_policy", i.escalation_policy);
  reference(json, "last_status_change_by", i.last_status_change_by);
  list(json, "teams", i.teams);
  list(json, "assignments", i.assignments);
  list(json, "acknowledgements", i.acknowledgements);
  member(json, "alerts_total", i.alerts_total);
  member(json, "alerts_triggered", i.alerts_triggered);
  list(json, "responders", i.responders);
  json.member("conference_url", i.conference_url).member("conference_number", i.conference_number).end_object();
}
void write(JsonWriter& json, const Alert& a) {
  json.begin_object().member("id", a.id).member("summary", a.summary).member("severity", a.severity).member("status", word(a.status));
  json.member("html_url", a.html_url).member("alert_key", a.alert_key);
  member(json, "created_at", a.created_at);
  reference(json, "incident", a.incident);
  reference(json, "service", a.service);
  json.end_object();
}
void write(JsonWriter& json, const ChangeLink& l) { json.begin_object().member("href", l.href).member("text", l.text).end_object(); }
void write(JsonWriter& json, const ChangeEvent& c) {
  json.begin_object().member("id", c.id).member("summary", c.summary).member("source", c.source).member("html_url", c.html_url);
  member(json, "at", c.at);
  list(json, "links", c.links);
  list(json, "services", c.services);
  json.end_object();
}
void write(JsonWriter& json, const MaintenanceWindow& w) {
  json.begin_object().member("id", w.id).member("summary", w.summary).member("description", w.description).member("html_url", w.html_url);
  member(json, "start", w.start);
  member(json, "end", w.end);
  list(json, "services", w.services);
  reference(json, "created_by", w.created_by);
  json.end_object();
}
void write(JsonWriter& json, const LogEntry& e) {
  json.begin_object().member("id", e.id).member("type", e.type).member("summary", e.summary).member("html_url", e.html_url);
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
  json.member("high_urgency_incidents", a.high_urgency_incidents).member("interruptions", a.interruptions);
  json.member("sleep_hour_interruptions", a.sleep_hour_interruptions);
  member(json, "mean_seconds_to_first_ack", a.mean_seconds_to_first_ack);
  member(json, "mean_seconds_to_resolve", a.mean_seconds_to_resolve);
  member(json, "up_time_percent", a.up_time_percent);
  json.end_object();
}
void write(JsonWriter& json, const Standard& s) {
  json.begin_object().member("id", s.id).member("name", s.name).member("description", s.description).member("passing", s.passing).end_object();
}
void write(JsonWriter& json, const StandardsScore& s) {
  json.begin_object().member("service_id", s.service_id).member("passing", s.passing).member("total", s.total);
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
  json.begin_object().member("status", e.status).member("message", e.message).member("dedup_key", e.dedup_key).end_object();
}
// Tokens are secrets: their presence is printed, not they.
void write(JsonWriter& json, const OAuthToken& t) {
  json.begin_object().member("token_type", t.token_type).member("scope", t.scope).member("has_access_token", !t.access_token.empty());
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
  json.begin_object().member("offset", page.offset).member("limit", page.limit).member("more", page.more);
  member(json, "total", page.total);
  list(json, "items", page.items);
  json.end_object();
}
template <typename T>
void list(JsonWriter& json, std::string_view name, const std::vector<T>& items) {
  json.key(name);
  write(json, items);
}

// ---- Operations ----

template <auto decode>
Result<std::string> run(std::string_view body) {
  const auto decoded = decode(body);
  if (!decoded) return std::unexpected(decoded.error());
  JsonWriter json;
  json.begin_object().key("model");
  write(json, decoded->value);
  json.key("diagnostics").begin_array();
  for (const DecodeDiagnostic& d : decoded->diagnostics) {
    json.begin_object().member("path", d.path).member("message", d.message).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

// Past incidents come wrapped: {incident: {...}, score}.
Result<Decoded<std::vector<Incident>>> decode_past_incidents(std::string_view body) {
  return decode_list<Incident>(body, "past_incidents", [](const Fields& item) { return read_incident(item.object("incident")); });
}
Result<Decoded<Alert>> decode_alert(std::string_view body) {
  Result<Json> json = parse_with(body, "alert");
  if (!json) return std::unexpected(json.error());
  const auto page = decode_alerts("{\"alerts\":[" + json->at("alert").dump() + "]}");
  return Decoded<Alert>{page->value.items.empty() ? Alert{} : page->value.items.front(), page->diagnostics};
}
Result<Decoded<LogEntry>> decode_log_entry(std::string_view body) {
  Result<Json> json = parse_with(body, "log_entry");
  if (!json) return std::unexpected(json.error());
  const auto page = decode_log_entries("{\"log_entries\":[" + json->at("log_entry").dump() + "]}");
  return Decoded<LogEntry>{page->value.items.empty() ? LogEntry{} : page->value.items.front(), page->diagnostics};
}
Result<Decoded<std::vector<Standard>>> decode_standards(std::string_view body) {
  return decode_list<Standard>(body, "standards", [](const Fields& item) {
    return Standard{item.exact("id"), item.text("name", 200), item.lines("description"), item.flag("active")};
  });
}
Result<Decoded<std::vector<Reference>>> decode_licenses(std::string_view body) {
  return decode_list<Reference>(body, "licenses", read_reference);
}
Result<Decoded<Note>> decode_status_update(std::string_view body) {
  return decode_object<Note>(body, "status_update", [](const Fields& f) {
    return Note{f.exact("id"), f.lines("message"), f.time("created_at"), read_reference(f.object("sender"))};
  });
}
Result<Decoded<Note>> decode_responder_request(std::string_view body) {
  return decode_object<Note>(body, "responder_request", [](const Fields& f) {
    return Note{f.exact("id"), f.lines("message"), f.time("requested_at"), read_reference(f.object("requester"))};
  });
}
// One override, or a list of {status, override}.
Result<Decoded<std::vector<Schedule::Entry>>> decode_overrides(std::string_view body) {
  Result<Json> json = parse_body(body);
  if (!json) return std::unexpected(json.error());
  Decoded<std::vector<Schedule::Entry>> decoded;
  const Json list = json->is_array() ? *json : json->contains("overrides") ? json->at("overrides") : Json::array({*json});
  for (const Json& item : list) {
    const Fields fields(item, decoded.diagnostics);
    const Fields entry = fields.has("override") ? fields.object("override") : fields;
    decoded.value.push_back({read_user(entry.object("user")), entry.time("start"), entry.time("end")});
  }
  return decoded;
}

struct Operation {
  std::string_view name;
  Result<std::string> (*run)(std::string_view);
};
constexpr std::array kOperations{
    Operation{"GET /services", run<decode_services>},
    Operation{"GET /services/{id}", run<decode_service>},
    Operation{"GET /services/{id}/integrations/{id}", run<decode_integration>},
    Operation{"GET /services/{id}/change_events", run<decode_change_events>},
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
    Operation{"GET /escalation_policies/{id}", run<decode_escalation_policy>},
    Operation{"GET /schedules/{id}", run<decode_schedule>},
    Operation{"GET /v3/schedules/{id}", run<decode_schedule>},
    Operation{"GET /schedules/{id}/users", run<decode_schedule_users>},
    Operation{"POST /schedules/{id}/overrides", run<decode_overrides>},
    Operation{"GET /users/me", run<decode_user>},
    Operation{"GET /users/{id}", run<decode_user>},
    Operation{"GET /priorities", run<decode_priorities>},
    Operation{"GET /maintenance_windows", run<decode_maintenance_windows>},
    Operation{"POST /maintenance_windows", run<decode_maintenance_window>},
    Operation{"GET /abilities", run<decode_abilities>},
    Operation{"GET /licenses", run<decode_licenses>},
    Operation{"GET /standards", run<decode_standards>},
    Operation{"GET /standards/scores/{type}", run<decode_standards_scores>},
    Operation{"GET /standards/scores/{type}/{id}", run<decode_standards_scores>},
    Operation{"GET /service_dependencies/technical_services/{id}", run<decode_dependencies>},
    Operation{"POST /analytics/metrics/incidents/services", run<decode_service_analytics>},
    Operation{"POST /v2/enqueue", run<decode_event_accepted>},
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
  if (const Result<Json> json = parse_body(body); !json && !trim(body).empty()) return std::unexpected(json.error());
  JsonWriter json;
  json.begin_object().key("error");
  write(json, decode_api_error(status, body));
  json.key("diagnostics").begin_array().end_array().end_object();
  return json.take();
}

bool is_error_body(std::string_view body) {
  const Result<Json> json = parse_body(body);
  return json && json->is_object() && (json->empty() || json->contains("error"));
}

std::int64_t status_of(std::string_view text) {
  std::int64_t status = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9' && status < 1000) status = status * 10 + (c - '0');
  }
  return status;
}

}  // namespace

Result<std::string> decode_to_json(std::string_view operation, std::string_view body) {
  std::string name(trim(operation.substr(0, operation.find('?'))));
  if (name.starts_with("error")) return run_error(status_of(name), body);
  // "POST events/v2/enqueue" and "POST https://host/v2/enqueue" are the same operation.
  if (name.find("enqueue") != std::string::npos) name = "POST /v2/enqueue";
  const Operation* best = nullptr;
  for (const Operation& candidate : kOperations) {
    if (candidate.name == name) {
      best = &candidate;
      break;
    }
    if (best == nullptr && matches(candidate.name, name)) best = &candidate;
  }
  if (best == nullptr) {
    std::string message = "There is no decoder for \"" + display_text(operation, 80) + "\". Known: error STATUS";
    for (const Operation& known : kOperations) message += ", " + std::string(known.name);
    return fail(ErrorCode::kBadArgument, message + ".");
  }
  Result<std::string> decoded = best->run(body);
  return !decoded && decoded.error().code == ErrorCode::kBadResponse && is_error_body(body) ? run_error(0, body) : decoded;
}

}  // namespace pd::pagerduty
