// The browser of a session: a page of cards, its network, timers, clock and journal. Time passes
// here; the viewer (viewer.h) acts in between.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "card/page.h"
#include "ledger.h"
#include "log.h"
#include "server.h"
#include "tally.h"
#include "weather.h"

namespace pd::sessions {

// Something is broken on purpose: each has to be found, or the sessions prove nothing.
enum class Mutation : std::uint8_t {
  kNone,
  kJournalLost,     // a reload gives nothing back
  kKeyChanged,      // a repetition comes with another key
  kLookSkipped,     // what is looked for is never there, without asking
  kAnswerDropped,   // a write that fails is neither answered nor timed out
  kRefusalPraised,  // a refusal comes as success
  kVerdictTurned,   // the page is overheard when it prevents an action
  kIndexFrozen,     // lists stay as they are when the weather clears
  kChangeUnheard,   // a card is not told that it changed
};
struct MutationName {
  Mutation mutation;
  std::string_view name;
};
inline constexpr MutationName kMutations[] = {
    {Mutation::kJournalLost, "journal-lost"},       {Mutation::kKeyChanged, "key-changed"},
    {Mutation::kLookSkipped, "look-skipped"},       {Mutation::kAnswerDropped, "answer-dropped"},
    {Mutation::kRefusalPraised, "refusal-praised"}, {Mutation::kVerdictTurned, "verdict-turned"},
    {Mutation::kIndexFrozen, "index-frozen"},       {Mutation::kChangeUnheard, "change-unheard"},
};

// More requests than this of an account in one minute of a page are a storm.
inline constexpr Tally::Count kMostRequestsPerMinute = 120;
inline constexpr std::string_view kAccounts[] = {"", "eu"};

// Whether the viewer sees that the deed failed, or may have, and can try again.
bool shows_retry(const Deed& deed, const card::ViewModel& model);

class Browser {
 public:
  struct Card {
    card::CardId id;
    card::CardConfig config;
    bool is_visible;
    std::string words;  // in the dialog's field: what is typed or chosen there
    // What is seen of it: its snapshot as it was when it was drawn, until when its words hold, and
    // whether it is to be drawn again.
    std::string seen = {};
    Time seen_until = Time::min();
    bool is_changed = true;
  };

  Browser(Chance& chance, Mutation mutation, Tally& tally, Log& log);

  // ---- What the viewer does ----
  void open_card(card::CardConfig config, bool is_visible);
  void close_card(std::size_t index);
  void turn_card(std::size_t index, card::CardConfig config);
  void click(const Card& card, const std::string& node);
  void type(Card& card, const std::string& field, const std::string& text);
  void show(bool is_visible);
  void connect(bool is_online);
  void sign_in();
  // The page goes and comes again, with the same cards and what the journal holds.
  void reload();
  // The machine sleeps: the world goes on without it.
  void sleep(Duration length);
  void set_clock(Duration by);
  void pass(Duration length);
  // Each card in sight must read as it was drawn, unless it was told to be drawn again.
  void look();

  std::vector<Card>& cards() { return cards_; }
  card::ViewModel view(const Card& card) { return page_->view_model(card.id, page_now()); }
  bool is_visible() const { return is_visible_; }
  bool is_online() const { return is_online_; }
  Time now() const { return now_; }
  Server& server() { return server_; }
  Ledger& ledger() { return ledger_; }
  Weather& weather() { return weather_; }
  Mutation mutation() const { return mutation_; }
  template <typename... Parts>
  void note(const Parts&... parts) {
    log_.note(now_, parts...);
  }

 private:
  // A request on its way, and its answer.
  struct Flight {
    card::RequestId request;
    int page;
    std::string account;
    pagerduty::Request what;
    const Fault* fault;
    CopyId copy;  // of a write; kColleague: a read
    Reply reply;
    Time performed_at{};
    bool is_settled = false;  // answered, given up or timed out
    bool is_lost = false;     // will not arrive
    bool is_broken = false;   // the connection broke meanwhile
  };
  enum class Kind : std::uint8_t {
    kArrive,
    kAnswer,
    kTimeout,
    kTimer,
    kVerdict,
    kProcess,
    kSignIn
  };
  struct Due {
    Time at;
    std::uint64_t order;
    Kind kind;
    int page;
    std::size_t what;
    bool operator<(const Due& other) const {  // a heap's top is its greatest
      return at != other.at ? at > other.at : order > other.order;
    }
  };
  struct Verdict {
    card::ActionAsked asked;
    std::string words;
  };

  Time page_now() const { return now_ + clock_offset_; }
  void open_page();
  void find_journal();
  void find_answers();
  void handle(card::Event event, bool by_viewer = false);
  void tell_news();
  void plan(Time at, Kind kind, std::size_t what);
  void happen(const Due& due);
  void decide(const Verdict& verdict);

  void send(card::SendRequest& sent);
  void count_request(const std::string& account);
  // Whether the page knows PagerDuty's time, as well as it can.
  bool knows_time(const std::string& account) const;
  void dispatch(std::size_t flight);
  void arrive(Flight& flight);
  bool skip_look(Flight& flight);
  void tell_look(const Flight& flight, const card::ResponseArrived& response);
  void answer(Flight& flight);
  static void praise(const Flight& flight, card::ResponseArrived& response);
  void time_out(Flight& flight);
  void fail(Flight& flight, card::FailureReason reason);
  void break_connections(std::size_t share);

  // Effects.
  void take(card::SendRequest& e) { send(e); }
  void take(const card::CancelRequest& e);
  void take(const card::WakeAt& e);
  void take(const card::CardChanged& e);
  void take(const card::Announce& e) { note("          says: ", e.text); }
  void take(const card::ActionAsked& e);
  void take(const card::ActionDone& e);
  void take(const card::AuthRequired& e);
  void take(const client::KeepIntent& e);
  void take(const client::DropIntent& e);
  void take(client::ShareAnswer& e);
  template <typename Other>
  void take(const Other&) {}

  Chance& chance_;
  Mutation mutation_;
  Tally& tally_;
  Log& log_;
  Time now_ = kStart;
  Server server_;
  Weather weather_;
  Ledger ledger_;

  std::unique_ptr<card::Page> page_;
  int page_number_ = 0;
  card::CardId last_card_ = 0;
  std::vector<Card> cards_;
  std::map<std::string, client::Intent> journal_;
  std::map<client::Want, client::SharedAnswer> kept_answers_;
  bool is_visible_ = true, is_online_ = true;
  bool is_by_viewer_ = false;  // the event that is being handled
  Duration clock_offset_{};
  bool tells_date_;                                // answers tell PagerDuty's time
  bool was_told_date_[std::size(kAccounts)] = {};  // since the page opened, or its clock was set
  Time asleep_until_ = Time::min();
  std::vector<Due> due_;  // a heap
  std::uint64_t last_order_ = 0;
  std::size_t timer_ = 0;
  std::vector<Flight> flights_;
  std::vector<Verdict> verdicts_, asked_;  // to come later; to be decided now
  std::size_t processed_ = 0;              // events that are planned
  std::int64_t minute_ = 0;
  Tally::Count requests_in_minute_[std::size(kAccounts)] = {};
};

}  // namespace pd::sessions
