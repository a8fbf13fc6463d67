// References, users, escalation policies, on-calls, schedules.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {
namespace {

// A deleted user is still named, by an object that says where it is no more: "self" and "html_url"
// are null. A bare {id, type}, as change events have them, says nothing of the kind.
bool is_deleted(const Fields& fields) {
  return fields.has("deleted_at") ||
         (fields.is_given_as_null("self") && fields.is_given_as_null("html_url"));
}

}  // namespace

std::string read_name(const Fields& fields, std::size_t max_graphemes) {
  std::string name = fields.text("name", max_graphemes);
  return name.empty() ? fields.text("summary", max_graphemes) : name;
}

Reference read_reference(const Fields& fields) {
  Reference reference;
  reference.id = fields.exact("id");
  reference.type = fields.exact("type");
  reference.summary = fields.text("summary");
  if (reference.summary.empty()) reference.summary = fields.text("name");
  reference.html_url = fields.exact("html_url");
  reference.deleted = is_deleted(fields);
  return reference;
}

std::vector<Reference> read_references(const Fields& fields, const char* name) {
  std::vector<Reference> references;
  fields.each(name, [&](const Fields& item) { references.push_back(read_reference(item)); });
  return references;
}

User read_user(const Fields& fields) {
  User user;
  user.id = fields.exact("id");
  user.name = read_name(fields);
  user.email = fields.text("email", 320);
  user.time_zone = fields.text("time_zone", 60);
  user.html_url = fields.exact("html_url");
  user.job_title = fields.text("job_title", 200);
  user.deleted = is_deleted(fields);
  fields.each("contact_methods", [&](const Fields& method) {
    if (!method.exact("type").starts_with("phone_contact_method")) return;
    const std::string number = method.text("address", 40);
    if (!user.phone.empty() || number.empty()) return;
    const std::optional<std::int64_t> country = method.integer("country_code");
    user.phone = (country ? "+" + std::to_string(*country) : "") + number;
  });
  return user;
}

EscalationPolicy read_escalation_policy(const Fields& fields) {
  EscalationPolicy policy;
  policy.id = fields.exact("id");
  policy.name = read_name(fields);
  policy.html_url = fields.exact("html_url");
  policy.description = fields.lines("description");
  policy.loops = fields.integer("num_loops").value_or(0);
  fields.each("escalation_rules", [&](const Fields& item) {
    EscalationRule rule;
    rule.id = item.exact("id");
    rule.delay_minutes = item.integer("escalation_delay_in_minutes").value_or(0);
    rule.targets = read_references(item, "targets");
    policy.rules.push_back(std::move(rule));
  });
  return policy;
}

namespace {

OnCall read_on_call(const Fields& fields) {
  OnCall on_call;
  on_call.user = read_user(fields.object("user"));
  on_call.schedule = read_reference(fields.object("schedule"));
  on_call.escalation_policy = read_reference(fields.object("escalation_policy"));
  on_call.level = fields.integer("escalation_level").value_or(0);
  on_call.start = fields.time("start");
  on_call.end = fields.time("end");
  return on_call;
}

Schedule::Entry read_entry(const Fields& fields) {
  return {read_user(fields.object("user")), fields.time("start"), fields.time("end")};
}

std::vector<Schedule::Entry> read_entries(const Fields& fields) {
  std::vector<Schedule::Entry> entries;
  fields.each("rendered_schedule_entries",
              [&](const Fields& item) { entries.push_back(read_entry(item)); });
  return entries;
}

ScheduleOverride read_override(const Fields& item) {
  const Fields wrapped = item.object("override");
  const Fields& fields = wrapped.is_object() ? wrapped : item;
  return {fields.exact("id"), read_user(fields.object("user")),   fields.time("start"),
          fields.time("end"), item.integer("status").value_or(0), item.texts("errors")};
}

}  // namespace

Schedule read_schedule(const Fields& fields) {
  Schedule schedule;
  schedule.id = fields.exact("id");
  schedule.name = read_name(fields);
  schedule.time_zone = fields.text("time_zone", 60);
  schedule.html_url = fields.exact("html_url");
  schedule.final_entries = read_entries(fields.object("final_schedule"));
  schedule.overrides = read_entries(fields.object("overrides_subschedule"));
  return schedule;
}

Result<Decoded<Page<OnCall>>> decode_on_calls(std::string_view body) {
  return decode_page<OnCall>(body, "oncalls", read_on_call);
}
Result<Decoded<EscalationPolicy>> decode_escalation_policy(std::string_view body) {
  return decode_object<EscalationPolicy>(body, "escalation_policy", read_escalation_policy);
}
Result<Decoded<Page<EscalationPolicy>>> decode_escalation_policies(std::string_view body) {
  return decode_page<EscalationPolicy>(body, "escalation_policies", read_escalation_policy);
}
Result<Decoded<User>> decode_user(std::string_view body) {
  return decode_object<User>(body, "user", read_user);
}
Result<Decoded<Page<User>>> decode_users(std::string_view body) {
  return decode_page<User>(body, "users", read_user);
}
Result<Decoded<Schedule>> decode_schedule(std::string_view body) {
  return decode_object<Schedule>(body, "schedule", read_schedule);
}
Result<Decoded<std::vector<User>>> decode_schedule_users(std::string_view body) {
  return decode_list<User>(body, "users", read_user);
}

// The answer to the creation is a list of {status, override}; the list operation has `overrides`.
Result<Decoded<std::vector<ScheduleOverride>>> decode_overrides(std::string_view body) {
  const Result<Json> json = parse_body(body);
  if (!json) return std::unexpected(json.error());
  if (!json->is_array()) return decode_list<ScheduleOverride>(body, "overrides", read_override);
  Decoded<std::vector<ScheduleOverride>> decoded;
  const Fields whole(*json, decoded.diagnostics);
  whole.each([&](const Fields& item) { decoded.value.push_back(read_override(item)); });
  return decoded;
}

}  // namespace pd::pagerduty
