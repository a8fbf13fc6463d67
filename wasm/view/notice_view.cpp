#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kPadding = 12;
constexpr float kShape = 16;
constexpr float kShapeGap = 8;
constexpr float kCodePadding = 8;

float draw_code(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  const TextNode node{notice.id + ":code", Role::kCode};
  const auto draw = [&] {
    return ui.paragraph(node, notice.code, ui.code(), x + kCodePadding + 4, y + kCodePadding,
                        width - 2 * kCodePadding - 8);
  };
  const float height = ui.measure(draw) + 2 * kCodePadding;
  ui.fill({x, y, width, height}, ui.theme.background, 6);
  ui.outline({x, y, width, height}, ui.theme.border, 6);
  draw();
  return height;
}

// What stands on the notice's ground; returns its height.
float draw_content(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  TextStyle body = ui.small();
  body.color = ui.theme.text;
  const float left = x + kShape + kShapeGap;
  const float room = width - kShape - kShapeGap;
  ui.shape(notice.tone, x, y + 2, kShape);
  float top = y + ui.paragraph({notice.id + ":title"}, notice.title, ui.strong(), left, y, room);
  if (!notice.body.empty()) {
    top += 2 + ui.paragraph({notice.id + ":body"}, notice.body, body, left, top + 2, room);
  }
  const bool has_code = !notice.code.empty();
  if (has_code) top += kGap + draw_code(ui, notice, x, top + kGap, width);
  if (!notice.actions.empty()) {
    top += kGap;
    top += draw_actions(ui, notice.actions, has_code ? x : left, top, has_code ? width : room,
                        kSmallButton);
  }
  return top - y;
}

}  // namespace

float draw_notice(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  const auto draw = [&] {
    return draw_content(ui, notice, x + kPadding, y + kPadding, width - 2 * kPadding);
  };
  const Rect ground{x, y, width, ui.measure(draw) + 2 * kPadding};
  ui.fill(ground, ui.soft_color_of(notice.tone), ui.theme.radius_css_px);
  ui.add(Role::kNote, notice.id, ground);
  ui.begin(notice.id);
  draw();
  ui.end();
  return ground.height;
}

float draw_empty(Ui& ui, const card::Notice& notice, float x, float y, float width) {
  constexpr float kLargeShape = 24;
  const float inner = std::min(width - 32, 360.0F);
  const float left = x + (width - inner) / 2;
  float top = y + 24;
  ui.shape(notice.tone, x + (width - kLargeShape) / 2, top, kLargeShape);
  top += kLargeShape + kGap;
  const auto centered = [&](const char* part, const std::string& text, const TextStyle& style) {
    TextNode node{notice.id + part};
    node.centered = true;
    top += ui.paragraph(node, text, style, left, top, inner);
  };
  centered(":title", notice.title, ui.strong());
  if (!notice.body.empty()) centered(":body", notice.body, ui.small());
  if (!notice.actions.empty()) {
    top += kGap;
    const float wide = std::min(actions_width(ui, notice.actions, kSmallButton), inner);
    top += draw_actions(ui, notice.actions, x + (width - wide) / 2, top, wide + 1, kSmallButton);
  }
  return top + 24 - y;
}

}  // namespace pd::view
