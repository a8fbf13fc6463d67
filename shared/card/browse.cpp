#include "card/browse.h"

#include <algorithm>

#include "card/enum_words.h"

namespace pd::card {
namespace {

// More than that are not acted on at once: each is a request of its own.
constexpr std::size_t kMostSelected = 25;

}  // namespace

void toggle_detail(CardState& card, std::string_view incident, const Context&) {
  Browsing& browsing = card.browsing;
  browsing.expanded = browsing.expanded == incident ? std::string() : std::string(incident);
  browsing.whole_log = false;
}

void show_whole_log(CardState& card, std::string_view, const Context&) {
  card.browsing.whole_log = true;
}

void toggle_fold(CardState& card, std::string_view section, const Context&) {
  const auto kind = value_of<SectionKind>(section);
  if (!kind) return;
  std::vector<SectionKind>& unfolded = card.browsing.unfolded;
  if (std::erase(unfolded, *kind) == 0) unfolded.push_back(*kind);
}

void toggle_filter(CardState& card, std::string_view filter, const Context&) {
  Browsing& browsing = card.browsing;
  if (filter == "triggered") browsing.triggered = !browsing.triggered;
  if (filter == "acknowledged") browsing.acknowledged = !browsing.acknowledged;
  if (filter == "high") browsing.high_urgency = !browsing.high_urgency;
  if (filter == "mine") browsing.mine = !browsing.mine;
  if (filter != "clear") return;
  browsing.search.clear();
  browsing.triggered = browsing.acknowledged = browsing.high_urgency = browsing.mine = false;
}

void toggle_resolved(CardState& card, std::string_view, const Context&) {
  card.browsing.resolved = !card.browsing.resolved;
}

void select(CardState& card, std::string_view what, const Context&) {
  Browsing& browsing = card.browsing;
  if (what == "begin" || what == "end") {
    browsing.selecting = what == "begin" && !card.config.read_only;
    browsing.selected.clear();
    return;
  }
  if (!browsing.selecting) return;
  const std::string id(what);
  if (std::erase(browsing.selected, id) == 0 && browsing.selected.size() < kMostSelected) {
    browsing.selected.push_back(id);
  }
}

void toggle_rota(CardState& card, std::string_view, const Context&) {
  card.browsing.rota = !card.browsing.rota;
}

void show_days(CardState& card, std::string_view days, const Context&) {
  card.browsing.rota_days = days == "14" ? 14 : 7;
}

}  // namespace pd::card
