// Reads of many wants from the account's own lists: a wallboard of a hundred services asks for a
// few pages instead of a hundred times for one.
//
//   services   GET /services, as long as each page has had two of the wanted ones; the others are
//              asked for one by one, which also tells 403 from 404
//   changes    GET /change_events, newest first: the first time until each service has its full
//              number or the list ends, within a quarter of the requests that asking one by one
//              would take; afterwards only what is new since
//
// A list that is refused, or fails twice, is not asked again; see Broker::ListUse.
#include <algorithm>
#include <map>

#include "client/broker.h"
#include "client/flight_parts.h"
#include "client/freshness.h"
#include "pagerduty/decode.h"

namespace pd::client {
namespace {

constexpr std::size_t kWorthListing = 8;  // fewer are asked for one by one, side by side
constexpr std::size_t kWorthAPage = 2;    // wants that a page must have had, on average
constexpr std::size_t kNewChangesPages = 3;
// Change events may become visible after later ones did.
constexpr Duration kChangesOverlap = std::chrono::minutes{5};

std::size_t most_pages_of_changes(std::size_t wants) { return std::max<std::size_t>(2, wants / 4); }

bool is_newest_first(const std::vector<pagerduty::ChangeEvent>& changes) {
  return std::ranges::is_sorted(changes, std::greater<>(), [](const pagerduty::ChangeEvent& c) {
    return c.at.value_or(Time::min());
  });
}

}  // namespace

bool Broker::fits_listing(const Flight& flight, const Entry& entry) {
  if (entry.is_solo) return false;
  return flight.kind == Kind::kService || entry.answer.has_data() == flight.since.has_value();
}

// Whether the want that is first in need comes from the list, with its like.
bool Broker::begin_listing(Flight& flight, const Account& account, const Entry& first) const {
  const bool is_service = flight.kind == Kind::kService;
  if (!is_service && flight.kind != Kind::kChanges) return false;
  if (first.is_solo || !(is_service ? account.services : account.changes).is_good()) return false;
  // What is known of changes already needs only what is new.
  if (!is_service && first.answer.has_data()) flight.since = Time::max();
  std::size_t count = 0;
  for (const auto& [want, entry] : entries_) {
    if (want.kind != flight.kind || !fits_listing(flight, entry)) continue;
    const Time now = flight.departed_at;
    const Time soon = now + joins_early(want.kind, entry.refresh);
    if (!may_leave(account, want, entry, soon, now)) continue;
    ++count;
    if (flight.since) {
      // A cache may have had the list since before it was asked for.
      const Time known = std::min(entry.asked_at.value_or(Time::min()), *entry.answer.fetched_at);
      flight.since = std::min(*flight.since, known - kChangesOverlap);
    }
  }
  if (count >= kWorthListing) return true;
  flight.since.reset();
  return false;
}

Broker::ListUse* Broker::list_use(const Flight& flight) {
  if (!flight.is_listing) return nullptr;
  Account& account = account_of(flight.account);
  return flight.kind == Kind::kService ? &account.services : &account.changes;
}

pagerduty::Request Broker::make_listing(const Flight& flight) const {
  const pagerduty::PageQuery page{flight.offset, kPageSize, false};
  return flight.kind == Kind::kService ? pagerduty::make_list_services(page)
                                       : pagerduty::make_list_all_change_events(flight.since, page);
}

// Gives those of the page that are wanted; false: the next page is worth asking for.
bool Broker::land_services(Flight& flight, const Response& response, Time now) {
  auto page = pagerduty::decode_services(response.body);
  if (!page) {
    fail_flight(flight, {page.error(), Remedy::kRetrySoon}, now);
    return true;
  }
  list_use(flight)->failures = 0;
  Flight found = flight;
  found.ids.clear();
  std::map<std::string_view, std::shared_ptr<const pagerduty::Service>> services;
  for (pagerduty::Service& service : page->value.items) {
    const auto wanted = std::ranges::find(flight.ids, service.id);
    if (wanted == flight.ids.end()) continue;
    found.ids.push_back(service.id);
    flight.ids.erase(wanted);
    const auto shared = std::make_shared<const pagerduty::Service>(std::move(service));
    services.emplace(shared->id, shared);
  }
  deliver(found, now,
          [&](Answer& answer, const std::string& id) { answer.service = services.at(id); });
  ++flight.pages;
  flight.found += found.ids.size();
  std::vector<pagerduty::Service> none;
  const bool goes_on = turn_page(flight, page->value, none);
  if (!flight.ids.empty() && goes_on && flight.found >= kWorthAPage * flight.pages) return false;
  release(flight, true, now);
  return true;
}

bool Broker::land_changes(Flight& flight, const Response& response, Time now) {
  auto page = pagerduty::decode_change_events(response.body);
  if (!page) {
    fail_flight(flight, {page.error(), Remedy::kRetrySoon}, now);
    return true;
  }
  ++flight.pages;
  const bool goes_on = turn_page(flight, page->value, flight.changes);
  ListUse& use = *list_use(flight);
  if (!is_newest_first(flight.changes)) {  // then its end may hold the newest
    use.failures += 2;
    release(flight, false, now);
    return true;
  }
  use.failures = 0;
  std::map<std::string_view, std::int64_t> counts;
  for (const pagerduty::ChangeEvent& change : flight.changes) {
    for (const pagerduty::Reference& service : change.services) ++counts[service.id];
  }
  const auto is_full = [&](const std::string& id) {
    const auto count = counts.find(id);
    return count != counts.end() && count->second >= kMostChanges;
  };
  if (goes_on && !std::ranges::all_of(flight.ids, is_full)) {
    const std::size_t most =
        flight.since ? kNewChangesPages : most_pages_of_changes(flight.ids.size());
    if (flight.pages < most) return false;
    // Too long a list: those that have their number are served.
    Flight rest = flight;
    std::erase_if(rest.ids, is_full);
    std::erase_if(flight.ids, [&](const std::string& id) { return !is_full(id); });
    release(rest, !flight.since, now);
  }
  deliver_changes(flight, now);
  return true;
}

// What the list had, before what was known already.
void Broker::deliver_changes(const Flight& flight, Time now) {
  deliver(flight, now, [&](Answer& answer, const std::string& id) {
    std::vector<pagerduty::ChangeEvent> own;
    const auto add = [&](const pagerduty::ChangeEvent& change) {
      const bool is_known =
          std::ranges::find(own, change.id, &pagerduty::ChangeEvent::id) != own.end();
      if (!is_known && own.size() < kMostChanges) own.push_back(change);
    };
    for (const pagerduty::ChangeEvent& change : flight.changes) {
      if (std::ranges::find(change.services, id, &pagerduty::Reference::id) !=
          change.services.end()) {
        add(change);
      }
    }
    if (flight.since && answer.changes) std::ranges::for_each(*answer.changes, add);
    answer.changes = std::make_shared<const std::vector<pagerduty::ChangeEvent>>(std::move(own));
  });
}

}  // namespace pd::client
