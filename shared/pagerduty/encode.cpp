#include "pagerduty/encode.h"

#include <cstdint>
#include <optional>
#include <span>

#include "base/json_writer.h"

namespace pd::pagerduty {
namespace {

// What a fingerprint begins with; no key does.
constexpr char kFingerprint = '~';

// Members that hold nothing are left out: the decoders give nothing back.
class Writer {
 public:
  Writer& begin() {
    json_.begin_object();
    return *this;
  }
  Writer& begin(std::string_view name) {
    json_.key(name).begin_object();
    return *this;
  }
  Writer& end() {
    json_.end_object();
    return *this;
  }
  Writer& text(std::string_view name, std::string_view value) {
    if (!value.empty()) json_.member(name, value);
    return *this;
  }
  template <typename Number>
  Writer& number(std::string_view name, const std::optional<Number>& value) {
    if (value) json_.member(name, *value);
    return *this;
  }
  Writer& count(std::string_view name, std::int64_t value) {
    if (value != 0) json_.member(name, value);
    return *this;
  }
  Writer& time(std::string_view name, const std::optional<Time>& value) {
    if (!value) return *this;
    std::string text = format_rfc3339(*value);
    const std::int64_t ms = ((to_ms(*value) % 1000) + 1000) % 1000;
    if (ms != 0) text.insert(text.size() - 1, "." + std::to_string(1000 + ms).substr(1));
    json_.member(name, text);
    return *this;
  }
  template <typename Enum, std::size_t size>
  Writer& word(std::string_view name, Enum value, const std::array<std::string_view, size>& words) {
    return word_at(name, static_cast<std::size_t>(value), words);
  }
  Writer& word_at(std::string_view name, std::size_t index,
                  std::span<const std::string_view> words) {
    if (index != 0) json_.member(name, words[index]);  // 0: unknown
    return *this;
  }
  template <typename Items, typename Write>
  Writer& list(std::string_view name, const Items& items, Write write) {
    if (!items.empty()) all(name, items, write);
    return *this;
  }
  // Also when it is empty: the body's own member.
  template <typename Items, typename Write>
  Writer& all(std::string_view name, const Items& items, Write write) {
    json_.key(name).begin_array();
    for (const auto& item : items) {
      begin();
      write(*this, item);
      end();
    }
    json_.end_array();
    return *this;
  }
  Writer& gone(bool deleted) {
    if (deleted) json_.key("self").null().key("html_url").null();
    return *this;
  }
  Writer& days(std::string_view name, const std::vector<int>& days) {
    json_.key(name).begin_array();
    for (const int day : days) json_.value(day);
    json_.end_array();
    return *this;
  }
  std::string take() { return json_.take(); }

 private:
  JsonWriter json_;
};

void write_reference(Writer& w, const Reference& reference) {
  w.text("id", reference.id).text("type", reference.type).text("summary", reference.summary);
  w.gone(reference.deleted);
  if (!reference.deleted) w.text("html_url", reference.html_url);
}
void write_reference(Writer& w, std::string_view name, const Reference& reference) {
  if (reference == Reference{}) return;
  w.begin(name);
  write_reference(w, reference);
  w.end();
}
void write_item(Writer& w, const Reference& reference) { write_reference(w, reference); }

void write_user(Writer& w, const User& user) {
  w.begin("user").text("id", user.id).text("name", user.name).text("email", user.email);
  w.text("time_zone", user.time_zone).text("job_title", user.job_title).gone(user.deleted);
  if (!user.deleted) w.text("html_url", user.html_url);
  if (!user.phone.empty()) {
    w.list("contact_methods", std::vector<std::string_view>{user.phone},
           [](Writer& inner, std::string_view phone) {
             inner.text("type", "phone_contact_method").text("address", phone);
           });
  }
  w.end();
}

void write_policy(Writer& w, const EscalationPolicy& policy, std::string_view type) {
  w.begin("escalation_policy").text("id", policy.id).text("type", type).text("name", policy.name);
  w.text("html_url", policy.html_url).text("description", policy.description);
  w.count("num_loops", policy.loops);
  w.all("escalation_rules", policy.rules, [](Writer& inner, const EscalationRule& rule) {
    inner.text("id", rule.id).count("escalation_delay_in_minutes", rule.delay_minutes);
    inner.list("targets", rule.targets, write_item);
  });
  w.end();
}

void write_integration(Writer& w, const Integration& integration) {
  w.text("id", integration.id).text("type", integration.type);
  w.text("summary", integration.summary).text("html_url", integration.html_url);
  const std::string& key = integration.integration_key;
  if (key.empty()) return;
  w.text("integration_key", key.front() == kFingerprint ? key : fingerprint_of_key(key));
}

template <const char* who>
void write_assignment(Writer& w, const Assignment& assignment) {
  write_reference(w, who, assignment.user);
  w.time("at", assignment.at);
}
constexpr char kAssignee[] = "assignee";
constexpr char kAcknowledger[] = "acknowledger";

void write_incident(Writer& w, const Incident& i) {
  w.text("id", i.id).text("title", i.title).text("html_url", i.html_url);
  w.text("incident_key", i.incident_key).text("description", i.description);
  w.count("incident_number", i.number).word("status", i.status, kIncidentStatusWords);
  w.word("urgency", i.urgency, kUrgencyWords);
  if (i.priority) {
    w.begin("priority").text("id", i.priority->id).text("name", i.priority->name);
    w.text("description", i.priority->description).text("color", i.priority->color).end();
  }
  w.time("created_at", i.created_at).time("resolved_at", i.resolved_at);
  w.time("last_status_change_at", i.last_status_change_at).time("updated_at", i.updated_at);
  write_reference(w, "service", i.service);
  write_reference(w, "escalation_policy", i.escalation_policy);
  write_reference(w, "last_status_change_by", i.last_status_change_by);
  w.list("teams", i.teams, write_item);
  w.list("assignments", i.assignments, write_assignment<kAssignee>);
  w.list("acknowledgements", i.acknowledgements, write_assignment<kAcknowledger>);
  w.begin("alert_counts").number("all", i.alerts_total).number("triggered", i.alerts_triggered);
  w.end();
  w.list("incidents_responders", i.responders, [](Writer& inner, const Reference& responder) {
    write_reference(inner, "user", responder);
  });
  w.begin("conference_bridge").text("conference_url", i.conference_url);
  w.text("conference_number", i.conference_number).end();
}

void write_on_call(Writer& w, const OnCall& on_call) {
  write_user(w, on_call.user);
  write_reference(w, "schedule", on_call.schedule);
  write_reference(w, "escalation_policy", on_call.escalation_policy);
  w.count("escalation_level", on_call.level).time("start", on_call.start).time("end", on_call.end);
}

void write_change(Writer& w, const ChangeEvent& change) {
  w.text("id", change.id).text("summary", change.summary).text("source", change.source);
  w.text("html_url", change.html_url).time("timestamp", change.at);
  w.list("services", change.services, write_item);
  w.list("links", change.links, [](Writer& inner, const ChangeLink& link) {
    inner.text("href", link.href).text("text", link.text);
  });
}

template <typename T>
std::string write_page(std::string_view name, const std::vector<T>& items,
                       void (*write)(Writer&, const T&)) {
  Writer w;
  return w.begin().all(name, items, write).end().take();
}

}  // namespace

// 64 bits of a key's 128: enough to know it again, not to say it. FNV-1a, mixed.
std::string fingerprint_of_key(std::string_view key) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBULL;
  hash ^= hash >> 31U;
  std::string text(1, kFingerprint);
  for (int i = 0; i < 16; ++i, hash >>= 4U) text += "0123456789abcdef"[hash & 0xFU];
  return text;
}

std::string encode_service(const Service& s) {
  Writer w;
  w.begin().begin("service").text("id", s.id).text("name", s.name);
  w.text("description", s.description).text("html_url", s.html_url);
  w.word("status", s.status, kServiceStatusWords);
  if (s.escalation_policy_detail) {
    write_policy(w, *s.escalation_policy_detail, s.escalation_policy.type);
  } else {
    write_reference(w, "escalation_policy", s.escalation_policy);
  }
  w.list("teams", s.teams, write_item).list("integrations", s.integrations, write_integration);
  if (s.support_hours) {
    w.begin("support_hours").text("time_zone", s.support_hours->time_zone);
    w.text("start_time", s.support_hours->start_time).text("end_time", s.support_hours->end_time);
    w.days("days_of_week", s.support_hours->days_of_week).end();
  }
  w.time("created_at", s.created_at).time("last_incident_timestamp", s.last_incident_at);
  w.number("acknowledgement_timeout", s.acknowledgement_timeout_s);
  w.number("auto_resolve_timeout", s.auto_resolve_timeout_s);
  return w.end().end().take();
}

std::string encode_incidents(const std::vector<Incident>& incidents) {
  return write_page("incidents", incidents, write_incident);
}
std::string encode_on_calls(const std::vector<OnCall>& on_calls) {
  return write_page("oncalls", on_calls, write_on_call);
}
std::string encode_change_events(const std::vector<ChangeEvent>& changes) {
  return write_page("change_events", changes, write_change);
}

std::string encode_service_analytics(const ServiceAnalytics* analytics) {
  std::vector<const ServiceAnalytics*> items;
  if (analytics != nullptr) items.push_back(analytics);
  Writer w;
  w.begin().all("data", items, [](Writer& inner, const ServiceAnalytics* a) {
    inner.text("service_id", a->service_id).count("total_incident_count", a->incidents);
    inner.count("total_interruptions", a->interruptions);
    inner.count("total_sleep_hour_interruptions", a->sleep_hour_interruptions);
    inner.number("mean_seconds_to_first_ack", a->mean_seconds_to_first_ack);
    inner.number("mean_seconds_to_resolve", a->mean_seconds_to_resolve);
    inner.number("up_time_pct", a->up_time_percent);
  });
  return w.end().take();
}

bool matches_key(const Integration& integration, std::string_view key) {
  const std::string& known = integration.integration_key;
  if (known.empty() || key.empty()) return false;
  return known == (known.front() == kFingerprint ? fingerprint_of_key(key) : std::string(key));
}

}  // namespace pd::pagerduty
