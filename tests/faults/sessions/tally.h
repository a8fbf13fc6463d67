// What sessions added up to.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "weather.h"

namespace pd::sessions {

// How a write ended, as far as the viewer was told.
enum class End : std::uint8_t {
  kUnderWay,
  kPrevented,  // by the host page, before it left
  kRefused,    // by the card, before it left: no connection, the service has changed
  kSeen,
  kFailed,
  kUnconfirmed,
  kDismissed,  // failed or unconfirmed, and the viewer let it be
};
inline constexpr std::size_t kEndCount = 7, kKindCount = client::kIntentWords.size();
// What the viewers do; of the rest there is none.
inline constexpr client::IntentKind kPlayedKinds[] = {
    client::IntentKind::kTrigger, client::IntentKind::kCreate,   client::IntentKind::kAcknowledge,
    client::IntentKind::kResolve, client::IntentKind::kReassign, client::IntentKind::kSetPriority,
    client::IntentKind::kSnooze,  client::IntentKind::kAddNote};

struct Tally {
  using Count = std::uint64_t;
  Count sessions = 0, clicks = 0, reloads = 0, requests = 0, most_per_minute = 0, violations = 0;
  Duration virtual_time{};
  std::array<std::array<Count, kEndCount>, kKindCount> writes{};
  std::array<Count, kFaultCount> faults{};
  // Told as unconfirmed when the weather cleared, and settled by a repetition.
  Count settled_by_retry = 0;
  // The one way to two incidents of one intent: what was looked for and not found came after the
  // look, and was closed before the repetition came.
  Count reopened = 0;

  void add(const Tally& other);
  std::string summary() const;
};

}  // namespace pd::sessions
