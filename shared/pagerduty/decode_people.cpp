// References, users, escalation policies, on-calls, schedules.
#include "base/text.h"
#include "pagerduty/fields.h"

namespace pd::pagerduty {

Reference read_reference(const Fields& fields) {
  Reference reference;
  reference.id = fields.exact("id");
  reference.type = fields.exact("type");
  reference.summary = fields.text("summary");
  if (reference.summary.empty()) reference.summary = fields.text("name");
  reference.html_url = fields.exact("html_url");
  reference.deleted = fields.is_object() && (fields.has("deleted_at") || (!fields.has("self") && !fields.has("html_url")));
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
  user.name = fields.text("name", 200);
  if (user.name.empty()) user.name = fields.text("summary", 200);
  user.email = fields.exact("email");
  user.time_zone = fields.exact("time_zone");
  user.html_url = fields.exact("html_url");
  user.job_title = fields.text("job_title", 200);
  user.deleted = read_reference(fields).deleted;
  fields.each("contact_methods", [&](const Fields& method) {
    if (user.phone.empty() && method.exact("type").starts_with("phone_contact_method") && method.has("address")) {
      const std::string country = method.exact("country_code");
      user.phone = (country.empty() ? "" : "+" + country) + method.exact("address");
    }
  });
  return user;
}

EscalationPolicy read_escalation_policy(const Fields& fields) {
  EscalationPolicy policy;
  policy.id = fields.exact("id");
  policy.name = fields.text("name", 200);
  if (policy.name.empty()) policy.name = fields.text("summary", 200);
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
  fields.each("rendered_schedule_entries", [&](const Fields& item) { entries.push_back(read_entry(item)); });
  return entries;
}

Schedule read_schedule(const Fields& fields) {
  Schedule schedule;
  schedule.id = fields.exact("id");
  schedule.name = fields.text("name", 200);
  if (schedule.name.empty()) schedule.name = fields.text("summary", 200);
  schedule.time_zone = fields.exact("time_zone");
  schedule.html_url = fields.exact("html_url");
  schedule.final_entries = read_entries(fields.object("final_schedule"));
  schedule.overrides = read_entries(fields.object("overrides_subschedule"));
  return schedule;
}

}  // namespace

Result<Decoded<Page<OnCall>>> decode_on_calls(std::string_view body) {
  return decode_page<OnCall>(body, "oncalls", read_on_call);
}
Result<Decoded<EscalationPolicy>> decode_escalation_policy(std::string_view body) {
  return decode_object<EscalationPolicy>(body, "escalation_policy", read_escalation_policy);
}
Result<Decoded<User>> decode_user(std::string_view body) { return decode_object<User>(body, "user", read_user); }
Result<Decoded<Schedule>> decode_schedule(std::string_view body) {
  return decode_object<Schedule>(body, "schedule", read_schedule);
}
Result<Decoded<std::vector<User>>> decode_schedule_users(std::string_view body) {
  return decode_list<User>(body, "users", read_user);
}

}  // namespace pd::pagerduty
