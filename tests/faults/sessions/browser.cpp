#include "browser.h"

#include <algorithm>

#include "abi/journal.h"
#include "card/snapshot.h"
#include "client/server_clock.h"

namespace pd::sessions {
Browser::Browser(Chance& chance, Mutation mutation, Tally& tally, Log& log)
    : chance_(chance),
      mutation_(mutation),
      tally_(tally),
      log_(log),
      server_(chance),
      weather_(chance),
      ledger_(server_, now_),
      tells_date_(chance.percent(50)) {
  open_page();
}

void Browser::open_page() {
  page_ = std::make_unique<card::Page>(chance_.next());
  ++page_number_;
  last_card_ = 0;
  minute_ = 0;
  std::ranges::fill(was_told_date_, false);
  for (const std::string_view account : kAccounts) {
    handle(card::AccountChanged{std::string(account), card::Region::kUs, true, true});
  }
  for (const std::string_view account : kAccounts) {
    handle(card::TabChanged{std::string(account), client::TabRole::kAlone, false, true});
  }
  if (!is_visible_) handle(card::PageVisible{false});
  if (!is_online_) handle(card::PageOnline{false});
}

// ---- What the viewer does ----

void Browser::open_card(card::CardConfig config, bool is_visible) {
  cards_.push_back({++last_card_, std::move(config), is_visible, {}});
  const Card& card = cards_.back();
  note("card ", card.id, " opens: ", card.config.values.service_id, " ",
       card.config.values.integration_key);
  handle(card::OpenCard{card.id, card.config});
  if (is_visible) handle(card::CardVisible{last_card_, true});
}

void Browser::close_card(std::size_t index) {
  const card::CardId id = cards_[index].id;
  note("card ", id, " closes");
  cards_.erase(cards_.begin() + static_cast<std::ptrdiff_t>(index));
  handle(card::CloseCard{id});
}

void Browser::turn_card(std::size_t index, card::CardConfig config) {
  Card& card = cards_[index];
  note("card ", card.id, " turns to ", config.values.service_id, " ",
       config.values.integration_key);
  card.config = std::move(config);
  handle(card::ConfigureCard{card.id, card.config});
}

void Browser::click(const Card& card, const std::string& node) {
  note("viewer    clicks ", node, " on card ", card.id);
  ++tally_.clicks;
  const card::CardId id = card.id;  // what follows may take the card away
  handle(card::Activated{id, node}, true);
}

void Browser::type(Card& card, const std::string& field, const std::string& text) {
  note("viewer    gives ", field, " \"", text, "\" on card ", card.id);
  card.words = text;
  handle(card::FieldChanged{card.id, field, text});
}

void Browser::show(bool is_visible) {
  if (is_visible == is_visible_) return;
  note(is_visible ? "the tab is shown" : "the tab is hidden");
  is_visible_ = is_visible;
  handle(card::PageVisible{is_visible});
}

void Browser::connect(bool is_online) {
  if (is_online == is_online_) return;
  note(is_online ? "online" : "offline");
  is_online_ = is_online;
  if (!is_online) break_connections(70);
  handle(card::PageOnline{is_online});
}

void Browser::sign_in() {
  note("signed in");
  for (const std::string_view account : kAccounts) {
    handle(card::AccountChanged{std::string(account), card::Region::kUs, true, true});
  }
}

void Browser::reload() {
  note("the page reloads");
  ++tally_.reloads;
  for (Flight& flight : flights_) {
    // A write outlives its page (keepalive), mostly.
    if (flight.copy == kColleague || chance_.percent(30)) flight.is_lost = true;
  }
  open_page();
  const bool is_journal_first = chance_.percent(50);
  if (is_journal_first) find_journal();
  if (chance_.percent(50)) find_answers();
  for (Card& card : std::exchange(cards_, {})) open_card(std::move(card.config), card.is_visible);
  if (!is_journal_first) find_journal();
}

void Browser::find_journal() {
  if (mutation_ == Mutation::kJournalLost) return;
  std::vector<client::Intent> found;
  for (const auto& [key, intent] : journal_) {
    if (auto read = abi::read_intent(abi::write_intent(intent))) found.push_back(*std::move(read));
  }
  for (client::Intent& intent : found) handle(card::IntentFound{std::move(intent)});
}

// What the page before this one knew.
void Browser::find_answers() {
  const auto kept = kept_answers_;
  for (const auto& [want, answer] : kept) handle(card::AnswerHeard{answer, true});
}

void Browser::sleep(Duration length) {
  note("the machine sleeps for ", length.count() / 1000, " s");
  asleep_until_ = now_ + length;
  break_connections(60);
  pass(length);
  note("the machine wakes");
}

void Browser::set_clock(Duration by) {
  note("the clock is set by ", by.count() / 1000, " s");
  clock_offset_ += by;
  std::ranges::fill(was_told_date_, false);
  for (Card& card : cards_) card.is_changed = true;  // the next timer finds out
  // A budget knows a minute by this clock: one that jumps ahead is one that has passed.
  if (by > Duration::zero()) std::ranges::fill(requests_in_minute_, 0);
}

void Browser::look() {
  for (Card& card : cards_) {
    if (!card.is_visible) continue;
    std::string now = card::write_snapshot(view(card));
    if (!card.is_changed && page_now() < card.seen_until && now != card.seen) {
      const auto differs = std::ranges::mismatch(now, card.seen);
      const auto at = static_cast<std::size_t>(differs.in1 - now.begin());
      const auto around = [at](const std::string& text) {
        return text.substr(at > 40 ? at - 40 : 0, 120);
      };
      const std::string what = "drawn: card " + std::to_string(card.id) + " shows " +
                               around(card.seen) + " and is " + around(now);
      note(what);
      ledger_.violate(what);
    }
    card.seen = std::move(now);
    card.seen_until = page_->next_change_of_words(card.id, page_now());
    card.is_changed = false;
  }
}

bool Browser::knows_time(const std::string& account) const {
  return was_told_date_[account == kAccounts[0] ? 0 : 1] ||
         std::chrono::abs(clock_offset_) <= client::ServerClock::kTolerance;
}

// ---- Time ----

void Browser::plan(Time at, Kind kind, std::size_t what) {
  due_.push_back({at, ++last_order_, kind, page_number_, what});
  std::push_heap(due_.begin(), due_.end());
}

void Browser::pass(Duration length) {
  const Time end = now_ + length;
  while (!due_.empty() && due_.front().at <= end) {
    std::pop_heap(due_.begin(), due_.end());
    Due due = due_.back();
    due_.pop_back();
    const bool is_of_server = due.kind == Kind::kArrive || due.kind == Kind::kProcess;
    now_ = std::max(now_, due.at);
    if (is_of_server || now_ >= asleep_until_) {
      happen(due);
    } else {
      due.at = asleep_until_;
      due_.push_back(due);
      std::push_heap(due_.begin(), due_.end());
    }
  }
  now_ = end;
}

void Browser::happen(const Due& due) {
  if (due.kind == Kind::kArrive) return arrive(flights_[due.what]);
  if (due.kind == Kind::kProcess) {
    note("pagerduty processes the event ", server_.events()[due.what].key);
    return server_.process(due.what, now_);
  }
  if (due.page != page_number_) return;  // its page is gone
  switch (due.kind) {
    case Kind::kAnswer: return answer(flights_[due.what]);
    case Kind::kTimeout: return time_out(flights_[due.what]);
    case Kind::kTimer:
      if (due.what == timer_) handle(card::Tick{});
      return;
    case Kind::kVerdict: return decide(verdicts_[due.what]);
    case Kind::kSignIn: return sign_in();
    case Kind::kArrive:
    case Kind::kProcess: return;
  }
}

// ---- The page ----

void Browser::handle(card::Event event, bool by_viewer) {
  is_by_viewer_ = by_viewer;
  page_->handle(std::move(event), page_now());
  for (card::Effect& effect : page_->take_effects()) {
    std::visit([&](auto& e) { take(e); }, effect);
  }
  is_by_viewer_ = false;
  tell_news();
  for (const Verdict& verdict : std::exchange(asked_, {})) decide(verdict);
}

// The viewer must have been told, within the same event, what was new of a write.
void Browser::tell_news() {
  for (Deed* deed : ledger_.take_news()) {
    const auto card = std::ranges::find(cards_, deed->card, &Card::id);
    if (deed->page != page_number_ || card == cards_.end()) continue;
    if (deed->end != End::kUnconfirmed && !deed->is_told) {
      ledger_.violate("told: no pd-action-done for " + deed->title + deed->incident_id);
    }
    if (deed->end == End::kSeen || shows_retry(*deed, view(*card))) continue;
    ledger_.violate("told: nothing to see of what failed or may have: " + deed->title +
                    deed->incident_id);
  }
}

bool shows_retry(const Deed& deed, const card::ViewModel& model) {
  const auto has = [](const std::vector<card::Action>& actions, std::string_view id) {
    return std::ranges::any_of(actions,
                               [&](const card::Action& a) { return a.id.starts_with(id); });
  };
  const auto is_about = [&](const std::string& text) {
    return text.find(deed.subject) != std::string::npos;
  };
  if (model.dialog && has(model.dialog->actions, "dialog:retry") &&
      (is_about(model.dialog->title) || is_about(model.dialog->body))) {
    return true;
  }
  return std::ranges::any_of(model.notices, [&](const card::Notice& notice) {
    return has(notice.actions, "retry-write:") && is_about(notice.body);
  });
}

void Browser::decide(const Verdict& verdict) {
  const bool is_allowed = !chance_.percent(8);
  note("page      ", is_allowed ? "allows to " : "prevents to ", verdict.asked.verb, " on card ",
       verdict.asked.card);
  const auto card = std::ranges::find(cards_, verdict.asked.card, &Card::id);
  if (card == cards_.end()) return;
  ledger_.confirm(verdict.asked, verdict.words, page_number_, is_allowed,
                  knows_time(card->config.values.account));
  const bool is_told_allowed = is_allowed || mutation_ == Mutation::kVerdictTurned;
  handle(card::ActionVerdict{verdict.asked.card, verdict.asked.ticket, is_told_allowed});
  if (ledger_.was_submitted()) return;
  // The dialog it was for may be closed by now; then the viewer took it back.
  const card::ViewModel& model = view(*card);
  if (model.dialog && model.dialog->actions.size() > 1 && !model.dialog->notice) {
    ledger_.violate("told: refused without a word: " + verdict.words + verdict.asked.incident_id);
  }
}

// ---- Effects ----

void Browser::take(const card::CancelRequest& e) {
  const auto flight = std::ranges::find_if(
      flights_, [&](const Flight& f) { return f.request == e.request && f.page == page_number_; });
  if (flight != flights_.end()) flight->is_settled = true;  // who asked is gone
}

void Browser::take(const card::WakeAt& e) {
  plan(now_ + std::max(Duration{}, e.at - page_now()), Kind::kTimer, ++timer_);
}

void Browser::take(const card::CardChanged& e) {
  const auto card = std::ranges::find(cards_, e.card, &Card::id);
  if (card != cards_.end() && mutation_ != Mutation::kChangeUnheard) card->is_changed = true;
}

void Browser::take(const card::ActionAsked& e) {
  const auto card = std::ranges::find(cards_, e.card, &Card::id);
  Verdict verdict{e, card == cards_.end() ? std::string() : card->words};
  if (chance_.percent(90)) return asked_.push_back(std::move(verdict));
  verdicts_.push_back(std::move(verdict));
  plan(now_ + chance_.between_ms(0, 50), Kind::kVerdict, verdicts_.size() - 1);
}

void Browser::take(const card::ActionDone& e) {
  note("          pd-action-done: ", e.verb, " ", e.incident_id, e.ok ? " ok" : " not ok");
  ledger_.done(e);
}

void Browser::take(const card::AuthRequired& e) {
  note("          pd-auth-required: \"", e.account, "\"");
  if (chance_.percent(70)) plan(now_ + chance_.between_ms(500, 20'000), Kind::kSignIn, 0);
}

void Browser::take(const client::KeepIntent& e) {
  constexpr std::string_view kStates[] = {"pending", "accepted", "seen", "failed", "unconfirmed"};
  note("          journal keeps ", e.intent.key, " (", e.intent.subject,
       "): ", kStates[static_cast<std::size_t>(e.intent.state)]);
  journal_.insert_or_assign(e.intent.key, e.intent);
  ledger_.keep(e.intent);
}

void Browser::take(client::ShareAnswer& e) {
  client::Want want = e.answer.want;
  kept_answers_.insert_or_assign(std::move(want), std::move(e.answer));
}

void Browser::take(const client::DropIntent& e) {
  note("          journal drops ", e.key);
  journal_.erase(e.key);
  ledger_.drop(e.key, is_by_viewer_);
}

}  // namespace pd::sessions
