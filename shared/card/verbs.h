// What each write asks of the viewer, and how it is worded: one table. Internal to this folder.
#pragma once

#include "base/texts.h"
#include "card/state.h"

namespace pd::card {

// What the viewer gives besides a yes.
enum class Need : std::uint8_t {
  kNothing,
  kPerson,
  kLevel,
  kPriority,
  kDuration,
  kText,
  kResponder  // a person or an escalation policy, and a message
};

struct Verb {
  client::IntentKind kind;
  // Of the node that opens its dialog, before an incident's id or kSelected; of what is done to no
  // incident the whole node, or what comes before its own id.
  std::string_view node;
  Text title, body;  // of the dialog: {0} is the incident, and the service
  Text confirm;      // its buttons: the one that opens the dialog, and the one in it
  Text said;         // when it is done
  Need need;
  bool pages;  // somebody is woken by it
};

// Of all but creating, which has a dialog of its own.
const Verb& verb_of(client::IntentKind kind);
// Done in the name of whoever does it: an account's key has none.
constexpr bool is_in_own_name(client::IntentKind kind) {
  return kind == client::IntentKind::kAddResponder || kind == client::IntentKind::kOverride;
}
// The verb of an incident whose dialog the node opens; null for another node.
const Verb* incident_verb_of(std::string_view node);

// Lengths that are offered, in seconds.
std::vector<std::int64_t> durations_of(client::IntentKind kind);
// Stands for the incidents that are selected.
inline constexpr std::string_view kSelected = "selected";
// Stands for "until the shift ends".
inline constexpr const char* kUntilEnd = "until";

// Before the id of an escalation policy that is chosen instead of a person.
inline constexpr std::string_view kPolicyChoice = "policy:";

// What the dialog lacks before it can be confirmed.
bool lacks_something(const DialogState& dialog);

}  // namespace pd::card
