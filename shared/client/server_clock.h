// How far this device's clock is from PagerDuty's. Only what leaves no doubt counts: a time of
// PagerDuty's own making (a readable Date header, an incident made this moment), or something that
// has happened but lies in this device's future.
#pragma once

#include <optional>

#include "base/time.h"

namespace pd::client {

class ServerClock {
 public:
  // Smaller differences are ordinary, and correct nothing.
  static constexpr Duration kTolerance = std::chrono::seconds{90};

  // PagerDuty's clock read `at` when this device's read `now`.
  void set(Time at, Time now) { offset_ = at - now; }
  // Something of `at` has happened already when this device's clock reads `now`.
  void see_past(Time at, Time now);
  // This device's clock was set: by how much it went on or back.
  void shift(Duration by) {
    if (offset_) *offset_ -= by;
  }
  // Zero within the tolerance.
  Duration offset() const;
  // In whole minutes.
  Duration told_offset() const;

 private:
  std::optional<Duration> offset_;
};

}  // namespace pd::client
