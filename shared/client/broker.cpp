#include "client/broker.h"

#include <algorithm>

#include "client/freshness.h"

namespace pd::client {
namespace {

using std::chrono::seconds;

constexpr Duration kFirstDelay = seconds{1};
constexpr Duration kLongestDelay = seconds{60};
constexpr Duration kShortestDelay = Duration{200};
// Failures in a row that make it an outage.
constexpr int kOutage = 3;
// Answers that nobody wants at the moment are kept for who comes next, while there are not many.
constexpr std::size_t kMostEntries = 1'000;
// A clock that is set back by less is only read again.
constexpr Duration kClockStep = seconds{1};
// Whatever a cache says beyond is as good as this.
constexpr std::int64_t kOldestS = 24 * 60 * 60;
// Ages are told in whole minutes.
constexpr Duration kToldAlike = std::chrono::minutes{1};

}  // namespace

// ---- Accounts ----

Broker::Account& Broker::account_of(const std::string& name) {
  for (Account& account : accounts_) {
    if (account.name == name) return account;
  }
  accounts_.emplace_back().name = name;
  return accounts_.back();
}

const Broker::Account* Broker::find_account(const std::string& name) const {
  const auto found = std::ranges::find(accounts_, name, &Account::name);
  return found == accounts_.end() ? nullptr : &*found;
}

bool Broker::may_read(const std::string& name, Time now) const {
  const Account* account = find_account(name);
  return account != nullptr && opens_at(*account, now) == now;
}

// From when on the account's reads may leave; absent: an event must come first.
std::optional<Time> Broker::opens_at(const Account& account, Time now) const {
  if (!page_visible_ || !online_ || health(account.name) != AccountHealth::kGood) {
    return std::nullopt;
  }
  Time opens = now;
  for (const std::optional<Time>& barrier :
       {account.paused_until, account.eased_until, account.budget.next_read(now),
        account.role == TabRole::kJoining ? account.joins_until : std::nullopt}) {
    if (barrier) opens = std::max(opens, *barrier);
  }
  return opens;
}

// While PagerDuty cannot be reached, a page of cards asks now and then, not each card for itself.
void Broker::ease_off(Account& account, Time now) {
  ++account.failures;
  if (account.failures >= kOutage) account.eased_until = now + jitter(account.failures - kOutage);
}

Time Broker::server_time(const std::string& name, Time now) const {
  const Account* account = find_account(name);
  return account == nullptr ? now : now + account->clock.offset();
}

Time Broker::told_server_time(const std::string& name, Time now) const {
  const Account* account = find_account(name);
  return account == nullptr ? now : now + account->clock.told_offset();
}

void Broker::hear_clock(Account& account, Time at, bool is_past, Time now) {
  const Duration told = account.clock.told_offset();
  is_past ? account.clock.see_past(at, now) : account.clock.set(at, now);
  if (account.clock.told_offset() != told) effects_.emplace_back(HealthChanged{account.name});
}

AccountHealth Broker::health(const std::string& name) const {
  const Account* account = find_account(name);
  if (account == nullptr || !account->connected) return AccountHealth::kNotConnected;
  return account->refused ? AccountHealth::kRefused : AccountHealth::kGood;
}

std::optional<Time> Broker::paused_until(const std::string& name, Time now) const {
  const Account* account = find_account(name);
  if (account == nullptr || !account->paused_until || *account->paused_until <= now) {
    return std::nullopt;
  }
  return account->paused_until;
}

void Broker::set_account(const std::string& name, bool connected, Time now) {
  follow_clock(now);
  Account& account = account_of(name);
  account.connected = connected;
  account.refused = false;
  account.failures = 0;
  account.eased_until.reset();
  account.services = account.changes = {};
  if (!connected) return;
  for (auto& [want, entry] : entries_) {
    if (want.account == name && entry.answer.error) ask(entry, now);
  }
}

void Broker::set_budget(const std::string& name, int per_minute) {
  account_of(name).budget.set_limit(per_minute);
}

// What an answer means for all of its account.
void Broker::obey(const std::string& name, const Verdict& verdict, Time now) {
  Account& account = account_of(name);
  if (verdict.remedy == Remedy::kPauseAccount) {
    const Time until = now + Duration{verdict.error.retry_after_ms.value_or(60'000)};
    account.paused_until = std::max(account.paused_until.value_or(until), until);
    effects_.emplace_back(HealthChanged{name});
  } else if (verdict.remedy == Remedy::kAskForCredentials && !account.refused) {
    account.refused = true;
    effects_.emplace_back(HealthChanged{name});
    effects_.emplace_back(AuthRequired{name});
  }
}

// ---- What is wanted ----

Broker::Entry* Broker::find(const Want& want) {
  const auto found = entries_.find(want);
  return found == entries_.end() ? nullptr : &found->second;
}

const Answer& Broker::answer(const Want& want) const {
  static const Answer kNone;
  const auto found = entries_.find(want);
  return found == entries_.end() ? kNone : found->second.answer;
}

// When it is to be asked for; nothing = when somebody asks.
std::optional<Time> Broker::due_of(const Want& want, const Entry& entry) const {
  const Answer& answer = entry.answer;
  if (entry.ask_at) return entry.ask_at;
  if (answer.error) return answer.retry_at;
  if (!answer.has_data()) return Time::min();
  // Of the page before this one: shown, and asked for where it changes quickly.
  const bool is_lively = want.kind == Kind::kIncidents || want.kind == Kind::kChanges;
  if (entry.is_kept && is_lively) return Time::min();
  return fresh_until(want.kind, answer, *entry.arrived_at, entry.refresh);
}

// Whether a request for it, of this account, may leave until `by`.
bool Broker::may_leave(const Account& account, const Want& want, const Entry& entry, Time by,
                       Time now) const {
  if (want.account != account.name || !entry.watched || entry.flight != 0) return false;
  const std::optional<Time> due = due_of(want, entry);
  return due && waits_until(account, want, entry, *due, now) <= by;
}

void Broker::ask(Entry& entry, Time at) {
  entry.ask_at = std::min(entry.ask_at.value_or(at), at);
  entry.failures = 0;
}

// Nothing of the account failed the last time.
bool Broker::is_well(const std::string& account) const {
  return std::ranges::none_of(entries_, [&](const auto& item) {
    return item.first.account == account && item.second.answer.error;
  });
}

// Whether data that comes now, of an account that is well, reads as that of the entry does. Of
// shifts one may have begun since. (Bytes that differ and have the same hash are drawn a minute
// late, when ages are told anew.)
bool Broker::reads_alike(const Entry& entry, const Want& want, std::size_t digest, Time fetched_at,
                         Time now) {
  const Answer& answer = entry.answer;
  if (entry.digest != digest || !answer.has_data() || entry.is_kept) return false;
  if (now - std::min(*answer.fetched_at, fetched_at) >= kToldAlike) return false;
  if (!answer.on_calls) return true;
  return fresh_until(want.kind, answer, *entry.arrived_at, entry.refresh) > now;
}

void Broker::count_wants() {
  for (auto& [want, entry] : entries_) {
    entry.wanted = entry.watched = false;
    entry.refresh = Duration::zero();
  }
  for (const Subscriber& subscriber : subscribers_) {
    for (const Want& want : subscriber.wants) {
      Entry& entry = entries_[want];
      entry.wanted = true;
      entry.watched = entry.watched || subscriber.visible;
      if (subscriber.refresh == Duration::zero()) continue;
      const bool first = entry.refresh == Duration::zero();
      entry.refresh = first ? subscriber.refresh : std::min(entry.refresh, subscriber.refresh);
    }
  }
}

// A read that nobody waits for any more is given up.
void Broker::drop_unwanted() {
  for (auto flight = flights_.begin(); flight != flights_.end();) {
    const auto is_wanted = [&](const std::string& id) {
      const Entry* entry = find({flight->kind, flight->account, id});
      return entry != nullptr && entry->wanted;
    };
    if (std::ranges::any_of(flight->ids, is_wanted)) {
      ++flight;
      continue;
    }
    effects_.emplace_back(Cancel{flight->request});
    ++account_of(flight->account).counts.cancelled;
    for (const std::string& id : flight->ids) {
      Entry& entry = entries_[{flight->kind, flight->account, id}];
      entry.flight = 0;
      entry.answer.loading = false;
    }
    flight = flights_.erase(flight);
  }
  const bool many = entries_.size() > kMostEntries;
  std::erase_if(entries_, [many](const auto& item) {
    const Entry& entry = item.second;
    return !entry.wanted && entry.flight == 0 && (many || !entry.answer.has_data());
  });
}

Broker::Subscriber* Broker::find_card(SubscriberId id) {
  const auto found = std::ranges::find_if(
      subscribers_, [id](const Subscriber& s) { return s.tab.empty() && s.id == id; });
  return found == subscribers_.end() ? nullptr : &*found;
}

void Broker::subscribe(SubscriberId id, std::vector<Want> wants, Duration refresh, bool visible,
                       Time now) {
  follow_clock(now);
  Subscriber* subscriber = find_card(id);
  if (subscriber == nullptr) {
    subscriber = &subscribers_.emplace_back();
    subscriber->id = id;
  }
  for (const Want& want : wants) {
    const bool is_new = std::ranges::find(subscriber->wants, want) == subscriber->wants.end();
    if (is_new && answer(want).has_data()) ++account_of(want.account).counts.cache_hits;
  }
  subscriber->wants = std::move(wants);
  subscriber->refresh = refresh;
  subscriber->visible = visible;
  count_wants();
  drop_unwanted();
  recall_strangers(now);
}

void Broker::unsubscribe(SubscriberId id, Time now) {
  follow_clock(now);
  std::erase_if(subscribers_, [id](const Subscriber& s) { return s.tab.empty() && s.id == id; });
  for (Intent& intent : intents_) {
    if (intent.by == id) intent.by = 0;
  }
  count_wants();
  drop_unwanted();
}

void Broker::refresh(SubscriberId id, Time now) {
  follow_clock(now);
  const Subscriber* subscriber = find_card(id);
  if (subscriber == nullptr) return;
  for (const Want& want : subscriber->wants) {
    // A viewer who asks may have signed in elsewhere meanwhile.
    if (std::exchange(account_of(want.account).refused, false)) {
      effects_.emplace_back(HealthChanged{want.account});
    }
    Entry& entry = entries_[want];
    if (entry.flight == 0) ask(entry, now);
    account_of(want.account).eased_until.reset();
  }
}

// ---- Events ----

// A clock that was set back takes all instants with it: what was asked a minute ago stays a minute
// old. One that was set forward looks like a sleep, and is one: everything is due.
void Broker::follow_clock(Time now) {
  const Duration by = last_now_ ? now - *last_now_ : Duration::zero();
  last_now_ = now;
  if (by > -kClockStep) return;
  const auto shift = [by](std::optional<Time>& time) {
    if (time) *time += by;
  };
  for (Account& account : accounts_) {
    shift(account.paused_until), shift(account.eased_until), shift(account.joins_until);
    shift(account.told_at);
    account.budget.shift(by);
    account.clock.shift(by);
    effects_.emplace_back(HealthChanged{account.name});
  }
  for (auto& [want, entry] : entries_) {
    shift(entry.answer.fetched_at), shift(entry.answer.retry_at), shift(entry.asked_at);
    shift(entry.arrived_at), shift(entry.ask_at), shift(entry.changed_at), shift(entry.told_at);
  }
  for (Subscriber& subscriber : subscribers_) shift(subscriber.expires_at);
  for (Flight& flight : flights_) flight.departed_at += by;
  for (Intent& intent : intents_) shift(intent.check_at), shift(intent.asked_at);
}

void Broker::set_page_visible(bool visible, Time now) {
  follow_clock(now);
  page_visible_ = visible;
}

void Broker::set_online(bool online, Time now) {
  follow_clock(now);
  const bool is_back = online && !online_;
  online_ = online;
  if (!is_back) return;
  for (Account& account : accounts_) account.eased_until.reset();
  for (auto& [want, entry] : entries_) {
    if (entry.answer.error && entry.answer.retry_at) ask(entry, now);
  }
}

void Broker::tick(Time now) { follow_clock(now); }

std::vector<Effect> Broker::take_effects(Time now) {
  follow_clock(now);
  pump(now);
  return std::exchange(effects_, {});
}

std::optional<Broker::WriteFlight> Broker::take_write_flight(RequestId request) {
  const auto found = std::ranges::find(write_flights_, request, &WriteFlight::request);
  if (found == write_flights_.end()) return std::nullopt;
  const WriteFlight flight = *found;
  write_flights_.erase(found);
  return flight;
}

std::optional<Broker::Flight> Broker::take_flight(RequestId request) {
  const auto found = std::ranges::find(flights_, request, &Flight::request);
  if (found == flights_.end()) return std::nullopt;
  Flight flight = std::move(*found);
  flights_.erase(found);
  return flight;
}

// An answer to what was given up, or the second one to a request, finds nothing and changes
// nothing.
void Broker::handle(const Response& response, Time now) {
  follow_clock(now);
  if (const auto write = take_write_flight(response.request)) {
    if (Intent* intent = find_intent(write->intent)) {
      if (response.server_date) {
        hear_clock(account_of(intent->account), *response.server_date, false, now);
      }
      write->is_check ? land_check(*intent, response, now) : land_write(*intent, response, now);
    }
    return;
  }
  auto flight = take_flight(response.request);
  if (!flight) return;
  Account& account = account_of(flight->account);
  if (response.server_date) hear_clock(account, *response.server_date, false, now);
  const seconds age{std::clamp<std::int64_t>(response.age_s, 0, kOldestS)};
  flight->age = std::max<Duration>(flight->age, age);
  const std::size_t page = std::hash<std::string>()(response.body);
  flight->repeats_page = flight->offset > 0 && page == flight->last_page;
  flight->last_page = page;
  flight->digest = flight->digest * 31 + page;
  if (response.status < 200 || response.status > 299) {
    fail_flight(*flight, judge_response(response), now);
  } else if (!land(*flight, response, now)) {
    flights_.push_back(*std::move(flight));  // there is a next page
    send_page(flights_.back(), now);
  }
}

void Broker::handle(const Failure& failure, Time now) {
  follow_clock(now);
  const Verdict verdict = judge_failure(failure);
  if (const auto write = take_write_flight(failure.request)) {
    if (Intent* intent = find_intent(write->intent)) {
      write->is_check ? fail_check(*intent, verdict, now) : fail_write(*intent, verdict, now);
    }
  } else if (const auto flight = take_flight(failure.request)) {
    fail_flight(*flight, verdict, now);
  }
}

// PagerDuty's own limits count what leaves, whoever it is for.
void Broker::emit(Send send, Time now) {
  if (send.what.api == pagerduty::Api::kRest) account_of(send.account).budget.spend(now);
  effects_.emplace_back(std::move(send));
}

// What is due already waits for something else than time: a place in the lane, a visible page.
std::optional<Time> Broker::next_wake(Time now) const {
  std::optional<Time> earliest;
  const auto consider = [&](std::optional<Time> at) {
    if (at && *at > now && (!earliest || *at < *earliest)) earliest = at;
  };
  for (const Intent& intent : intents_) {
    if (intent.state == IntentState::kPending) consider(intent.check_at);
  }
  for (const Account& account : accounts_) {
    consider(tabs_wake(account));
    const std::optional<Time> opens = opens_at(account, now);
    if (!opens) continue;
    for (const Intent& intent : intents_) {
      if (intent.state == IntentState::kPending || intent.account != account.name) continue;
      if (intent.check_at) consider(std::max(*intent.check_at, *opens));
    }
    for (const auto& [want, entry] : entries_) {
      if (want.account != account.name || !entry.watched || entry.flight != 0) continue;
      const std::optional<Time> due = due_of(want, entry);
      if (due) consider(std::max(waits_until(account, want, entry, *due, now), *opens));
    }
  }
  for (const Subscriber& subscriber : subscribers_) consider(subscriber.expires_at);
  return earliest;
}

// ---- Chance ----

std::uint64_t Broker::random() {  // splitmix64
  random_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t z = random_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

// Full jitter: anywhere up to the doubled delay.
Duration Broker::jitter(int failures) {
  const Duration ceiling =
      std::min<Duration>(kLongestDelay, kFirstDelay * (1LL << std::min(failures, 6)));
  const auto drawn = random() % static_cast<std::uint64_t>(ceiling.count());
  return std::max(kShortestDelay, Duration{static_cast<std::int64_t>(drawn)});
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
