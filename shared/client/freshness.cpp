#include "client/freshness.h"

#include <algorithm>

namespace pd::client {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kShortestOnCallsAge = seconds{5};
constexpr Duration kPastShiftAge = minutes{1};

Duration age_of(Kind kind, Duration refresh) {
  switch (kind) {
    case Kind::kService:
    case Kind::kServiceByKey: return minutes{15};
    case Kind::kChanges: return minutes{1};
    case Kind::kOnCalls: return minutes{5};
    // Not together with what is asked for each quarter of an hour: a refresh stays small.
    case Kind::kNextOnCalls: return minutes{15} + seconds{30};
    case Kind::kShifts:
    case Kind::kSchedule: return minutes{15};
    case Kind::kLogEntries:
    case Kind::kNotes:
    case Kind::kAlerts: return seconds{30};
    case Kind::kResolved: return minutes{1};
    case Kind::kWindows: return minutes{5};
    case Kind::kMetrics:
    case Kind::kMetricsBefore:
    case Kind::kMetricsUrgent:
    case Kind::kMetricsDaily:
    case Kind::kStandards:
    case Kind::kDependencies:
    case Kind::kPriorities:
    case Kind::kUsers:
    case Kind::kPolicies:
    case Kind::kCurrentUser: return hours{1};
    case Kind::kIncidents: break;
  }
  return refresh;
}

// Fresh for a while, but only until the next shift begins or ends.
Duration until_next_shift(const Answer& answer, Time arrived_at, Duration age) {
  for (const pagerduty::OnCall& on_call : *answer.on_calls) {
    for (const std::optional<Time>& edge : {on_call.start, on_call.end}) {
      if (!edge || *edge <= *answer.fetched_at) continue;
      age = std::min(age, *edge > arrived_at ? *edge - arrived_at : kPastShiftAge);
    }
  }
  return std::max(age, kShortestOnCallsAge);
}

}  // namespace

std::optional<Time> fresh_until(Kind kind, const Answer& answer, Time arrived_at,
                                Duration refresh) {
  Duration age = age_of(kind, refresh);
  if (age == Duration::zero()) return std::nullopt;
  const bool has_shifts = kind == Kind::kOnCalls || kind == Kind::kNextOnCalls;
  if (has_shifts && answer.on_calls) age = until_next_shift(answer, arrived_at, age);
  return arrived_at + age;
}

Duration joins_early(Kind kind, Duration refresh) { return age_of(kind, refresh) / 3; }

}  // namespace pd::client
