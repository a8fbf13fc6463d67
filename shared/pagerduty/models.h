// pagerduty: the API as plain values. Models, decoders (decode.h) and request builders (requests.h)
// for REST v2, Events v2 and OAuth. Nothing else in the project parses PagerDuty's JSON.
//
// Every field of every model may be missing in an answer: text is then empty, a time absent, a list
// empty. Text is display-safe (base/text.h) except ids, keys and URLs, which are kept exactly.
// Source of names and values: https://developer.pagerduty.com/api-reference
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace pd::pagerduty {

// {id, type, summary, self, html_url}: how objects name each other.
struct Reference {
  std::string id, type, summary, html_url;
  bool deleted = false;  // `deleted_at` set, or self and html_url given as null
  bool operator==(const Reference&) const = default;
};

enum class ServiceStatus : std::uint8_t {
  kUnknown,
  kActive,
  kWarning,
  kCritical,
  kMaintenance,
  kDisabled
};
enum class IncidentStatus : std::uint8_t { kUnknown, kTriggered, kAcknowledged, kResolved };
enum class Urgency : std::uint8_t { kUnknown, kHigh, kLow };
// The API's words, by enumerator.
inline constexpr std::array<std::string_view, 6> kServiceStatusWords{
    "unknown", "active", "warning", "critical", "maintenance", "disabled"};
inline constexpr std::array<std::string_view, 4> kIncidentStatusWords{"unknown", "triggered",
                                                                      "acknowledged", "resolved"};
inline constexpr std::array<std::string_view, 3> kUrgencyWords{"unknown", "high", "low"};
template <typename Enum, std::size_t count>
constexpr std::string_view word_of(Enum value, const std::array<std::string_view, count>& words) {
  return words[static_cast<std::size_t>(value)];
}
// The value that `word` stands for, by its place among `words`.
template <typename Enum, std::size_t count>
constexpr std::optional<Enum> value_of(std::string_view word,
                                       const std::array<std::string_view, count>& words) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

struct Priority {
  std::string id, name, description, color;  // color: six hex digits, lower case, or empty
};

struct Integration {
  std::string id, type, summary, integration_key, html_url;
};

struct EscalationRule {
  std::string id;
  std::int64_t delay_minutes = 0;
  std::vector<Reference> targets;  // users and schedules
};
struct EscalationPolicy {
  std::string id, name, html_url, description;
  std::int64_t loops = 0;
  std::vector<EscalationRule> rules;  // level = index + 1
};

struct SupportHours {
  std::string time_zone, start_time, end_time;
  std::vector<int> days_of_week;  // 1 = Monday .. 7
};

struct Service {
  std::string id, name, description, html_url;
  ServiceStatus status = ServiceStatus::kUnknown;
  Reference escalation_policy;
  std::optional<EscalationPolicy> escalation_policy_detail;  // with include[]=escalation_policies
  std::vector<Reference> teams;
  std::vector<Integration> integrations;
  std::optional<SupportHours> support_hours;
  std::optional<Time> created_at, last_incident_at;
  std::optional<std::int64_t> acknowledgement_timeout_s, auto_resolve_timeout_s;
};

struct User {
  std::string id, name, email, time_zone, html_url, job_title, phone;
  bool deleted = false;
};

struct OnCall {
  User user;
  Reference schedule;  // id empty: on call directly, not by a schedule
  Reference escalation_policy;
  std::int64_t level = 0;          // from 1
  std::optional<Time> start, end;  // both absent: always
};

struct Schedule {
  struct Entry {
    User user;
    std::optional<Time> start, end;
  };
  std::string id, name, time_zone, html_url;
  std::vector<Entry> final_entries;  // final_schedule.rendered_schedule_entries
  std::vector<Entry> overrides;
};

// One of the overrides of an answer: what was created, or `errors` say why it was not.
struct ScheduleOverride {
  std::string id;
  User user;
  std::optional<Time> start, end;
  std::int64_t http_status = 0;  // 0 = the answer has none for this one
  std::vector<std::string> errors;
};

struct Assignment {
  Reference user;
  std::optional<Time> at;
};

struct Incident {
  std::string id, title, html_url, incident_key, description;
  std::int64_t number = 0;  // 0 = absent
  IncidentStatus status = IncidentStatus::kUnknown;
  Urgency urgency = Urgency::kUnknown;
  std::optional<Priority> priority;
  std::optional<Time> created_at, resolved_at, last_status_change_at, updated_at;
  Reference service, escalation_policy, last_status_change_by;
  std::vector<Reference> teams;
  std::vector<Assignment> assignments, acknowledgements;
  std::optional<std::int64_t> alerts_total, alerts_triggered;
  std::vector<Reference> responders;
  std::string conference_url, conference_number;
};

// Somebody who was asked to help with an incident: a person, or an escalation policy.
struct ResponderTarget {
  Reference target;
  std::optional<Time> at;
};

struct Alert {
  std::string id, summary, severity, html_url, alert_key;
  IncidentStatus status = IncidentStatus::kUnknown;
  std::optional<Time> created_at;
  Reference incident, service;
};

struct ChangeLink {
  std::string href, text;
};
struct ChangeEvent {
  std::string id, summary, source, html_url;
  std::optional<Time> at;
  std::vector<ChangeLink> links;
  std::vector<Reference> services;
};

struct MaintenanceWindow {
  std::string id, summary, description, html_url;
  std::optional<Time> start, end;
  std::vector<Reference> services;
  Reference created_by;
};

struct LogEntry {
  std::string id, type, summary, html_url, channel_type, note;
  std::optional<Time> at;
  Reference agent, incident, service;
};

struct Note {
  std::string id, content;
  std::optional<Time> at;
  Reference user;
};

struct ServiceAnalytics {
  std::string service_id;
  std::int64_t incidents = 0, interruptions = 0, sleep_hour_interruptions = 0;
  std::optional<double> mean_seconds_to_first_ack, mean_seconds_to_resolve, up_time_percent;
  std::string range_start;  // of a row by day: "2026-05-04T00:00:00", without a zone
};

struct Standard {
  std::string id, name, description;
  bool passing = false;
};
struct StandardsScore {
  std::string service_id;
  std::int64_t passing = 0, total = 0;
  std::vector<Standard> standards;
};

struct License {
  std::string id, name, description;
  std::optional<std::int64_t> in_use, available;
};

struct Dependency {
  Reference supporting, dependent;
};

struct EventAccepted {
  std::string status, message, dedup_key;
};  // 202 of /v2/enqueue

// An error body, whatever its shape: {error:{message, code, errors}}, errors as text or map, error
// as text or list, {}, Events' {status, message, errors}, OAuth's {error, error_description}.
struct ApiError {
  std::int64_t http_status = 0;
  std::optional<std::int64_t> code;  // PagerDuty's own, e.g. 2020
  std::string message;               // one sentence, display-safe; may be empty
  std::vector<std::string> details;
  std::string required_scopes;  // when a 403 names them
};

struct OAuthToken {
  std::string token_type, scope, access_token, refresh_token;
  std::optional<std::int64_t> expires_in_s;
};

// A page of a list: REST v2's offset paging.
template <typename T>
struct Page {
  std::vector<T> items;
  std::int64_t offset = 0, limit = 0;
  bool more = false;
  std::optional<std::int64_t> total;
};

}  // namespace pd::pagerduty
