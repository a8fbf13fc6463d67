// What flights.cpp and listings.cpp share: templates of Broker. Internal to this folder.
#pragma once

#include <algorithm>
#include <functional>

#include "client/broker.h"

namespace pd::client {

// Gives each entry of the flight its data by fill(entry.answer, id).
template <typename Fill>
void Broker::deliver(const Flight& flight, Time now, Fill fill) {
  // All that does not depend on `fill` is there once, not for each kind.
  const auto call = [](void* given, Answer& answer, const std::string& id) {
    (*static_cast<Fill*>(given))(answer, id);
  };
  deliver_all(flight, now, call, &fill);
}

// Takes a page's items; true when another page follows. A server that gives the same page again
// ends the list, as does one with a page of nothing.
template <typename Decoded, typename Items>
bool Broker::turn_page(Flight& flight, const Decoded& page, Items& collected) {
  if (flight.repeats_page || page.items.empty()) {
    flight.truncated = page.more;
    return false;
  }
  collected.insert(collected.end(), page.items.begin(), page.items.end());
  if (!page.more) return false;
  // A server may give less than was asked for, and then says so.
  flight.offset += page.limit > 0 ? std::min(page.limit, kPageSize) : kPageSize;
  flight.truncated = flight.offset + kPageSize > kPagingEnd;
  return !flight.truncated;
}

}  // namespace pd::client
