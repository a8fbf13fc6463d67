#include "client/server_clock.h"

namespace pd::client {

void ServerClock::see_past(Time at, Time now) {
  const Duration ahead = at - now;
  if (ahead > offset_.value_or(kTolerance)) offset_ = ahead;
}

Duration ServerClock::offset() const {
  const Duration offset = offset_.value_or(Duration::zero());
  return offset >= kTolerance || offset <= -kTolerance ? offset : Duration::zero();
}

Duration ServerClock::told_offset() const {
  return std::chrono::round<std::chrono::minutes>(offset());
}

}  // namespace pd::client
