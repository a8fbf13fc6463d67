#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kPadding = 12;
constexpr float kShape = 16;

float draw_code(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  const TextStyle style = ui.code();
  const int lines = ui.line_count(notice.code, style, width - 20);
  const float height = static_cast<float>(lines) * style.line_height + 16;
  ui.fill({x, y, width, height}, ui.theme.background, 6);
  ui.outline({x, y, width, height}, ui.theme.border, 6);
  ui.paragraph({notice.id + ":code", Role::kCode, {}, 0}, notice.code, style, x + 10, y + 8,
               width - 20);
  return height;
}

}  // namespace

float draw_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y, float width,
                   float height) {
  float left = x;
  float top = y;
  for (const card::Action& action : actions) {
    const float wide = std::min(ui.button_width(action), width);
    if (left > x && left + wide > x + width) {
      left = x;
      top += height + kGap;
    }
    ui.button(action, left, top, wide, height);
    left += wide + kGap;
  }
  return top + height - y;
}

float draw_notice(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  // The ground is as high as what stands on it: measured first, by the same numbers.
  const float inner = width - 2 * kPadding - kShape - 10;
  const float left = x + kPadding + kShape + 10;
  const TextStyle body = [&] {
    TextStyle s = ui.small();
    s.color = ui.theme.text;
    return s;
  }();
  const std::size_t ground_at = ui.output.twin.size();
  ui.add(Role::kNote, notice.id, {x, y, width, 0});
  ui.begin(notice.id);
  float height = kPadding;
  const float title_height =
      static_cast<float>(ui.line_count(notice.title, ui.strong(), inner)) * ui.strong().line_height;
  const float body_height =
      notice.body.empty()
          ? 0
          : static_cast<float>(ui.line_count(notice.body, body, inner)) * body.line_height + 2;
  float code_height = 0;
  if (!notice.code.empty())
    code_height =
        static_cast<float>(ui.line_count(notice.code, ui.code(), width - 2 * kPadding - 20)) *
            ui.code().line_height +
        16 + kGap;
  float actions_height = 0;
  if (!notice.actions.empty()) actions_height = 28 + kGap;
  const float total = kPadding * 2 + title_height + body_height + code_height + actions_height;
  ui.fill({x, y, width, total}, ui.soft_color_of(notice.tone), ui.theme.radius_css_px);
  ui.shape(notice.tone, x + kPadding, y + kPadding + 2, kShape);
  height += ui.paragraph({notice.id + ":title", Role::kText, {}, 0}, notice.title, ui.strong(),
                         left, y + height, inner);
  if (!notice.body.empty())
    height += 2 + ui.paragraph({notice.id + ":body", Role::kText, {}, 0}, notice.body, body, left,
                               y + height + 2, inner);
  if (!notice.code.empty())
    height += kGap + draw_code(ui, notice, x + kPadding, y + height + kGap, width - 2 * kPadding);
  if (!notice.actions.empty()) {
    height += kGap;
    height += draw_actions(ui, notice.actions, notice.code.empty() ? left : x + kPadding,
                           y + height, inner, 28);
  }
  ui.end();
  ui.output.twin[ground_at].rect.height = height + kPadding;
  return height + kPadding;
}

float draw_empty(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  const TextStyle title = ui.strong();
  const TextStyle body = ui.small();
  const float inner = std::min(width - 32, 360.0F);
  float top = y + 20;
  ui.shape(notice.tone, x + width / 2 - 12, top, 24);
  top += 34;
  const auto centred = [&](const std::string& id, const std::string& text, const TextStyle& style) {
    const float wide = std::min(ui.width_of(text, style), inner);
    top += ui.paragraph({id, Role::kText, {}, 0}, text, style, x + (width - wide) / 2, top, inner);
  };
  centred(notice.id + ":title", notice.title, title);
  if (!notice.body.empty()) centred(notice.id + ":body", notice.body, body);
  return top + 20 - y;
}

}  // namespace pd::view
