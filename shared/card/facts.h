// facts() of the element: what scorecards ("tech insights") ask of a service, as flat JSON.
#pragma once

#include <string>

#include "card/sources.h"

namespace pd::card {

// {"hasEscalationPolicy": {"value": true, "unit": "boolean", "at": "2026-05-04T09:00:00Z"}, ...}. What is not known (yet) is
// left out; `at` is when PagerDuty said so.
std::string make_facts(const CardState& card, const client::Broker& broker, Time now);

}  // namespace pd::card
