// What each kind of write asks of PagerDuty, and how it is seen that it was done. One table, in
// intent_rules.cpp. Internal to this folder.
#pragma once

#include "client/types.h"
#include "pagerduty/requests.h"

namespace pd::client {

// What an answer says of a write.
struct Finding {
  bool is_done = false;
  std::optional<pagerduty::Incident> incident;  // as it is now, when the answer has it
  std::optional<Time> at = std::nullopt;        // of the effect, by PagerDuty's clock, when it says
};

pagerduty::Request make_write(const Intent& intent);
// Asks for what the write would have changed.
pagerduty::Request make_look(const Intent& intent);

// The answer to the write itself, when its status is a success. Not done: another's answer, such as
// a sign-in page's.
Finding read_written(const Intent& intent, const Response& response);
// The answer to the look. An error: it says nothing.
Result<Finding> read_look(const Intent& intent, std::string_view body);

// Of what reads like the write's effect in what is known of the incident: the newest one's time.
std::optional<Time> newest_alike(const Intent& intent, const Answer& known);
// What knows of it, for the kinds that are looked for among what happened to an incident.
std::optional<Want> log_of(const Intent& intent);

// PagerDuty refuses because it is so already: an earlier try worked (browsers send again by
// themselves when a connection breaks), or somebody was quicker.
bool says_done_already(IntentKind kind, const Response& response);
// Whether an incident, as PagerDuty gives it, is what the intent wanted.
bool shows_effect(const Intent& intent, const pagerduty::Incident& incident);

// Which answers the write makes old, besides the list of incidents.
bool makes_old(const Intent& intent, const Want& want);

}  // namespace pd::client
