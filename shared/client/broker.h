// client: one broker for all cards of a page. Cards say what they want to know; the broker makes
// few requests of many wants, keeps the answers fresh, and carries writes to a known end. Sans-I/O:
// no clock, no fetch.
//
//   broker.set_account("", true, now);
//   broker.subscribe(1, {{Kind::kService, "", "PCHKOUT"}, {Kind::kIncidents, "", "PCHKOUT"}}, 30s,
//                    true, now);
//   broker.take_effects(now)
//     -> Send{1, GET /incidents?service_ids[]=PCHKOUT...}, Send{2, GET /services/PCHKOUT...}
//   broker.handle(Response{2, 200, body}, now);
//   broker.take_effects(now)
//     -> AnswerChanged{service}
//   broker.next_wake(now)  -> when to call tick() again
//
// Requests leave when effects are taken, not before: what several cards say in between is asked for
// together.
//
// Rules of reading: wants of the same kind and account share a request (incidents by
// service_ids[], on-calls by escalation_policy_ids[]; many services and many services' changes come
// from the account's lists, see listings.cpp); at most kMaxConcurrent requests of an account are
// under way, and no more a minute than its budget; first what somebody asked for, then what nobody
// knows yet, then what is longest overdue. Nothing is read for a hidden page, an invisible
// subscriber, offline, or an account without credentials; a pause (429) and a refusal (401) hold
// for the whole account, and so does an outage: see ease_off().
//
// How long an answer counts as fresh: freshness.h. After an error: failure.cpp; five quick tries at
// most, then every 5 min. Writes: the table in intents.cpp. Tabs: tabs.cpp.
#pragma once

#include <map>
#include <span>

#include "client/budget.h"
#include "client/failure.h"
#include "client/server_clock.h"
#include "client/types.h"

namespace pd::client {

struct Finding;

enum class AccountHealth : std::uint8_t { kGood, kNotConnected, kRefused };

class Broker {
 public:
  explicit Broker(std::uint64_t seed) : random_(seed) {}

  // `connected`: there is something to authorise with. Wakes an account that was refused, and asks
  // again for what failed.
  void set_account(const std::string& account, bool connected, Time now);
  // Requests a minute; see budget.h.
  void set_budget(const std::string& account, int per_minute);
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
  // `by`: whose viewer asks for it: is told how it ends when the first who asked is gone.
  void retry(IntentId intent, Time now, SubscriberId by = 0);
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

  // What this page is among the tabs that share the account. `has_company`: there are others.
  // `keeps`: answers are kept for the page after this one.
  void set_tab(const std::string& account, TabRole role, bool has_company, bool keeps, Time now);
  void hear_wants(const std::string& account, const std::string& tab, bool leads,
                  const std::vector<KnownWant>& wants, Duration refresh, Time now);
  // `is_kept`: from the page before this one, not from a tab.
  void hear_answer(SharedAnswer answer, bool is_kept, Time now);

  void handle(const Response& response, Time now);
  void handle(const Failure& failure, Time now);
  void set_page_visible(bool visible, Time now);
  void set_online(bool online, Time now);
  void tick(Time now);

  std::vector<Effect> take_effects(Time now);
  // The answer so far; an empty one for what nobody wants.
  const Answer& answer(const Want& want) const;
  // When tick() is due; absent: an event comes first.
  std::optional<Time> next_wake(Time now) const;
  bool is_online() const { return online_; }
  AccountHealth health(const std::string& account) const;
  // Until when nothing of the account is asked, after a 429.
  std::optional<Time> paused_until(const std::string& account, Time now) const;
  // PagerDuty's own time, as far as it is known; and as it is told, which is whole minutes from this
  // device's, so that the words of both change at once.
  Time server_time(const std::string& account, Time now) const;
  Time told_server_time(const std::string& account, Time now) const;
  // What the broker does, for a portal's engineer, as JSON: see diagnostics.cpp. Never a secret.
  std::string diagnostics(Time now) const;

 private:
  // Since the page began.
  struct Counts {
    std::int64_t reads = 0, writes = 0, looks = 0, answered = 0, failed = 0, retried = 0;
    std::int64_t cancelled = 0, cache_hits = 0, heard = 0, shared = 0, kept_used = 0;
  };
  // Whether the account's lists serve many wants at once; not after they failed twice.
  struct ListUse {
    int failures = 0;
    bool is_good() const { return failures < 2; }
  };
  struct Account {
    std::string name;
    bool connected = false;
    bool refused = false;  // 401: until set_account()
    std::optional<Time> paused_until;
    int failures = 0;  // of reads, in a row, that tell of an outage
    std::optional<Time> eased_until;
    RequestBudget budget;
    ServerClock clock;
    ListUse services, changes;
    TabRole role = TabRole::kAlone;
    bool has_company = false, keeps = false;
    std::optional<Time> joins_until;
    // As the other tabs were last told.
    std::optional<Time> told_at;
    std::vector<Want> told;
    Counts counts;
  };
  struct Entry {
    Answer answer;
    std::optional<Time> asked_at;    // when the request of the data left
    std::optional<Time> arrived_at;  // when the data came, however old it was
    std::optional<Time> ask_at;      // somebody asked for it before its age is over
    std::optional<Time> changed_at;  // by a write: what was asked before does not count
    RequestId changed_after = 0;     // the same, of this page's own requests
    std::optional<Time> told_at;     // to the other tabs, that it is wanted
    RequestId flight = 0;            // under way
    int failures = 0;                // in a row
    std::size_t batch_limit = 0;     // after a batch with it was refused; 0: none
    std::size_t digest = 0;          // of what the data was read from; 0: of none
    bool is_solo = false;            // the account's list does not have it
    bool is_own = false;             // the data was asked for by this page
    bool is_kept = false;            // the data is of the page before this one
    bool has_outage = false;         // the last try failed for want of an answer
    // Of the subscribers, as of the last count_wants(): asked of each entry at each event.
    bool wanted = false, watched = false;  // by anybody; by somebody visible
    Duration refresh{};                    // the shortest of them; zero: none
  };
  struct Subscriber {
    SubscriberId id = 0;
    std::string tab;  // of another tab; empty: a card of this page
    std::optional<Time> expires_at;
    std::vector<Want> wants;
    Duration refresh{};
    bool visible = false;
  };
  // A write that took effect: what a log has of it is not of the next one like it.
  struct Done {
    IntentKind kind{};
    std::string account, incident_id;
    Time at;  // by PagerDuty's clock
  };
  // A read under way, page by page.
  struct Flight {
    RequestId id = 0;       // what the entries know it by
    RequestId request = 0;  // of the page under way
    Kind kind{};
    std::string account;
    std::vector<std::string> ids;
    Time departed_at;
    Duration age{};  // of its oldest page, as a cache had it
    std::int64_t offset = 0;
    std::size_t last_page = 0;  // hash of the latest page
    bool repeats_page = false;  // it is the one before
    std::size_t digest = 0;     // of all pages, and of whether they are of one id
    std::vector<pagerduty::Incident> incidents;
    std::vector<pagerduty::OnCall> on_calls;
    std::vector<pagerduty::ChangeEvent> changes;
    bool truncated = false;
    // From the account's list, not by ids:
    bool is_listing = false;
    std::optional<Time> since;  // changes: only newer ones
    std::size_t pages = 0, found = 0;
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
  bool may_leave(const Account& account, const Want& want, const Entry& entry, Time by,
                 Time now) const;
  Subscriber* find_card(SubscriberId id);
  void count_wants();
  void drop_unwanted();
  void ask(Entry& entry, Time at);
  bool is_well(const std::string& account) const;
  static bool reads_alike(const Entry& entry, const Want& want, std::size_t digest, Time fetched_at,
                          Time now);
  void obey(const std::string& account, const Verdict& verdict, Time now);
  // PagerDuty's clock reads `at`, or has gone past it, when this device's reads `now`.
  void hear_clock(Account& account, Time at, bool is_past, Time now);
  std::optional<Time> opens_at(const Account& account, Time now) const;
  void ease_off(Account& account, Time now);
  void recover(Account& account, Time now);
  void follow_clock(Time now);
  std::optional<WriteFlight> take_write_flight(RequestId request);
  std::optional<Flight> take_flight(RequestId request);
  void emit(Send send, Time now);
  std::uint64_t random();
  Duration jitter(int failures);

  // flights.cpp: reads
  void pump(Time now);
  const std::pair<const Want, Entry>* choose_due(const Account& account, Time now) const;
  Flight gather_flight(const Account& account, Time now);
  void depart(Flight flight, Time now);
  pagerduty::Request make_read(const Flight& flight, Time now) const;
  void send_page(Flight& flight, Time now);
  bool land(Flight& flight, const Response& response, Time now);
  void land_service_by_key(const Flight& flight, const Response& response, Time now);
  void land_metrics(const Flight& flight, const Response& response, Time now);
  template <typename Decoded, typename Items>
  static bool turn_page(Flight& flight, const Decoded& page, Items& collected);
  template <typename Fill>
  void deliver(const Flight& flight, Time now, Fill fill);
  void deliver_all(const Flight& flight, Time now,
                   void (*fill)(void* given, Answer& answer, const std::string& id), void* given);
  void deliver_changes(const Flight& flight, Time now);
  void fail_flight(const Flight& flight, const Verdict& verdict, Time now);
  void fail_entry(const Want& want, Entry& entry, const Verdict& verdict, Time retry_soon_at,
                  Time now);
  void release(const Flight& flight, bool as_solo, Time now);

  // listings.cpp: reads of many wants from the account's lists
  bool begin_listing(Flight& flight, const Account& account, const Entry& first) const;
  static bool fits_listing(const Flight& flight, const Entry& entry);
  pagerduty::Request make_listing(const Flight& flight) const;
  bool land_services(Flight& flight, const Response& response, Time now);
  bool land_changes(Flight& flight, const Response& response, Time now);
  ListUse* list_use(const Flight& flight);

  // tabs.cpp
  Time waits_until(const Account& account, const Want& want, const Entry& entry, Time due,
                   Time now) const;
  std::optional<Want> own_form(const Want& theirs) const;
  void recall_strangers(Time now);
  void forget_told(Account& account);
  void share_wants(Account& account, Time now);
  void tell_wants(Account& account, Time now);
  void share_answer(const Want& want, Entry& entry);
  void tell_answer(Account& account, const Want& want, const Entry& entry);
  std::optional<Time> tabs_wake(const Account& account) const;
  void expire_tabs(Time now);

  // intents.cpp: writes
  Intent* find_intent(IntentId id);
  void send_intent(Intent& intent, Time now);
  void repeat_intent(Intent& intent, Time now);
  void send_check(Intent& intent, Time now);
  void keep(const Intent& intent);
  void land_write(Intent& intent, const Response& response, Time now);
  void fail_write(Intent& intent, const Verdict& verdict, Time now);
  void land_check(Intent& intent, const Response& response, Time now);
  void miss(Intent& intent, Time now);
  void fail_check(Intent& intent, const Verdict& verdict, Time now);
  void plan_next_check(Intent& intent, Time now);
  void run_intents(Time now);
  void settle_by_incidents(const std::string& account, const std::string& service_id);
  void finish(Intent& intent);
  std::optional<Time> known_before(const Intent& intent) const;
  void confirm(Intent& intent, const Finding& finding, Time now);
  void adopt(const Want& list, const pagerduty::Incident& incident);
  void set_state(Intent& intent, IntentState state);

  std::uint64_t random_;
  bool page_visible_ = true, online_ = true;
  std::optional<Time> last_now_;
  RequestId last_request_ = 0;
  IntentId last_intent_ = 0;
  std::vector<Account> accounts_;
  std::map<Want, Entry> entries_;
  std::vector<Subscriber> subscribers_;
  std::vector<Flight> flights_;
  std::vector<WriteFlight> write_flights_;
  std::vector<Intent> intents_;
  std::vector<Done> done_;               // of this page's writes that a log tells of: the latest
  std::vector<SharedAnswer> strangers_;  // kept ones of keys that no card has named yet
  std::vector<Effect> effects_;
};

}  // namespace pd::client
