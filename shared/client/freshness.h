// For how long an answer counts as fresh: one table, by kind.
#pragma once

#include <optional>

#include "client/types.h"

namespace pd::client {

// Until when the answer, which has data and came at `arrived_at`, is fresh; absent: until somebody
// asks. What a cache had for long counts as asked for now: the cache would give the same again.
// `refresh` is the shortest interval of incidents that somebody watching wants; zero = none.
//
//   kind        fresh for
//   ----------  ------------------------------------------------------
//   incidents   `refresh`; 30 s, unless a card says otherwise
//   on-calls    5 min, but only until the next shift begins or ends; 1 min when one has since the
//               cache got it
//   service     15 min
//   changes     1 min
//   metrics     1 h (PagerDuty computes them daily); standards, dependencies,
//               priorities, people and escalation policies the same
//   next shift  15 min and a half, but only until one begins or ends; the
//               rota 15 min
//   details     30 s (an incident's log, notes and alerts); what was
//               resolved lately 1 min; maintenance windows 5 min
std::optional<Time> fresh_until(Kind kind, const Answer& answer, Time arrived_at, Duration refresh);

// What is due so soon is asked for together with what is due: requests of many cards that were
// opened one after the other fall together, and stay together.
Duration joins_early(Kind kind, Duration refresh);

}  // namespace pd::client
