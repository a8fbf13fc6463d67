// Terms and what they are here: of the service, of an incident.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kLine = 24;  // of one line, which may be a link
constexpr float kInLine = 3;

float draw_fact(Ui& ui, const card::Fact& fact, float label, float x, float y, float width) {
  const std::size_t node = ui.open(Role::kGroup, fact.id, {x, y, width, 0});
  const float term = ui.paragraph({fact.id + ":term", Role::kTerm}, fact.label, ui.small(), x,
                                  y + kInLine, label, 2);
  const bool stacked = label >= width;
  const float left = stacked ? x : x + label + 12;
  const float room = x + width - left;
  const float value_top = stacked ? y + term : y;
  const std::size_t value =
      ui.open(Role::kDefinition, fact.id + ":definition", {left, value_top, room, 0});
  TextStyle style = ui.small();
  style.color = ui.theme.text;
  float top = value_top + kInLine;
  top += draw_link(ui, fact.value, style, left, top, room, 4);
  if (!fact.detail.empty()) {
    top += ui.paragraph({fact.id + ":detail"}, fact.detail, ui.tiny(), left, top, room, 3) + 2;
  }
  const float end = stacked ? kGap : kInLine;
  const float height = std::max({kLine, kInLine + term + kInLine, top + end - y});
  ui.close(value, y + height - value_top);
  ui.close(node, height);
  return height;
}

}  // namespace

// One below the other, in two columns where there is room.
PD_ENTERS_PART float draw_facts(Ui& ui, const std::string& id, const std::vector<card::Fact>& facts,
                                float x, float y, float width) {
  constexpr float kBeside = 240;
  if (facts.empty()) return 0;
  const float each = column_width(facts.size(), width);
  float label = 0;
  for (const card::Fact& fact : facts) {
    label = std::max(label, std::ceil(ui.width_of(fact.label, ui.small())));
  }
  // Where both have no room beside each other, the value stands below its term.
  label = each < kBeside ? each : std::min(label, std::floor(each * 0.42F));
  const std::size_t node = ui.open(Role::kTermList, id, {x, y, width, 0});
  const float height =
      draw_in_columns(facts.size(), x, y, width, [&](std::size_t i, float left, float top, float) {
        return draw_fact(ui, facts[i], label, left, top, each);
      });
  ui.close(node, height);
  return height;
}

}  // namespace pd::view
