#include "session.h"

#include "comparison.h"
#include "viewer.h"

namespace pd::sessions {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// What was under way arrives, pauses end.
constexpr Duration kDrain = seconds{62};
// All that asks again by itself has done so.
constexpr Duration kLongest = minutes{7};
// Answers come, checks are made.
constexpr Duration kShort = seconds{25};

class Session {
 public:
  Session(const Options& options, Tally& tally)
      : chance_(options.seed),
        tally_(tally),
        log_(options.wants_log),
        browser_(chance_, options.mutation, tally, log_),
        viewer_(chance_, browser_) {}

  Outcome run() {
    viewer_.open_some_cards();
    const std::size_t acts = 10 + chance_.below(25);
    for (std::size_t i = 0; i < acts; ++i) take_turn();
    clear_the_sky();
    chance_.percent(80) ? ask_again() : wait();
    check_cards();
    check_notices();
    retry();
    browser_.ledger().check_truth();
    browser_.ledger().add_to(tally_);
    ++tally_.sessions;
    tally_.virtual_time += browser_.now() - kStart;
    tally_.violations += browser_.ledger().violations.size();
    return {std::move(browser_.ledger().violations), log_.text()};
  }

 private:
  void take_turn() {
    const bool is_quick = chance_.percent(70);
    browser_.pass(is_quick ? chance_.between_ms(20, 1'500) : chance_.between_ms(1'000, 15'000));
    if (chance_.percent(6)) {
      browser_.weather().change();
      browser_.note("weather: ", browser_.weather().share(), " % ", browser_.weather().mostly());
    }
    if (chance_.percent(12)) {
      browser_.note("colleague ", browser_.server().let_colleague_act(browser_.now()));
    }
    browser_.look();
    viewer_.act();
  }

  void clear_the_sky() {
    browser_.note("the weather clears");
    browser_.weather().clear();
    browser_.server().become_quick();
    if (browser_.mutation() == Mutation::kIndexFrozen) browser_.server().freeze_lists(kStart);
    browser_.connect(true);
    browser_.show(true);
    browser_.sign_in();
    viewer_.close_dialogs();
    viewer_.open_all_services();
    browser_.pass(kDrain);
    browser_.sign_in();  // what was refused while it cleared
    browser_.pass(seconds{2});
  }

  void ask_again() {
    viewer_.refresh_all();
    browser_.pass(kShort);
  }
  // Nobody touches anything.
  void wait() { browser_.pass(kLongest); }

  void check_cards() {
    for (const Browser::Card& card : browser_.cards()) {
      if (!card.is_visible) continue;
      const std::string difference =
          compare_with_server(card, browser_.view(card), browser_.server());
      if (difference.empty()) continue;
      browser_.ledger().violate("state: card " + std::to_string(card.id) + " " + difference);
    }
  }

  void check_notices() {
    for (const Deed& deed : browser_.ledger().deeds()) {
      if (deed.end != End::kFailed && deed.end != End::kUnconfirmed) continue;
      bool is_shown = false;
      for (const Browser::Card& card : browser_.cards()) {
        is_shown = is_shown || shows_retry(deed, browser_.view(card));
      }
      if (is_shown) continue;
      browser_.ledger().violate("told: no card shows what failed or may have: " + deed.subject);
    }
  }

  // In clear weather a repetition settles what nobody knew. What becomes unknown meanwhile, such as
  // an event whose checks were held up by a pause, has its repetition in the next round.
  void retry() {
    constexpr int kMostRounds = 4;
    const std::vector<Deed>& deeds = browser_.ledger().deeds();
    for (int round = 0; round < kMostRounds; ++round) {
      std::vector<std::size_t> unknown;
      for (std::size_t i = 0; i < deeds.size(); ++i) {
        if (deeds[i].end == End::kUnconfirmed) unknown.push_back(i);
      }
      if (round > 0 && unknown.empty()) return;
      viewer_.retry_all();
      browser_.pass(kShort);
      for (const std::size_t i : unknown) {
        if (deeds[i].end == End::kSeen) ++tally_.settled_by_retry;
        if (deeds[i].end != End::kUnconfirmed) continue;
        browser_.ledger().violate("told: not settled by a repetition: " + deeds[i].subject);
      }
    }
  }

  Chance chance_;
  Tally& tally_;
  Log log_;
  Browser browser_;
  Viewer viewer_;
};

}  // namespace

Outcome run_session(const Options& options, Tally& tally) { return Session(options, tally).run(); }

}  // namespace pd::sessions
