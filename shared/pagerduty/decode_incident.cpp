// Incidents and what hangs on them: alerts, log entries, notes, priorities.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {

Priority read_priority(const Fields& fields) {
  Priority priority;
  priority.id = fields.exact("id");
  priority.name = read_name(fields, 60);
  priority.description = fields.text("description");
  const std::string color = to_lower_ascii(fields.exact("color"));
  if (color.size() == 6 && color.find_first_not_of("0123456789abcdef") == std::string::npos)
    priority.color = color;
  return priority;
}

namespace {

std::vector<Assignment> read_assignments(const Fields& fields, const char* list, const char* who) {
  std::vector<Assignment> assignments;
  fields.each(list, [&](const Fields& item) {
    assignments.push_back({read_reference(item.object(who)), item.time("at")});
  });
  return assignments;
}

// `body.details`: text in answers, an object by the specification; an object holds nothing that a
// card shows.
std::string read_description(const Fields& fields) {
  const Fields body = fields.object("body");
  if (!body.has("details")) return fields.lines("description");
  return body.at("details").is_object() ? std::string() : body.lines("details");
}

}  // namespace

Alert read_alert(const Fields& fields) {
  Alert alert;
  alert.id = fields.exact("id");
  alert.summary = fields.text("summary");
  alert.severity = fields.text("severity", 40);
  alert.html_url = fields.exact("html_url");
  alert.alert_key = fields.exact("alert_key");
  alert.status = fields.word<IncidentStatus>("status", kIncidentStatusWords);
  alert.created_at = fields.time("created_at");
  alert.incident = read_reference(fields.object("incident"));
  alert.service = read_reference(fields.object("service"));
  return alert;
}

LogEntry read_log_entry(const Fields& fields) {
  LogEntry entry;
  entry.id = fields.exact("id");
  entry.type = fields.exact("type");
  entry.summary = fields.text("summary");
  entry.html_url = fields.exact("html_url");
  const Fields channel = fields.object("channel");
  entry.channel_type = channel.exact("type");
  entry.note = channel.lines("content");
  if (entry.note.empty()) entry.note = fields.lines("note");
  entry.at = fields.time("created_at");
  entry.agent = read_reference(fields.object("agent"));
  entry.incident = read_reference(fields.object("incident"));
  entry.service = read_reference(fields.object("service"));
  return entry;
}

namespace {

Note read_note(const Fields& fields) {
  return {fields.exact("id"), fields.lines("content"), fields.time("created_at"),
          read_reference(fields.object("user"))};
}

}  // namespace

Incident read_incident(const Fields& fields) {
  Incident incident;
  incident.id = fields.exact("id");
  incident.title = fields.text("title");
  if (incident.title.empty()) incident.title = fields.text("summary");
  incident.html_url = fields.exact("html_url");
  incident.incident_key = fields.exact("incident_key");
  incident.description = read_description(fields);
  incident.number = fields.integer("incident_number").value_or(0);
  incident.status = fields.word<IncidentStatus>("status", kIncidentStatusWords);
  incident.urgency = fields.word<Urgency>("urgency", kUrgencyWords);
  if (const Fields priority = fields.object("priority"); priority.is_object()) {
    incident.priority = read_priority(priority);
    if (incident.priority->name.empty()) incident.priority.reset();
  }
  incident.created_at = fields.time("created_at");
  incident.resolved_at = fields.time("resolved_at");
  incident.last_status_change_at = fields.time("last_status_change_at");
  incident.updated_at = fields.time("updated_at");
  incident.service = read_reference(fields.object("service"));
  incident.escalation_policy = read_reference(fields.object("escalation_policy"));
  incident.last_status_change_by = read_reference(fields.object("last_status_change_by"));
  incident.teams = read_references(fields, "teams");
  incident.assignments = read_assignments(fields, "assignments", "assignee");
  incident.acknowledgements = read_assignments(fields, "acknowledgements", "acknowledger");
  const Fields alerts = fields.object("alert_counts");
  incident.alerts_total = alerts.integer("all");
  incident.alerts_triggered = alerts.integer("triggered");
  fields.each("incidents_responders", [&](const Fields& item) {
    incident.responders.push_back(read_reference(item.object("user")));
  });
  const Fields bridge = fields.object("conference_bridge");
  incident.conference_url = bridge.exact("conference_url");
  incident.conference_number = bridge.text("conference_number", 60);
  return incident;
}

Result<Decoded<Page<Incident>>> decode_incidents(std::string_view body) {
  return decode_page<Incident>(body, "incidents", read_incident);
}
Result<Decoded<Incident>> decode_incident(std::string_view body) {
  return decode_object<Incident>(body, "incident", read_incident);
}
Result<Decoded<Page<Alert>>> decode_alerts(std::string_view body) {
  return decode_page<Alert>(body, "alerts", read_alert);
}
Result<Decoded<Page<LogEntry>>> decode_log_entries(std::string_view body) {
  return decode_page<LogEntry>(body, "log_entries", read_log_entry);
}
Result<Decoded<std::vector<Note>>> decode_notes(std::string_view body) {
  return decode_list<Note>(body, "notes", read_note);
}
Result<Decoded<Note>> decode_note(std::string_view body) {
  return decode_object<Note>(body, "note", read_note);
}
Result<Decoded<Page<Priority>>> decode_priorities(std::string_view body) {
  return decode_page<Priority>(body, "priorities", read_priority);
}

namespace {

// By the specification a target stands bare in the list; answers wrap it.
std::vector<ResponderTarget> read_responder_targets(const Fields& incident) {
  std::vector<ResponderTarget> targets;
  incident.each("responder_requests", [&](const Fields& request) {
    const std::optional<Time> at = request.time("requested_at");
    request.each("responder_request_targets", [&](const Fields& item) {
      const Fields wrapped = item.object("responder_request_target");
      targets.push_back({read_reference(wrapped.is_object() ? wrapped : item), at});
    });
  });
  incident.each("incidents_responders", [&](const Fields& item) {
    targets.push_back({read_reference(item.object("user")), item.time("requested_at")});
  });
  return targets;
}

}  // namespace

Result<Decoded<std::vector<ResponderTarget>>> decode_responder_targets(std::string_view body) {
  return decode_object<std::vector<ResponderTarget>>(body, "incident", read_responder_targets);
}

Result<Decoded<Note>> decode_responder_request(std::string_view body) {
  return decode_object<Note>(body, "responder_request", [](const Fields& f) {
    return Note{f.exact("id"), f.lines("message"), f.time("requested_at"),
                read_reference(f.object("requester"))};
  });
}

}  // namespace pd::pagerduty
