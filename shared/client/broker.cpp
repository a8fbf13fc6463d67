#include "client/broker.h"

#include <algorithm>

namespace pd::client {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kServiceAge = minutes{15};
constexpr Duration kChangesAge = minutes{1};
constexpr Duration kOnCallsAge = minutes{5};
constexpr Duration kShortestOnCallsAge = seconds{5};
constexpr Duration kMetricsAge = hours{1};
constexpr Duration kFirstDelay = seconds{1};
constexpr Duration kLongestDelay = seconds{60};
constexpr Duration kShortestDelay = Duration{200};
// Answers that nobody wants at the moment are kept for who comes next, while there are not many.
constexpr std::size_t kMostEntries = 1'000;

// Fresh for a while, but only until the next shift begins or ends.
Duration on_calls_age(const Answer& answer) {
  Duration age = kOnCallsAge;
  for (const pagerduty::OnCall& on_call : *answer.on_calls) {
    for (const std::optional<Time>& edge : {on_call.start, on_call.end}) {
      if (edge && *edge > *answer.fetched_at) age = std::min(age, *edge - *answer.fetched_at);
    }
  }
  return std::max(age, kShortestOnCallsAge);
}

}  // namespace

// ---- Accounts ----

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

bool Broker::may_read(const std::string& account, Time now) const {
  return page_visible_ && online_ && health(account) == AccountHealth::kGood &&
         !paused_until(account, now);
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
  Account& account = account_of(name);
  account.connected = connected;
  account.refused = false;
  if (connected) {
    for (auto& [want, entry] : entries_) {
      if (want.account == name && entry.answer.error) ask(entry, now);
    }
  }
  pump(now);
}

// What an answer means for all of its account.
void Broker::obey(const std::string& name, const Verdict& verdict, Time now) {
  Account& account = account_of(name);
  if (verdict.remedy == Remedy::kPauseAccount) {
    const Time until = now + Duration{verdict.error.retry_after_ms.value_or(60'000)};
    account.paused_until = std::max(account.paused_until.value_or(until), until);
  } else if (verdict.remedy == Remedy::kAskForCredentials && !account.refused) {
    account.refused = true;
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
  switch (want.kind) {
    case Kind::kService:
    case Kind::kServiceByKey: return *answer.fetched_at + kServiceAge;
    case Kind::kChanges: return *answer.fetched_at + kChangesAge;
    case Kind::kMetrics: return *answer.fetched_at + kMetricsAge;
    case Kind::kOnCalls: return *answer.fetched_at + on_calls_age(answer);
    case Kind::kIncidents: break;
  }
  if (entry.refresh == Duration::zero()) return std::nullopt;
  return *answer.fetched_at + entry.refresh;
}

void Broker::ask(Entry& entry, Time at) {
  entry.ask_at = std::min(entry.ask_at.value_or(at), at);
  entry.failures = 0;
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
    for (const std::string& id : flight->ids) {
      Entry& entry = entries_[{flight->kind, flight->account, id}];
      entry.flight = 0;
      entry.outdated = false;
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

void Broker::subscribe(SubscriberId id, std::vector<Want> wants, Duration refresh, bool visible,
                       Time now) {
  auto subscriber = std::ranges::find(subscribers_, id, &Subscriber::id);
  if (subscriber == subscribers_.end()) {
    subscribers_.push_back({id, {}, {}, false});
    subscriber = subscribers_.end() - 1;
  }
  subscriber->wants = std::move(wants);
  subscriber->refresh = refresh;
  subscriber->visible = visible;
  count_wants();
  drop_unwanted();
  pump(now);
}

void Broker::unsubscribe(SubscriberId id, Time now) {
  std::erase_if(subscribers_, [id](const Subscriber& s) { return s.id == id; });
  count_wants();
  drop_unwanted();
  pump(now);
}

void Broker::refresh(SubscriberId id, Time now) {
  const auto subscriber = std::ranges::find(subscribers_, id, &Subscriber::id);
  if (subscriber == subscribers_.end()) return;
  for (const Want& want : subscriber->wants) {
    // A viewer who asks may have signed in elsewhere meanwhile.
    account_of(want.account).refused = false;
    Entry& entry = entries_[want];
    if (entry.flight == 0) ask(entry, now);
  }
  pump(now);
}

// ---- Events ----

void Broker::set_page_visible(bool visible, Time now) {
  page_visible_ = visible;
  pump(now);
}

void Broker::set_online(bool online, Time now) {
  const bool is_back = online && !online_;
  online_ = online;
  if (is_back) {
    for (auto& [want, entry] : entries_) {
      if (entry.answer.error && entry.answer.retry_at) ask(entry, now);
    }
  }
  pump(now);
}

void Broker::tick(Time now) { pump(now); }

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
  if (const auto write = take_write_flight(response.request)) {
    if (Intent* intent = find_intent(write->intent)) {
      write->is_check ? land_check(*intent, response, now) : land_write(*intent, response, now);
    }
  } else if (auto flight = take_flight(response.request)) {
    if (response.status < 200 || response.status > 299) {
      fail_flight(*flight, judge_response(response), now);
    } else if (!land(*flight, response, now)) {
      flights_.push_back(*std::move(flight));  // there is a next page
      send_page(flights_.back(), now);
    }
  }
  pump(now);
}

void Broker::handle(const Failure& failure, Time now) {
  const Verdict verdict = judge_failure(failure);
  if (const auto write = take_write_flight(failure.request)) {
    if (Intent* intent = find_intent(write->intent)) {
      write->is_check ? fail_check(*intent, verdict, now) : fail_write(*intent, verdict, now);
    }
  } else if (const auto flight = take_flight(failure.request)) {
    fail_flight(*flight, verdict, now);
  }
  pump(now);
}

// What is due already waits for something else than time: a place in the lane, a visible page.
std::optional<Time> Broker::next_wake(Time now) const {
  std::optional<Time> earliest;
  const auto consider = [&](Time at) {
    if (at > now && (!earliest || at < *earliest)) earliest = at;
  };
  const auto consider_read = [&](const std::string& account, Time at) {
    if (!page_visible_ || !online_ || health(account) != AccountHealth::kGood) return;
    consider(std::max(at, paused_until(account, now).value_or(at)));
  };
  for (const Intent& intent : intents_) {
    if (!intent.check_at) continue;
    if (intent.state == IntentState::kPending) {
      consider(*intent.check_at);
    } else {
      consider_read(intent.account, *intent.check_at);
    }
  }
  for (const auto& [want, entry] : entries_) {
    if (!entry.watched || entry.flight != 0) continue;
    if (const std::optional<Time> due = due_of(want, entry)) consider_read(want.account, *due);
  }
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
