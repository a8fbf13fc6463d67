// facts() of the element: what scorecards ("tech insights") ask of a service, as flat JSON.
//
//   {"serviceId": {"value": "PCHKOUT", "unit": "id", "at": "2026-05-04T09:00:00Z"}, ...}
//
//   fact                        unit          from
//   --------------------------  ------------  ---------------------------------
//   entityRef                   entity-ref    the descriptor (no `at`)
//   serviceId                   id            the service
//   hasEscalationPolicy         boolean       the service
//   hasTeams                    boolean       the service
//   hasDescription              boolean       the service
//   hasSupportHours             boolean       the service
//   hasIntegrations             boolean       the service
//   teams, integrations         count         the service
//   escalationLevels            count         its escalation policy
//   hasSomeoneOnCallAtLevel1    boolean       on-calls
//   openIncidents               count         open incidents
//   highUrgencyOpenIncidents    count         open incidents
//   recentChanges               count         the latest change events, ten at most
//   incidentsIn30Days           count         analytics, as the two below
//   meanSecondsToFirstAck       seconds
//   meanSecondsToResolve        seconds
#pragma once

#include <string>

#include "card/sources.h"

namespace pd::card {

// What is not known (yet) is left out; `at` is when PagerDuty said so.
std::string make_facts(const CardState& card, const client::Broker& broker);

}  // namespace pd::card
