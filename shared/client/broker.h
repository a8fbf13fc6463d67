// client: one broker for all cards of a page. Cards say what they want to know; the broker makes
// few requests of many wants, keeps the answers fresh, and carries writes to a known end. Sans-I/O:
// no clock, no fetch.
//
//   broker.set_account("", true, now);
//   broker.subscribe(1, {{Kind::kService, "", "PCHKOUT"}, {Kind::kIncidents, "", "PCHKOUT"}}, 30s,
//                    true, now);
//     -> Send{1, GET /incidents?service_ids[]=PCHKOUT...}, Send{2, GET /services/PCHKOUT...}
//   broker.handle(Response{2, 200, body}, now);
//     -> AnswerChanged{service}
//   broker.next_wake(now)  -> when to call tick() again
//
// Rules of reading: wants of the same kind and account share a request (incidents by
// service_ids[], on-calls by escalation_policy_ids[]); at most kMaxConcurrent requests of an
// account are under way; nothing is read for a hidden page, an invisible subscriber, offline, or an
// account without credentials; a pause (429) and a refusal (401) hold for the whole account.
//
// How long an answer counts as fresh:
//   incidents   as the subscriber that is in the greatest hurry says; never by itself with zero
//   on-calls    5 min, and when a shift begins or ends
//   service     15 min
//   changes     1 min
//   metrics     1 h (PagerDuty computes them daily)
// After an error: see failure.cpp; five quick tries at most, then every 5 min.
//
// Writes: see the table in intents.cpp.
#pragma once

#include <map>
#include <span>

#include "client/failure.h"
#include "client/types.h"

namespace pd::client {

enum class AccountHealth : std::uint8_t { kGood, kNotConnected, kRefused };

class Broker {
 public:
  explicit Broker(std::uint64_t seed) : random_(seed) {}

  // `connected`: there is something to authorise with. Wakes an account that was refused, and asks
  // again for what failed.
  void set_account(const std::string& account, bool connected, Time now);
  // Replaces what the subscriber wants. `refresh` is the interval of its incidents; zero = never by
  // itself.
  void subscribe(SubscriberId subscriber, std::vector<Want> wants, Duration refresh, bool visible,
                 Time now);
  void unsubscribe(SubscriberId subscriber, Time now);
  // Asks again for all that the subscriber wants, also of an account that was refused.
  void refresh(SubscriberId subscriber, Time now);

  // Starts a write; the caller fills the part of `intent` above `state`, with a key from
  // make_key().
  IntentId submit(Intent intent, Time now);
  // Sends a failed or unconfirmed write again, with its own key; what may have worked is looked for
  // first.
  void retry(IntentId intent, Time now);
  // A write from the journal of a page that is gone: nobody knows how it went, so it is looked for.
  void restore(Intent intent, Time now);
  // The integration key for a trigger from the journal, which does not hold it.
  void lend_key(IntentId intent, const std::string& integration_key);
  // Drops a write whose end the viewer knows, or no longer waits for.
  void forget(IntentId intent);
  const Intent* intent(IntentId id) const;
  std::span<const Intent> intents() const { return intents_; }
  // A key that no other write has: "pdc-" and 32 hex digits.
  std::string make_key();

  void handle(const Response& response, Time now);
  void handle(const Failure& failure, Time now);
  void set_page_visible(bool visible, Time now);
  void set_online(bool online, Time now);
  void tick(Time now);

  std::vector<Effect> take_effects() { return std::exchange(effects_, {}); }
  // The answer so far; an empty one for what nobody wants.
  const Answer& answer(const Want& want) const;
  // When tick() is due; absent: an event comes first.
  std::optional<Time> next_wake(Time now) const;
  bool is_online() const { return online_; }
  AccountHealth health(const std::string& account) const;
  // Until when nothing of the account is asked, after a 429.
  std::optional<Time> paused_until(const std::string& account, Time now) const;

 private:
  struct Account {
    std::string name;
    bool connected = false;
    bool refused = false;  // 401: until set_account()
    std::optional<Time> paused_until;
  };
  struct Entry {
    Answer answer;
    std::optional<Time> ask_at;   // somebody asked for it before its age is over
    RequestId flight = 0;         // under way
    int failures = 0;             // in a row
    std::size_t batch_limit = 0;  // after a batch with it was refused; 0: none
    bool outdated = false;        // what is under way left before a write: does not count
    // Of the subscribers, as of the last count_wants(): asked of each entry at each event.
    bool wanted = false, watched = false;  // by anybody; by somebody visible
    Duration refresh{};                    // the shortest of them; zero: none
  };
  struct Subscriber {
    SubscriberId id = 0;
    std::vector<Want> wants;
    Duration refresh{};
    bool visible = false;
  };
  // A read under way, page by page.
  struct Flight {
    RequestId id = 0;       // what the entries know it by
    RequestId request = 0;  // of the page under way
    Kind kind{};
    std::string account;
    std::vector<std::string> ids;
    std::int64_t offset = 0;
    std::size_t last_page = 0;  // hash of the page before
    std::vector<pagerduty::Incident> incidents;
    std::vector<pagerduty::OnCall> on_calls;
    bool truncated = false;
  };
  struct WriteFlight {
    RequestId request;
    IntentId intent;
    bool is_check;  // looks for what the write did
  };

  // broker.cpp
  Account& account_of(const std::string& name);
  const Account* find_account(const std::string& name) const;
  bool may_read(const std::string& account, Time now) const;
  Entry* find(const Want& want);
  std::optional<Time> due_of(const Want& want, const Entry& entry) const;
  void count_wants();
  void drop_unwanted();
  void ask(Entry& entry, Time at);
  void obey(const std::string& account, const Verdict& verdict, Time now);
  std::optional<WriteFlight> take_write_flight(RequestId request);
  std::optional<Flight> take_flight(RequestId request);
  std::uint64_t random();
  Duration jitter(int failures);

  // flights.cpp: reads
  void pump(Time now);
  Flight gather_flight(const std::string& account, Time now);
  void depart(Flight flight, Time now);
  void send_page(Flight& flight, Time now);
  bool land(Flight& flight, const Response& response, Time now);
  void land_service_by_key(const Flight& flight, const Response& response, Time now);
  void land_metrics(const Flight& flight, const Response& response, Time now);
  template <typename Decoded, typename Items>
  bool turn_page(Flight& flight, const Response& response, const Decoded& page, Items& collected);
  template <typename Fill>
  void deliver(const Flight& flight, Time now, Fill fill);
  void fail_flight(const Flight& flight, const Verdict& verdict, Time now);
  void fail_entry(const Want& want, Entry& entry, const Verdict& verdict, Time now);

  // intents.cpp: writes
  Intent* find_intent(IntentId id);
  void send_intent(Intent& intent);
  void send_check(Intent& intent);
  void keep(const Intent& intent);
  void land_write(Intent& intent, const Response& response, Time now);
  void fail_write(Intent& intent, const Verdict& verdict, Time now);
  void land_check(Intent& intent, const Response& response, Time now);
  void miss(Intent& intent, Time now);
  void fail_check(Intent& intent, const Verdict& verdict, Time now);
  void plan_next_check(Intent& intent, Time now);
  void run_intents(Time now);
  void settle_by_incidents(const std::string& account, const std::string& service_id, Time now);
  void finish(Intent& intent);
  void confirm(Intent& intent, const pagerduty::Incident* incident, Time now);
  void adopt(const Want& list, const pagerduty::Incident& incident);
  void set_state(Intent& intent, IntentState state);

  std::uint64_t random_;
  bool page_visible_ = true, online_ = true;
  RequestId last_request_ = 0;
  IntentId last_intent_ = 0;
  std::vector<Account> accounts_;
  std::map<Want, Entry> entries_;
  std::vector<Subscriber> subscribers_;
  std::vector<Flight> flights_;
  std::vector<WriteFlight> write_flights_;
  std::vector<Intent> intents_;
  std::vector<Effect> effects_;
};

}  // namespace pd::client
