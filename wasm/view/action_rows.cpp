// Buttons and links side by side, wrapping where they have no room.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {

float actions_width(Ui& ui, const std::vector<card::Action>& actions, float height) {
  float width = 0;
  for (const card::Action& action : actions) {
    width += ui.button_width(action, height <= kSmallButton) + (width > 0 ? kGap : 0);
  }
  return width;
}

float draw_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y, float width,
                   float height) {
  float left = x;
  float top = y;
  for (const card::Action& action : actions) {
    const float wide = std::min(ui.button_width(action, height <= kSmallButton), width);
    if (left > x && left + wide > x + width) {
      left = x;
      top += height + kGap;
    }
    ui.button(action, left, top, wide, height);
    left += wide + kGap;
  }
  return top + height - y;
}

float draw_end_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y,
                       float width) {
  constexpr float kInset = 10;  // of a small button's text
  if (actions.empty()) return 0;
  const bool quiet = actions.front().style == card::ActionStyle::kQuiet;
  const float inset = quiet && !actions.front().icon_only ? kInset : 0;
  return draw_actions(ui, actions, x - inset, y, width + inset, kSmallButton);
}

float draw_links(Ui& ui, const std::vector<card::Link>& links, float x, float y, float width) {
  float left = x;
  float top = y;
  for (const card::Link& link : links) {
    TextStyle style = ui.small();
    if (!link.href.empty()) style.color = ui.theme.link;
    const float wide = std::max(std::min(ui.width_of(link.text, style), width), kLeastTarget);
    if (left > x && left + wide > x + width) {
      left = x;
      top += kLeastTarget;
    }
    ui.line({link.id, Role::kLink, link.href}, link.text, style, left, top + 3, width);
    left += std::ceil(wide) + 16;
  }
  return top + kLeastTarget - y;
}

float draw_link(Ui& ui, const card::Link& link, TextStyle style, float x, float y, float width,
                int max_lines) {
  if (link.text.empty()) return 0;
  if (!link.href.empty()) style.color = ui.theme.link;
  return ui.paragraph({link.id, Role::kLink, link.href}, link.text, style, x, y, width, max_lines);
}

}  // namespace pd::view
