#include "viewer.h"

#include <algorithm>

namespace pd::sessions {
namespace {

using card::Layout;

constexpr std::size_t kMostCards = 4;

card::CardConfig config_of(const Service& service) {
  card::CardConfig config;
  config.values.service_id = service.id;
  config.values.account = service.account;
  config.values.integration_key = service.key;
  return config;
}

struct Node {
  std::string id;
  std::size_t weight;
};

// How much a viewer wants what a node does.
std::size_t weight_of(std::string_view id) {
  struct Row {
    std::string_view prefix;
    std::size_t weight;
  };
  constexpr Row kRows[] = {{"retry-write:", 10}, {"action:create", 12}, {"resolve:", 3},
                           {"ack:", 5},          {"dismiss-write:", 2}, {"expand:", 10},
                           {"reassign:", 14},    {"priority:", 14},     {"snooze:", 14},
                           {"note:", 14},        {"action:refresh", 2}};
  for (const Row& row : kRows) {
    if (id.starts_with(row.prefix)) return row.weight;
  }
  return 1;
}

std::vector<Node> nodes_of(const card::ViewModel& model, bool also_disabled) {
  std::vector<Node> nodes;
  const auto add = [&](const std::vector<card::Action>& actions) {
    for (const card::Action& action : actions) {
      // The model of PagerDuty here does not do all that the real one does.
      constexpr std::string_view kNever[] = {"undo:accept", "escalate:", "responder:", "reopen:"};
      const bool is_never = std::ranges::any_of(
          kNever, [&](std::string_view start) { return action.id.starts_with(start); });
      if (is_never) continue;
      if (action.enabled || also_disabled) nodes.push_back({action.id, weight_of(action.id)});
    }
  };
  add(model.header.actions);
  for (const card::Notice& notice : model.notices) add(notice.actions);
  for (const card::Section& section : model.sections) {
    if (section.notice) add(section.notice->actions);
    for (const card::IncidentRow& row : section.incidents) {
      add(row.actions);
      if (row.expand) add({*row.expand});
      if (row.detail) add(row.detail->actions);
    }
  }
  for (const card::Tab& tab : model.tabs) nodes.push_back({tab.id, 1});
  return nodes;
}

}  // namespace

card::CardConfig Viewer::some_config() {
  card::CardConfig config = config_of(kServices[chance_.below(std::size(kServices))]);
  const bool has_key = !config.values.integration_key.empty();
  const std::size_t way = chance_.below(10);
  if (way < 3) config.values.integration_key.clear();
  if (way >= 3 && way < 6 && has_key) config.values.service_id.clear();
  if (way == 9) config.values.integration_key = kForeignKey;
  constexpr Layout kLayouts[] = {Layout::kFull,    Layout::kFull,   Layout::kFull,
                                 Layout::kCompact, Layout::kOnCall, Layout::kTrigger};
  config.layout = kLayouts[chance_.below(std::size(kLayouts))];
  constexpr std::int64_t kRefreshes[] = {30, 30, 30, 10, 0};
  config.refresh_s = kRefreshes[chance_.below(std::size(kRefreshes))];
  config.read_only = chance_.percent(4);
  return config;
}

void Viewer::open_some_cards() {
  const std::size_t count = 1 + chance_.below(3);
  for (std::size_t i = 0; i < count; ++i) {
    card::CardConfig config = some_config();
    browser_.open_card(std::move(config), chance_.percent(95));
    if (chance_.percent(30)) browser_.pass(chance_.between_ms(0, 400));
  }
}

void Viewer::act() {
  struct Row {
    std::size_t weight;
    void (Viewer::*act)();
  };
  constexpr Row kActs[] = {{160, &Viewer::use_a_card}, {4, &Viewer::do_show_or_hide},
                           {3, &Viewer::do_sleep},     {2, &Viewer::do_set_clock},
                           {3, &Viewer::do_open},      {3, &Viewer::do_close},
                           {3, &Viewer::do_turn},      {7, &Viewer::do_reload},
                           {4, &Viewer::do_connect},   {2, &Viewer::do_sign_in}};
  if (!browser_.is_visible() && chance_.percent(60)) return browser_.show(true);
  if (!browser_.is_online() && chance_.percent(25)) return browser_.connect(true);
  (this->*chance_.weighted(kActs).act)();
}

// ---- Clicks ----

void Viewer::use_a_card() {
  if (!browser_.is_visible() || browser_.cards().empty()) return;
  Browser::Card& card = browser_.cards()[chance_.below(browser_.cards().size())];
  const card::ViewModel& model = browser_.view(card);
  model.dialog ? use_dialog(card, *model.dialog) : click_something(card);
}

// Twice, now and then, as people do.
void Viewer::click(card::CardId id, const std::string& node) {
  const std::size_t times = chance_.percent(12) ? 2 : 1;
  for (std::size_t i = 0; i < times; ++i) {
    if (i > 0 && chance_.percent(50)) browser_.pass(chance_.between_ms(1, 300));
    const auto card = std::ranges::find(browser_.cards(), id, &Browser::Card::id);
    if (card != browser_.cards().end()) browser_.click(*card, node);
  }
}

void Viewer::use_dialog(Browser::Card& card, const card::Dialog& dialog) {
  if (dialog.actions.empty()) return;
  const card::Action& usual = dialog.actions.back();
  const bool does_usual = usual.enabled && chance_.percent(85);
  const std::string node =
      does_usual ? usual.id : dialog.actions[chance_.below(dialog.actions.size())].id;
  const card::CardId id = card.id;
  const bool lowers =
      !dialog.fields.empty() && dialog.fields.front().id == "field:title" && chance_.percent(10);
  if (!dialog.fields.empty()) fill_in(card, card::Field(dialog.fields.front()));
  if (lowers) {
    click(id, "choice:urgency:low");
    click(id, "choice:severity:warning");
  }
  click(id, node);
}

// Mostly; what is given already stays.
void Viewer::fill_in(Browser::Card& card, const card::Field& field) {
  const bool is_filled = chance_.percent(93);
  if (field.id == "field:choice") {
    constexpr std::string_view kOption = "choice:option:";
    const auto shown = std::ranges::find_if(field.choices, &card::Choice::selected);
    if (shown != field.choices.end()) card.words = shown->id.substr(kOption.size());
    const std::string& other = field.choices[chance_.below(field.choices.size())].id;
    if (is_filled) browser_.type(card, field.id, other.substr(kOption.size()));
  } else if (is_filled && field.value.empty()) {
    const std::string number = std::to_string(++texts_) + ".";
    browser_.type(card, field.id, (field.id == "field:title" ? "Title " : "Note ") + number);
  }
}

void Viewer::click_something(const Browser::Card& card) {
  const std::vector<Node> nodes = nodes_of(browser_.view(card), chance_.percent(4));
  std::size_t sum = 0;
  for (const Node& node : nodes) sum += node.weight;
  if (sum == 0) return;
  std::size_t drawn = chance_.below(sum);
  for (const Node& node : nodes) {
    if (drawn < node.weight) return click(card.id, node.id);
    drawn -= node.weight;
  }
}

// ---- What people do to tabs, machines and pages ----

void Viewer::do_show_or_hide() { browser_.show(!browser_.is_visible()); }

void Viewer::do_sleep() {
  const bool is_long = chance_.percent(20);
  browser_.sleep(is_long ? chance_.between_ms(600'000, 7'200'000)
                         : chance_.between_ms(5'000, 120'000));
}

void Viewer::do_set_clock() {
  const Duration by = chance_.between_ms(1'000, chance_.percent(50) ? 90'000 : 7'200'000);
  browser_.set_clock(chance_.percent(50) ? by : -by);
}

void Viewer::do_open() {
  if (browser_.cards().size() < kMostCards) browser_.open_card(some_config(), true);
}

void Viewer::do_close() {
  if (browser_.cards().size() > 1) browser_.close_card(chance_.below(browser_.cards().size()));
}

void Viewer::do_turn() {
  if (browser_.cards().empty()) return;
  const std::size_t index = chance_.below(browser_.cards().size());
  browser_.turn_card(index, some_config());
}

// ---- When the weather has cleared ----

void Viewer::close_dialogs() {
  for (const Browser::Card& card : browser_.cards()) {
    if (browser_.view(card).dialog) browser_.click(card, "dialog:close");
  }
}

void Viewer::open_all_services() {
  for (const Service& service : kServices) browser_.open_card(config_of(service), true);
}

void Viewer::refresh_all() {
  for (const Browser::Card& card : browser_.cards()) browser_.click(card, "action:refresh");
}

void Viewer::retry_all() {
  std::vector<std::string> clicked;
  for (const Browser::Card& card : browser_.cards()) {
    for (const Node& node : nodes_of(browser_.view(card), false)) {
      const bool is_new = std::ranges::find(clicked, node.id) == clicked.end();
      if (!node.id.starts_with("retry-write:") || !is_new) continue;
      clicked.push_back(node.id);
      browser_.click(card, node.id);
    }
  }
}

}  // namespace pd::sessions
