// How many requests of one credential may leave within a minute: PagerDuty counts 960 for all that
// use the credential, and a page of cards must leave most of them to others.
#pragma once

#include <deque>
#include <optional>

#include "base/time.h"

namespace pd::client {

class RequestBudget {
 public:
  static constexpr int kDefaultPerMinute = 120;
  // Of each ten, what reads leave for the writes of a viewer, which never wait.
  static constexpr int kReservedOfTen = 1;

  void set_limit(int per_minute) { limit_ = per_minute; }
  int limit() const { return limit_; }
  void spend(Time now);
  // Within the minute that ends now.
  int spent(Time now) const;
  bool may_read(Time now) const { return spent(now) < for_reads(); }
  // When may_read() becomes true; absent: it is.
  std::optional<Time> next_read(Time now) const;
  // The clock was set: what was spent stays as long ago as it was.
  void shift(Duration by);

 private:
  int for_reads() const;

  int limit_ = kDefaultPerMinute;
  std::deque<Time> spent_;  // oldest first, of the last minute
};

}  // namespace pd::client
