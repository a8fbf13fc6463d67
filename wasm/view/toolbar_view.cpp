// Over a list: what narrows it, and what is done with the chosen ones.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kField = 32;

// The search field, as wide as its line or beside the filters.
float draw_search(Ui& ui, const card::Field& search, float x, float y, float width, bool alone) {
  constexpr float kBeside = 220;
  const float wide = alone ? width : std::min(width, kBeside);
  ui.field(search, {}, x, y, wide, kField);
  return wide;
}

// What is chosen or shown, with what can be done with it at the right.
float draw_summary(Ui& ui, const card::Toolbar& toolbar, const std::string& id, float x, float y,
                   float width) {
  const TextStyle style = ui.small();
  const float said = std::ceil(ui.width_of(toolbar.summary, style));
  const float wide = actions_width(ui, toolbar.actions, kSmallButton);
  const bool beside = !toolbar.actions.empty() && said + 16 + wide <= width;
  const float height = beside ? kSmallButton : 24;
  float top = y;
  if (!toolbar.summary.empty()) {
    ui.line({id + ":summary"}, toolbar.summary, style, x, top + (height - style.line_height) / 2,
            width);
    if (!beside) top += height;
  }
  if (toolbar.actions.empty()) return std::max(top, y + height) - y;
  const float left = beside ? x + width - wide : x;
  return top +
         draw_actions(ui, toolbar.actions, left, top, beside ? wide + 1 : width, kSmallButton) - y;
}

}  // namespace

float draw_toolbar(Ui& ui, const card::Section& section, float x, float y, float width) {
  const card::Toolbar& toolbar = *section.toolbar;
  const std::string id = section.id + ":toolbar";
  const std::size_t node = ui.open(Role::kGroup, id, {x, y, width, 0});
  float top = y + kGap;
  float left = x;
  const bool beside =
      width >= kWideRow && actions_width(ui, toolbar.filters, kSmallButton) + 240 <= width;
  if (toolbar.search) {
    const bool alone = !beside || toolbar.filters.empty();
    left += draw_search(ui, *toolbar.search, x, top, width, alone) + 12;
    if (alone) {
      left = x;
      top += kField + kGap;
    }
  }
  if (!toolbar.filters.empty()) {
    const float lower = left > x ? (kField - kSmallButton) / 2 : 0;
    top += draw_actions(ui, toolbar.filters, left, top + lower, x + width - left, kSmallButton) +
           2 * lower + kGap;
  }
  if (!toolbar.summary.empty() || !toolbar.actions.empty()) {
    top += draw_summary(ui, toolbar, id, x, top, width) + 4;
  }
  ui.close(node, top - y);
  return top - y;
}

}  // namespace pd::view
