// What flights.cpp and listings.cpp share: templates of Broker. Internal to this folder.
#pragma once

#include <algorithm>
#include <functional>

#include "client/broker.h"

namespace pd::client {

// Gives each entry of the flight its data by fill(entry.answer, id).
template <typename Fill>
void Broker::deliver(const Flight& flight, Time now, Fill fill) {
  recover(account_of(flight.account), now);
  for (const std::string& id : flight.ids) {
    const Want want{flight.kind, flight.account, id};
    Entry* entry = find(want);
    if (entry == nullptr || entry->flight != flight.id) continue;
    entry->flight = 0;
    entry->failures = 0;
    entry->batch_limit = 0;
    // It left before a write's answer said something newer.
    if (flight.id <= entry->changed_after) {
      ask(*entry, now);
      continue;
    }
    entry->answer.loading = false;
    entry->answer.error.reset();
    entry->answer.retry_at.reset();
    entry->answer.truncated = flight.truncated;
    fill(entry->answer, id);
    entry->answer.fetched_at = now - flight.age;
    entry->arrived_at = now;
    entry->asked_at = flight.departed_at;
    entry->is_own = true;
    entry->is_kept = entry->has_outage = false;
    effects_.emplace_back(AnswerChanged{want, true});
    share_answer(want, *entry);
  }
}

// Takes a page's items; true when another page follows. A server that gives the same page again
// ends the list, as does one with a page of nothing.
template <typename Decoded, typename Items>
bool Broker::turn_page(Flight& flight, const Response& response, const Decoded& page,
                       Items& collected) {
  const std::size_t hash = std::hash<std::string>()(response.body);
  const bool repeats = flight.offset > 0 && hash == flight.last_page;
  flight.last_page = hash;
  if (repeats || page.items.empty()) {
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
