#include "client/broker.h"

#include <algorithm>

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kServiceAge = minutes{15};
constexpr Duration kChangesAge = seconds{60};
constexpr Duration kOnCallsAge = minutes{5};
constexpr Duration kFirstDelay = seconds{1};
constexpr Duration kLongestDelay = seconds{60};

}  // namespace

// ---- Accounts, entries, subscribers ----

Broker::Account& Broker::account_of(const std::string& name) {
  for (Account& account : accounts_) {
    if (account.name == name) return account;
  }
  accounts_.push_back({name, false, false, std::nullopt});
  return accounts_.back();
}

const Broker::Account* Broker::find_account(const std::string& name) const {
  const auto found = std::ranges::find(accounts_, name, &Account::name);
  return found == accounts_.end() ? nullptr : &*found;
}

bool Broker::may_send(const Account& account, Time now) const {
  return account.connected && !account.refused && !(account.paused_until && *account.paused_until > now);
}

std::optional<Time> Broker::paused_until(const std::string& account, Time now) const {
  const Account* found = find_account(account);
  if (found == nullptr || !found->paused_until || *found->paused_until <= now) return std::nullopt;
  return found->paused_until;
}

Broker::Entry* Broker::find(const Want& want) {
  const auto found = std::ranges::find(entries_, want, &Entry::want);
  return found == entries_.end() ? nullptr : &*found;
}

Broker::Entry& Broker::entry_of(const Want& want, Time now) {
  if (Entry* known = find(want)) return *known;
  Entry entry;
  entry.want = want;
  entry.due = now;
  entry.answer.loading = true;
  entries_.push_back(std::move(entry));
  return entries_.back();
}

const Answer& Broker::answer(const Want& want) const {
  static const Answer kNone;
  const auto found = std::ranges::find(entries_, want, &Entry::want);
  return found == entries_.end() ? kNone : found->answer;
}

bool Broker::is_wanted(const Want& want, bool visible_only) const {
  return std::ranges::any_of(subscribers_, [&](const Subscriber& s) {
    return (s.visible || !visible_only) && std::ranges::find(s.wants, want) != s.wants.end();
  });
}

// How long a good answer counts as fresh; nothing = until somebody asks.
std::optional<Duration> Broker::refresh_interval(const Entry& entry, Time now) const {
  switch (entry.want.kind) {
    case Kind::kService:
    case Kind::kServiceByKey: return kServiceAge;
    case Kind::kChanges: return kChangesAge;
    case Kind::kOnCalls: {
      Duration age = kOnCallsAge;
      for (const auto& on_call : entry.answer.on_calls ? *entry.answer.on_calls : std::vector<pagerduty::OnCall>()) {
        if (on_call.end && *on_call.end > now) age = std::min(age, *on_call.end - now);
      }
      return std::max<Duration>(age, seconds{5});
    }
    case Kind::kIncidents: break;
  }
  std::optional<Duration> shortest;
  for (const Subscriber& subscriber : subscribers_) {
    const bool wants = std::ranges::find(subscriber.wants, entry.want) != subscriber.wants.end();
    if (wants && subscriber.refresh > Duration::zero() && (!shortest || subscriber.refresh < *shortest)) {
      shortest = subscriber.refresh;
    }
  }
  return shortest;
}

void Broker::set_account(const std::string& name, bool connected, Time now) {
  Account& account = account_of(name);
  account.connected = connected;
  account.refused = false;
  account.paused_until.reset();
  for (Entry& entry : entries_) {
    if (entry.want.account != name || entry.request != 0) continue;
    if (connected) {
      entry.due = now;
      entry.answer.loading = true;
      entry.answer.error.reset();
    } else {
      entry.answer.loading = false;
      entry.answer.error = judge_failure(FailureReason::kNoCredentials).error;
    }
    changed(entry.want);
  }
  pump(now);
}

void Broker::subscribe(SubscriberId id, std::vector<Want> wants, Duration refresh, bool visible, Time now) {
  auto subscriber = std::ranges::find(subscribers_, id, &Subscriber::id);
  if (subscriber == subscribers_.end()) {
    subscribers_.push_back({id, {}, {}, false});
    subscriber = subscribers_.end() - 1;
  }
  subscriber->wants = std::move(wants);
  subscriber->refresh = refresh;
  subscriber->visible = visible;
  for (const Want& want : std::vector<Want>(subscriber->wants)) {
    Entry& entry = entry_of(want, now);
    const Account& account = account_of(want.account);
    if (!account.connected && !entry.answer.error) {
      entry.answer.loading = false;
      entry.answer.error = judge_failure(FailureReason::kNoCredentials).error;
    }
  }
  pump(now);
}

void Broker::unsubscribe(SubscriberId id, Time now) {
  std::erase_if(subscribers_, [id](const Subscriber& s) { return s.id == id; });
  // A read that nobody waits for any more is given up; its data, if there is some, is kept for who comes next.
  for (auto flight = flights_.begin(); flight != flights_.end();) {
    const bool wanted = std::ranges::any_of(flight->ids, [&](const std::string& want_id) {
      return is_wanted({flight->kind, flight->account, want_id}, false);
    });
    if (wanted) {
      ++flight;
      continue;
    }
    effects_.emplace_back(Cancel{flight->request});
    for (Entry& entry : entries_) {
      if (entry.request == flight->request) entry.request = 0;
    }
    flight = flights_.erase(flight);
  }
  pump(now);
}

void Broker::refresh(SubscriberId id, Time now) {
  const auto subscriber = std::ranges::find(subscribers_, id, &Subscriber::id);
  if (subscriber == subscribers_.end()) return;
  for (const Want& want : std::vector<Want>(subscriber->wants)) refresh(want, now);
}

void Broker::refresh(const Want& want, Time now) {
  Entry* entry = find(want);
  if (entry == nullptr || entry->request != 0) return;
  entry->due = now;
  entry->failures = 0;
  pump(now);
}

// ---- Events ----

void Broker::set_page_visible(bool visible, Time now) {
  page_visible_ = visible;
  pump(now);
}

void Broker::set_online(bool online, Time now) {
  if (online_ == online) return;
  online_ = online;
  for (Entry& entry : entries_) {
    if (online && entry.request == 0) entry.due = now;
    changed(entry.want);
  }
  pump(now);
}

void Broker::tick(Time now) {
  for (Account& account : accounts_) {
    if (account.paused_until && *account.paused_until <= now) account.paused_until.reset();
  }
  check_intents(now);
  pump(now);
}

void Broker::handle(const Response& response, Time now) {
  const auto write = std::ranges::find(write_flights_, response.request, &WriteFlight::request);
  if (write != write_flights_.end()) {
    const IntentId id = write->intent;
    write_flights_.erase(write);
    const auto intent = std::ranges::find(intents_, id, &Intent::id);
    if (intent != intents_.end()) land_write(*intent, response, now);
    return pump(now);
  }
  const auto found = std::ranges::find(flights_, response.request, &Flight::request);
  if (found == flights_.end()) return;   // given up before
  Flight flight = std::move(*found);
  flights_.erase(found);
  if (response.status < 200 || response.status > 299) {
    fail_flight(flight, judge_response(response), now);
  } else if (!land(flight, response, now)) {
    send_page(flight, now);              // there is a next page
    flights_.push_back(std::move(flight));
  }
  pump(now);
}

void Broker::handle(const Failure& failure, Time now) {
  const Verdict verdict = judge_failure(failure.reason);
  const auto write = std::ranges::find(write_flights_, failure.request, &WriteFlight::request);
  if (write != write_flights_.end()) {
    const IntentId id = write->intent;
    write_flights_.erase(write);
    const auto intent = std::ranges::find(intents_, id, &Intent::id);
    if (intent != intents_.end()) fail_write(*intent, verdict, now);
    return pump(now);
  }
  const auto found = std::ranges::find(flights_, failure.request, &Flight::request);
  if (found == flights_.end()) return;
  const Flight flight = std::move(*found);
  flights_.erase(found);
  fail_flight(flight, verdict, now);
  pump(now);
}

std::optional<Time> Broker::next_wake(Time now) const {
  std::optional<Time> earliest;
  const auto consider = [&](Time at) {
    if (!earliest || at < *earliest) earliest = at;
  };
  for (const Intent& intent : intents_) {
    if (intent.check_at) consider(*intent.check_at);
  }
  if (!page_visible_ || !online_) return earliest;
  for (const Entry& entry : entries_) {
    if (!entry.due || entry.request != 0 || !is_wanted(entry.want, true)) continue;
    const Account* account = find_account(entry.want.account);
    if (account == nullptr || !account->connected || account->refused) continue;
    // What is due already waits for a place in the lane: an answer will wake it, not a timer.
    const Time at = account->paused_until ? std::max(*entry.due, *account->paused_until) : *entry.due;
    if (at > now) consider(at);
  }
  return earliest;
}

// ---- Chance ----

std::uint64_t Broker::random() {   // splitmix64
  random_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = random_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

// Full jitter: anywhere up to the doubled delay.
Duration Broker::jitter(int failures) {
  const Duration ceiling = std::min<Duration>(kLongestDelay, kFirstDelay * (1LL << std::min(failures, 6)));
  return Duration{200 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(ceiling.count()))};
}

std::string Broker::make_key() {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string key = "pdc-";
  for (int half = 0; half < 2; ++half) {
    std::uint64_t bits = random();
    for (int i = 0; i < 16; ++i, bits >>= 4U) key += kHex[bits & 0xFU];
  }
  return key;
}

}  // namespace pd::client
