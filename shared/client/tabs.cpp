// Tabs of one origin that show the same account ask PagerDuty once. Which tab leads is decided
// outside, by a lock that dies with its tab; what is shared is data only.
//
//   role       asks for                                    and
//   ---------  ------------------------------------------  ---------------------------------------
//   joining    nothing, for kJoinTime at most              then as if alone
//   alone      what its cards want
//   leader     what its cards want, and other tabs         shares each answer; what it does not
//              that told it                                know yet it asks of them first, for
//                                                          kCompanyTime
//   follower   what a leader did not bring in time         tells what it wants, each kTellAgain
//
// A want by integration key crosses by the key's fingerprint: keys stay in this page.
//
// What somebody asked for (a viewer's refresh, a write's outcome) every role asks for itself, at
// once, and shares. An answer of another tab counts when its request left later than ours.
#include <algorithm>
#include <chrono>

#include "base/part.h"
#include "client/broker.h"
#include "client/details.h"
#include "pagerduty/decode.h"
#include "pagerduty/encode.h"

namespace pd::client {
namespace {

using std::chrono::seconds;

constexpr Duration kJoinTime = Duration{300};
constexpr Duration kCompanyTime = Duration{150};   // for another tab to tell what it knows
constexpr Duration kFirstGrace = Duration{1'500};  // for the leader to bring the first data
constexpr Duration kGrace = seconds{5};            // for the leader to bring newer data
constexpr Duration kTellAgain = seconds{20};
constexpr Duration kTabLife = seconds{65};  // of what a tab wanted, after it was last told

constexpr std::size_t kMostStrangers = 100;

std::string encode(Kind kind, const Answer& answer) {
  switch (kind) {
    case Kind::kService:
    case Kind::kServiceByKey: return pagerduty::encode_service(*answer.service);
    case Kind::kIncidents: return pagerduty::encode_incidents(*answer.incidents);
    case Kind::kOnCalls:
    case Kind::kNextOnCalls: return pagerduty::encode_on_calls(*answer.on_calls);
    case Kind::kChanges: return pagerduty::encode_change_events(*answer.changes);
    default: break;
  }
  return pagerduty::encode_service_analytics(answer.metrics.get());
}

// What one viewer looks at closer is no other tab's.
bool is_shared(const Want& want) { return find_detail(want.kind) == nullptr; }

// A want as others may know it.
Want public_form(const Want& want) {
  if (want.kind != Kind::kServiceByKey) return want;
  return {want.kind, want.account, pagerduty::fingerprint_of_key(want.id)};
}

template <typename T, typename Decoded>
bool take(std::shared_ptr<const T>& target, Decoded&& decoded) {
  if (!decoded) return false;
  target = std::make_shared<const T>(std::move(decoded->value));
  return true;
}
template <typename T, typename Decoded>
bool take_items(std::shared_ptr<const T>& target, Decoded&& decoded) {
  if (!decoded) return false;
  target = std::make_shared<const T>(std::move(decoded->value.items));
  return true;
}

// False for what is no such data; the answer is as before.
bool decode(Kind kind, const std::string& body, Answer& answer) {
  switch (kind) {
    case Kind::kService:
    case Kind::kServiceByKey: return take(answer.service, pagerduty::decode_service(body));
    case Kind::kIncidents: return take_items(answer.incidents, pagerduty::decode_incidents(body));
    case Kind::kOnCalls:
    case Kind::kNextOnCalls: return take_items(answer.on_calls, pagerduty::decode_on_calls(body));
    case Kind::kChanges: return take_items(answer.changes, pagerduty::decode_change_events(body));
    case Kind::kMetrics: break;
    default: return false;  // a detail of another version
  }
  const auto metrics = pagerduty::decode_service_analytics(body);
  if (!metrics) return false;
  answer.metrics = metrics->value.empty()
                       ? nullptr
                       : std::make_shared<const pagerduty::ServiceAnalytics>(metrics->value[0]);
  return true;
}

}  // namespace

void Broker::set_tab(const std::string& name, TabRole role, bool has_company, bool keeps,
                     Time now) {
  follow_clock(now);
  Account& account = account_of(name);
  const bool begins_to_lead = role == TabRole::kLeader && account.role != TabRole::kLeader;
  const bool begins_to_keep = keeps && !account.keeps;
  if (role != account.role || has_company != account.has_company) {
    forget_told(account);
  }
  account.role = role;
  account.has_company = has_company;
  account.keeps = keeps;
  account.joins_until.reset();
  if (role == TabRole::kJoining) account.joins_until = now + kJoinTime;
  if (role != TabRole::kLeader) {
    std::erase_if(subscribers_, [&](const Subscriber& s) {
      return !s.tab.empty() && !s.wants.empty() && s.wants.front().account == name;
    });
    count_wants();
  }
  if (begins_to_lead && has_company) effects_.emplace_back(ShareWants{name, true, {}, {}});
  if (!begins_to_keep) return;
  // What was answered before it was known.
  for (auto& [want, entry] : entries_) {
    if (want.account == name && entry.is_own && entry.answer.has_data()) share_answer(want, entry);
  }
}

// The want of this page that another tab, or the page before, means.
std::optional<Want> Broker::own_form(const Want& theirs) const {
  if (theirs.kind != Kind::kServiceByKey) return theirs;
  for (const auto& [want, entry] : entries_) {
    if (want.kind == theirs.kind && public_form(want) == theirs) return want;
  }
  return std::nullopt;
}

// A key that is wanted now may be the one of an answer that came before it was.
void Broker::recall_strangers(Time now) {
  for (SharedAnswer& shared : std::exchange(strangers_, {}))
    hear_answer(std::move(shared), true, now);
}

void Broker::forget_told(Account& account) {
  account.told.clear();
  account.told_at.reset();
  for (auto& [want, entry] : entries_) {
    if (want.account == account.name) entry.told_at.reset();
  }
}

// When a want that is due leaves, for the role that this page has.
Time Broker::waits_until(const Account& account, const Want& want, const Entry& entry, Time due,
                         Time now) const {
  if (entry.ask_at) return *entry.ask_at;
  if (!account.has_company || !is_shared(want)) return due;
  const bool has_data = entry.answer.has_data() || entry.answer.error;
  if (account.role == TabRole::kLeader) {
    return has_data ? due : std::max(due, entry.told_at.value_or(now) + kCompanyTime);
  }
  if (account.role != TabRole::kFollower) return due;
  return has_data ? due + kGrace : std::max(due, entry.told_at.value_or(now) + kFirstGrace);
}

void Broker::share_wants(Account& account, Time now) {
  if (account.has_company) tell_wants(account, now);
}

// Tells the other tabs what is wanted here, when that is news to them.
PD_ENTERS_PART void Broker::tell_wants(Account& account, Time now) {
  const bool follows = account.role == TabRole::kFollower;
  if (!follows && account.role != TabRole::kLeader) return;
  ShareWants effect{account.name, false, {}, {}};
  std::vector<Want> wants;
  for (auto& [want, entry] : entries_) {
    const bool is_wanted =
        page_visible_ && entry.watched && want.account == account.name && is_shared(want);
    // A leader only asks around for what it does not know.
    if (!is_wanted || (!follows && (entry.answer.has_data() || entry.told_at))) continue;
    wants.push_back(want);
    effect.wants.push_back({public_form(want), entry.asked_at});
    if (entry.refresh != Duration::zero()) {
      const bool is_first = effect.refresh == Duration::zero();
      effect.refresh = is_first ? entry.refresh : std::min(effect.refresh, entry.refresh);
    }
  }
  const bool is_news = follows ? wants != account.told : !wants.empty();
  const bool is_time = follows && account.told_at && *account.told_at + kTellAgain <= now;
  if (!is_news && (!is_time || wants.empty())) return;
  for (const Want& want : wants) {
    Entry& entry = entries_[want];
    if (!entry.told_at) entry.told_at = now;
  }
  account.told = std::move(wants);
  account.told_at = now;
  effects_.emplace_back(std::move(effect));
}

std::optional<Time> Broker::tabs_wake(const Account& account) const {
  const bool tells = account.has_company && account.role == TabRole::kFollower && page_visible_;
  if (account.role == TabRole::kJoining) return account.joins_until;
  return tells && account.told_at && !account.told.empty()
             ? std::optional(*account.told_at + kTellAgain)
             : std::nullopt;
}

void Broker::expire_tabs(Time now) {
  const auto count = std::erase_if(subscribers_, [now](const Subscriber& subscriber) {
    return subscriber.expires_at && *subscriber.expires_at <= now;
  });
  if (count == 0) return;
  count_wants();
  drop_unwanted();
}

void Broker::share_answer(const Want& want, Entry& entry) {
  Account& account = account_of(want.account);
  if ((account.has_company || account.keeps) && is_shared(want)) tell_answer(account, want, entry);
}

PD_ENTERS_PART void Broker::tell_answer(Account& account, const Want& want, const Entry& entry) {
  const Answer& answer = entry.answer;
  SharedAnswer shared{public_form(want),
                      entry.asked_at.value_or(Time::min()),
                      answer.fetched_at.value_or(Time::min()),
                      answer.truncated,
                      {},
                      answer.error,
                      answer.retry_at};
  if (answer.has_data()) shared.body = encode(want.kind, answer);
  ++account.counts.shared;
  effects_.emplace_back(ShareAnswer{std::move(shared)});
}

PD_ENTERS_PART void Broker::hear_wants(const std::string& name, const std::string& tab, bool leads,
                                       const std::vector<KnownWant>& wants, Duration refresh,
                                       Time now) {
  follow_clock(now);
  Account& account = account_of(name);
  account.has_company = true;
  if (leads) {  // a new one: it does not know yet what is wanted here
    forget_told(account);
    return;
  }
  std::vector<Want> theirs;
  for (const KnownWant& known : wants) {
    const std::optional<Want> own = own_form(known.want);
    if (!own) continue;  // by a key that this page does not have
    theirs.push_back(*own);
    Entry* entry = find(*own);
    const bool is_newer = entry != nullptr && entry->answer.has_data() && entry->asked_at &&
                          *entry->asked_at > known.asked_at.value_or(Time::min());
    // One answer is enough: of who asked PagerDuty, or leads.
    if (is_newer && (entry->is_own || account.role == TabRole::kLeader)) {
      share_answer(*own, *entry);
    }
  }
  if (account.role != TabRole::kLeader) return;
  std::erase_if(subscribers_, [&](const Subscriber& s) { return s.tab == tab && !tab.empty(); });
  if (!theirs.empty()) {
    subscribers_.push_back({0, tab, now + kTabLife, std::move(theirs), refresh, true});
  }
  count_wants();
  drop_unwanted();
}

PD_ENTERS_PART void Broker::hear_answer(SharedAnswer shared, bool is_kept, Time now) {
  follow_clock(now);
  const std::optional<Want> own = own_form(shared.want);
  if (!own) {
    if (is_kept && strangers_.size() < kMostStrangers) strangers_.push_back(std::move(shared));
    return;
  }
  shared.want = *own;
  Account& account = account_of(shared.want.account);
  Entry& entry = entries_[shared.want];
  Answer& answer = entry.answer;
  const bool has_data = !shared.body.empty();
  // An answer from the future is of a clock that was wrong.
  const bool is_sane = shared.asked_at <= now && shared.fetched_at <= now;
  const Time known_at =
      std::max(entry.asked_at.value_or(Time::min()), entry.changed_at.value_or(Time::min()));
  if (!is_sane || (is_kept && answer.has_data())) return;
  const std::size_t digest = std::hash<std::string>()(shared.body);
  const bool is_alike = !is_kept && !shared.error && shared.truncated == answer.truncated &&
                        is_well(shared.want.account) &&
                        reads_alike(entry, shared.want, digest, shared.fetched_at, now);
  if (has_data && shared.asked_at > known_at && decode(shared.want.kind, shared.body, answer)) {
    entry.digest = digest;
    entry.asked_at = shared.asked_at;
    entry.arrived_at = std::max(shared.asked_at, shared.fetched_at);
    entry.is_own = false;
    entry.is_kept = is_kept;
    answer.fetched_at = shared.fetched_at;
    answer.truncated = shared.truncated;
    answer.error.reset();
    answer.retry_at.reset();
    entry.failures = 0;
    entry.has_outage = false;
  } else if (is_kept || !shared.error || shared.asked_at < known_at) {
    return;
  }
  ++(is_kept ? account.counts.kept_used : account.counts.heard);
  if (shared.error && !is_kept) {
    answer.error = shared.error;
    answer.retry_at = shared.retry_at;
    if (shared.error->code == ErrorCode::kRateLimited && shared.retry_at) {
      account.paused_until = std::max(account.paused_until.value_or(now), *shared.retry_at);
      effects_.emplace_back(HealthChanged{account.name});
    }
  }
  effects_.emplace_back(AnswerChanged{shared.want, true, is_alike});
  if (shared.want.kind == Kind::kIncidents && !is_kept) {
    settle_by_incidents(shared.want.account, shared.want.id);
  }
}

}  // namespace pd::client
