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
  kPersonAndText
};

struct Verb {
  client::IntentKind kind;
  Text title, body;  // of the dialog: {0} is the incident, and the service
  Text confirm;      // its button
  Text said;         // when it is done
  Need need;
  bool pages;  // somebody is woken by it
};

// Of all but creating, which has a dialog of its own.
const Verb& verb_of(client::IntentKind kind);

// Lengths that are offered, in seconds.
std::vector<std::int64_t> durations_of(client::IntentKind kind);
// Stands for "until the shift ends".
inline constexpr const char* kUntilEnd = "until";

// What the dialog lacks before it can be confirmed.
bool lacks_something(const DialogState& dialog);

}  // namespace pd::card
