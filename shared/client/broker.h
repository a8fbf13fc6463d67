// client: one broker for all cards of a page. Cards say what they want to know; the broker makes few requests
// of many wants, keeps the answers fresh, and carries writes to a known end. Sans-I/O: no clock, no fetch.
//
//   broker.set_account("", true, now);
//   broker.subscribe(1, {{Kind::kService, "", "PCHKOUT"}, {Kind::kIncidents, "", "PCHKOUT"}}, 30s, true, now);
//     -> Send{1, GET /services/PCHKOUT...}, Send{2, GET /incidents?service_ids[]=PCHKOUT...}
//   broker.handle(Response{1, 200, body}, now);
//     -> AnswerChanged{service}
//   broker.next_wake()  -> when to call tick() again
//
// Rules: wants of the same kind and account share a request (incidents by service_ids[], on-calls by
// escalation_policy_ids[]); at most kMaxConcurrent requests of an account are under way; nothing is read for
// a hidden page, an invisible subscriber, offline, or an account without credentials; a pause (429) and a refusal
// (401) hold for the whole account. Ages: see refresh_interval() in broker.cpp.
#pragma once

#include <span>

#include "client/failure.h"
#include "client/types.h"

namespace pd::client {

class Broker {
 public:
  explicit Broker(std::uint64_t seed) : random_(seed) {}

  // `connected`: there is something to authorise with. Also wakes an account that was refused.
  void set_account(const std::string& account, bool connected, Time now);
  // Replaces what the subscriber wants. `refresh` is the interval of its incidents; zero = never by itself.
  void subscribe(SubscriberId subscriber, std::vector<Want> wants, Duration refresh, bool visible, Time now);
  void unsubscribe(SubscriberId subscriber, Time now);
  // Asks again for all that the subscriber wants.
  void refresh(SubscriberId subscriber, Time now);
  void refresh(const Want& want, Time now);

  // Starts a write; `make_request` data is in `intent` (kind, account, ids, request, key from make_key()).
  IntentId submit(Intent intent, Time now);
  // Tries a failed or unconfirmed write again, with its own key.
  void retry(IntentId intent, Time now);
  const Intent* intent(IntentId id) const;
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
  std::optional<Time> next_wake(Time now) const;
  bool is_online() const { return online_; }
  // Until when nothing of the account is asked, after a 429.
  std::optional<Time> paused_until(const std::string& account, Time now) const;

 private:
  struct Account {
    std::string name;
    bool connected = false;
    bool refused = false;                 // 401: until set_account()
    std::optional<Time> paused_until;
  };
  struct Entry {
    Want want;
    Answer answer;
    std::optional<Time> due;              // when to ask; absent: never by itself
    RequestId request = 0;                // under way
    int failures = 0;                     // in a row
    bool alone = false;                   // a batch with it was refused: ask for it by itself
  };
  struct Subscriber {
    SubscriberId id = 0;
    std::vector<Want> wants;
    Duration refresh{};
    bool visible = false;
  };
  // A read under way, page by page.
  struct Flight {
    RequestId request = 0;
    Kind kind{};
    std::string account;
    std::vector<std::string> ids;
    std::int64_t offset = 0;
    std::vector<pagerduty::Incident> incidents;
    std::vector<pagerduty::OnCall> on_calls;
    bool truncated = false;
  };
  struct WriteFlight { RequestId request; IntentId intent; };

  // broker.cpp
  Account& account_of(const std::string& name);
  const Account* find_account(const std::string& name) const;
  bool may_send(const Account& account, Time now) const;
  Entry* find(const Want& want);
  Entry& entry_of(const Want& want, Time now);
  bool is_wanted(const Want& want, bool visible_only) const;
  std::optional<Duration> refresh_interval(const Entry& entry, Time now) const;
  void changed(const Want& want) { effects_.emplace_back(AnswerChanged{want}); }
  std::uint64_t random();
  Duration jitter(int failures);

  // flights.cpp: reads
  void pump(Time now);
  void pump_account(Account& account, Time now);
  int flights_of(const std::string& account) const;
  void depart(Flight flight, Time now);
  void send_page(Flight& flight, Time now);
  bool land(Flight& flight, const Response& response, Time now);
  void fail_flight(const Flight& flight, const Verdict& verdict, Time now);
  template <typename Fill>
  void deliver(const Flight& flight, Time now, Fill fill);
  void obey(const std::string& account, const Verdict& verdict, Time now);

  // intents.cpp: writes
  void send_intent(Intent& intent);
  void land_write(Intent& intent, const Response& response, Time now);
  void fail_write(Intent& intent, const Verdict& verdict, Time now);
  void check_intents(Time now);
  void settle_by_incidents(const std::string& account, const std::string& service_id, Time now);
  void set_state(Intent& intent, IntentState state);

  std::uint64_t random_;
  bool page_visible_ = true, online_ = true;
  RequestId last_request_ = 0;
  IntentId last_intent_ = 0;
  std::vector<Account> accounts_;
  std::vector<Entry> entries_;
  std::vector<Subscriber> subscribers_;
  std::vector<Flight> flights_;
  std::vector<WriteFlight> write_flights_;
  std::vector<Intent> intents_;
  std::vector<Effect> effects_;
};

}  // namespace pd::client
