// What is asked of the broker and what it answers: plain values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "pagerduty/models.h"
#include "pagerduty/requests.h"

namespace pd::client {

using SubscriberId = std::uint32_t;
using RequestId = std::uint32_t;
using IntentId = std::uint32_t;

// ---- Reading ----

// In the order in which they leave when all are due: what one request answers for many comes first.
enum class Kind : std::uint8_t {
  kIncidents,
  kOnCalls,
  kService,
  kServiceByKey,
  kChanges,
  kMetrics,
  kNextOnCalls,  // each person's next shift, by escalation policy
  // By themselves, when somebody looks closer: see details.cpp.
  kResolved,       // of a service, lately
  kLogEntries,     // of an incident, newest first
  kNotes,          // of an incident
  kAlerts,         // of an incident
  kWindows,        // of maintenance, of a service: ongoing and future
  kDependencies,   // of a service
  kStandards,      // of a service
  kMetricsBefore,  // of the 30 days before the last 30
  kMetricsUrgent,  // of the last 30 days, high urgency only
  kMetricsDaily,   // of the last 30 days, day by day
  kShifts,         // of an escalation policy, for kRotaSpan
  kSchedule,       // by its id, for kRotaSpan
  kPriorities,     // of the account; id empty
  kUsers,          // of the team with this id; of the account without one
  kPolicies,       // escalation policies of the account; id empty
  kCurrentUser,    // whose credential it is; id empty
};

// Lists are read in pages of so many, up to PagerDuty's own end (offset + limit).
inline constexpr std::int64_t kPageSize = 100;
inline constexpr std::int64_t kPagingEnd = 10'000;
// Of a service, the newest.
inline constexpr std::int64_t kMostChanges = 10;
inline constexpr std::int64_t kMostResolved = 25;
// How far the rota looks ahead.
inline constexpr Duration kRotaSpan = std::chrono::days{14};

// One thing that somebody wants to know. Equal wants are one request, whoever has them.
struct Want {
  Kind kind{};
  std::string account;
  std::string id;  // of the service, its integration key, or the escalation policy
  auto operator<=>(const Want&) const = default;
};

// What is read by itself: a model, or a list of them, of a type that goes with the kind of want. Not
// a std::variant: its code for thirteen types was 2 KB of the bundle.
class Detail {
 public:
  template <typename T>
  static Detail of(T value) {
    return Detail(std::make_shared<const T>(std::move(value)), &kTag<T>);
  }
  Detail() = default;
  bool has_value() const { return value_ != nullptr; }
  // Null when it is of another type, or not there.
  template <typename T>
  const T* as() const {
    return tag_ == &kTag<T> ? static_cast<const T*>(value_.get()) : nullptr;
  }

 private:
  template <typename T>
  static constexpr char kTag = 0;
  Detail(std::shared_ptr<const void> value, const char* tag)
      : value_(std::move(value)), tag_(tag) {}
  std::shared_ptr<const void> value_;
  const char* tag_ = nullptr;
};

// What is known about a want. Data stays while it is asked for again, and when that fails.
struct Answer {
  std::shared_ptr<const pagerduty::Service> service;                  // kService, kServiceByKey
  std::shared_ptr<const std::vector<pagerduty::Incident>> incidents;  // open ones, newest first
  std::shared_ptr<const std::vector<pagerduty::OnCall>> on_calls;
  std::shared_ptr<const std::vector<pagerduty::ChangeEvent>> changes;  // newest first
  std::shared_ptr<const pagerduty::ServiceAnalytics> metrics;  // of the last 30 days; null: none
  Detail detail;                                               // of the kinds of details.cpp
  std::optional<Time> fetched_at;  // of when the data is; before it came, if a cache had it
  std::optional<Error> error;      // of the last try; absent after a good one
  std::optional<Time> retry_at;  // when it is asked for again after an error; absent: when told to
  bool loading = false;          // a request is under way
  bool truncated = false;        // there is more than the paging limit lets be read

  bool has_data() const { return fetched_at.has_value(); }
  // Null while it is not known.
  template <typename T>
  const T* detail_as() const {
    return detail.as<T>();
  }
};

// ---- Writing ----

enum class IntentKind : std::uint8_t {
  kTrigger,
  kCreate,
  kAcknowledge,
  kResolve,
  kReopen,        // what was resolved; `target`: "triggered" or "acknowledged", as it was
  kReassign,      // to `person`
  kEscalate,      // to level `number`
  kSetPriority,   // to the priority `target`
  kSnooze,        // for `number` seconds
  kAddNote,       // `details`
  kAddResponder,  // `person` or `policy` is asked to help, in the name of `target`, with `details`
  kOverride,      // `person` takes the shifts of the schedule `target` for `number` seconds
  kStartMaintenance,  // of the service, for `number` seconds; `title` says why
  kEndMaintenance,    // of the window `target`
};
// By enumerator, as the page, its journal and `pd-action` call them.
inline constexpr std::array<std::string_view, 14> kIntentWords{
    "trigger",       "create",   "acknowledge",       "resolve",        "reopen",
    "reassign",      "escalate", "set-priority",      "snooze",         "add-note",
    "add-responder", "override", "start-maintenance", "end-maintenance"};
// See the table in intents.cpp.
enum class IntentState : std::uint8_t { kPending, kAccepted, kSeen, kFailed, kUnconfirmed };

// What a viewer wants written, whole: every try is made of it anew.
struct Intent {
  IntentId id = 0;
  SubscriberId by = 0;  // whose viewer asked for it; 0: of a card or page that is gone
  IntentKind kind{};
  std::string account, service_id;
  std::string incident_id;  // of what is acknowledged or resolved, or was created, once known
  std::string subject;      // what it is about, for the viewer: a title, "#12 Disk full"
  std::string key;  // names it in the journal; of a creation also its dedup_key or incident_key:
                    // the same for every repetition
  // Of a creation:
  std::string title, details;
  bool high_urgency = true;
  // Of other writes, as IntentKind says:
  std::string target, person, policy;  // of `person` and `policy`, one
  std::int64_t number = 0;
  // Of a trigger by Events:
  std::string source, page_url;
  std::string integration_key;  // never journaled; see Broker::lend_key()

  // The broker's own:
  IntentState state = IntentState::kPending;
  bool in_doubt = false;         // an earlier try may have worked
  bool is_refused = false;       // the last try: PagerDuty does not do what it asks
  bool looks_first = false;      // pending: sent only after a look showed that it has no effect yet
  std::optional<Time> asked_at;  // by the viewer
  std::optional<Time> begins_at;  // the same, by PagerDuty's clock
  std::optional<Time>
      known_at;                // of the newest like it that was there before, by PagerDuty's clock
  std::optional<Error> error;  // of the last try
  int tries = 0, checks = 0;   // sent; looked for in PagerDuty since
  std::optional<Time> check_at;  // when to look (kPending: to send) again
};

// What creates an incident, by whichever of the two ways.
constexpr bool is_creation(IntentKind kind) {
  return kind == IntentKind::kTrigger || kind == IntentKind::kCreate;
}

// What is done to one incident that is known.
constexpr bool is_of_incident(IntentKind kind) {
  return kind >= IntentKind::kAcknowledge && kind <= IntentKind::kAddResponder;
}

constexpr bool is_about_incident(IntentKind kind) {
  return is_creation(kind) || is_of_incident(kind);
}

// ---- Tabs of one origin, and the page after this one ----

// Whether this page asks PagerDuty for an account, or listens to another tab that does.
enum class TabRole : std::uint8_t {
  kJoining,  // not known yet: nothing is read, but not for long
  kAlone,
  kLeader,
  kFollower,
};

// By enumerator, as the page and its diagnostics call them.
inline constexpr std::array<std::string_view, 4> kTabRoleWords{"joining", "alone", "leader",
                                                               "follower"};

// An answer as it crosses to another tab, or is kept for the next page. Without secrets.
struct SharedAnswer {
  Want want;
  Time asked_at, fetched_at;  // when the request left; of when the data is
  bool truncated = false;
  std::string body;            // as encode.h writes it; empty: there is no data, only an error
  std::optional<Error> error;  // of the last try
  std::optional<Time> retry_at;
};

// What a tab wants, and how new what it knows of it is.
struct KnownWant {
  Want want;
  std::optional<Time> asked_at;
};

// ---- Effects ----

struct Send {
  RequestId request;
  std::string account;
  pagerduty::Request what;
  std::int64_t timeout_ms;
};
struct Cancel {
  RequestId request;
};
// `landed`: data or an error came; else only that it is (not) under way. `reads_alike`: it says what
// it said, at an age that is told alike: there is nothing to draw.
struct AnswerChanged {
  Want want;
  bool landed;
  bool reads_alike = false;
};
// It is new, in another state, or forgotten.
struct IntentChanged {
  IntentId intent;
};
// The account is refused or paused, or no longer refused; its clock differs by other minutes; or
// this device's was set back, and all ages are told by another.
struct HealthChanged {
  std::string account;
};
struct AuthRequired {
  std::string account;
};
// The journal outlives the page: before a write leaves it is kept, and dropped when its end is
// known. Without secrets: the integration key is blank.
struct KeepIntent {
  Intent intent;
};
struct DropIntent {
  std::string account, key;
};
// To the other tabs. `leads`: this one asks for all from now on.
struct ShareWants {
  std::string account;
  bool leads;
  std::vector<KnownWant> wants;
  Duration refresh;
};
struct ShareAnswer {
  SharedAnswer answer;
};
using Effect = std::variant<Send, Cancel, AnswerChanged, IntentChanged, HealthChanged, AuthRequired,
                            KeepIntent, DropIntent, ShareWants, ShareAnswer>;

// ---- Events that need more than a call's arguments ----

struct Response {
  RequestId request;
  int status;
  std::string body;
  // Seconds; < 0: absent or unreadable.
  std::int64_t retry_after_s = -1, rate_limit_reset_s = -1;
  std::optional<Time> server_date = std::nullopt;  // PagerDuty's clock, when readable
  std::int64_t age_s = 0;                          // for how long a cache has had it
};
// Why there is no answer.
enum class FailureReason : std::uint8_t {
  kNetwork,          // none came, or it broke off
  kTimeout,          // none in time
  kAborted,          // given up by us
  kTooLarge,         // larger than is read
  kNoCredentials,    // not sent: nothing to authorise with
  kSignInFailed,     // not sent: the page's way to authorise did not work
  kRedirected,       // somebody else answered: a sign-in page, a proxy
  kBlockedByPolicy,  // not sent: the page's Content-Security-Policy
  kBlockedByCors,    // an answer that this page may not read
};
struct Failure {
  RequestId request;
  FailureReason reason;
  std::string origin = {};  // kBlockedByPolicy, kBlockedByCors: whose, "https://api.pagerduty.com"
};

}  // namespace pd::client
