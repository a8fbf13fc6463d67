#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMargin = 16;
constexpr float kPadding = 20;
constexpr float kMostWidth = 460;
constexpr float kFieldHeight = 36;
constexpr float kAreaHeight = 92;
constexpr float kRadioHeight = 36;

float field_height(const card::Field& field) {
  return field.kind == card::FieldKind::kMultiline ? kAreaHeight : kFieldHeight;
}

float draw_choices(Ui& ui, const card::Field& field, float x, float y, float width) {
  const float each = (width - kGap * static_cast<float>(field.choices.size() - 1)) /
                     static_cast<float>(field.choices.size());
  ui.add(Role::kRadioGroup, field.id, {x, y, width, kRadioHeight}).name = field.label;
  ui.begin(field.id);
  float at = x;
  for (const card::Choice& choice : field.choices) {
    ui.radio(choice, at, y, each, kRadioHeight);
    at += each + kGap;
  }
  ui.end();
  return kRadioHeight;
}

float draw_field(Ui& ui, const card::Field& field, float x, float y, float width) {
  TextStyle label = ui.heading();
  label.color = ui.theme.text;
  TextStyle help = ui.tiny();
  float top = y;
  const float help_width = field.help.empty() ? 0 : ui.width_of(field.help, help) + 8;
  ui.line({field.id + ":label", Role::kText, {}, 0}, field.label, label, x, top,
          width - help_width);
  if (!field.help.empty())
    ui.line({field.id + ":help", Role::kText, {}, 0}, field.help, help, x + width - help_width + 8,
            top + 2, help_width);
  top += label.line_height + 4;
  if (field.kind == card::FieldKind::kChoice)
    return top + draw_choices(ui, field, x, top, width) - y;
  const std::string error_id = field.id + ":error";
  ui.field(field, field.error.empty() ? (field.help.empty() ? "" : field.id + ":help") : error_id,
           x, top, width, field_height(field));
  top += field_height(field);
  if (!field.error.empty()) {
    TextStyle error = ui.small();
    error.color = ui.theme.critical;
    top += 4 + ui.paragraph({error_id, Role::kText, {}, 0}, field.error, error, x, top + 4, width);
  }
  return top - y;
}

// What stands in the panel, from its top; returns the height. Drawn twice: the first time to
// measure.
float draw_content(Ui& ui, const card::Dialog& dialog, float x, float y, float width) {
  float top = y;
  TextStyle title = ui.title_style();
  title.size = ui.theme.font_size_css_px * 16 / 14;
  top += ui.paragraph({dialog.id + ":title", Role::kHeading, {}, 3}, dialog.title, title, x, top,
                      width);
  if (!dialog.body.empty()) {
    top += 6;
    top += ui.paragraph({dialog.id + ":body", Role::kText, {}, 0}, dialog.body, ui.body(), x, top,
                        width);
  }
  for (const card::Field& field : dialog.fields) {
    top += 16;
    top += draw_field(ui, field, x, top, width);
  }
  if (dialog.notice) {
    top += 16;
    top += draw_notice(ui, *dialog.notice, x, top, width);
  }
  top += 20;
  float wide = 0;
  for (const card::Action& action : dialog.actions)
    wide += ui.button_width(action) + (wide > 0 ? kGap : 0);
  top += draw_actions(ui, dialog.actions, x + std::max(0.0F, width - wide), top, wide + 1, 34);
  return top - y;
}

}  // namespace

float draw_dialog(Ui& ui, const card::Dialog& dialog, float card_height) {
  const float width = std::min(ui.input.width_css_px - 2 * kMargin, kMostWidth);
  const float x = (ui.input.width_css_px - width) / 2;
  const float y = kMargin + 8;

  ui.draws = false;
  const std::size_t nodes = ui.output.twin.size();
  const float content = draw_content(ui, dialog, x + kPadding, y + kPadding, width - 2 * kPadding);
  ui.output.twin.resize(nodes);
  ui.draws = true;

  const float panel = content + 2 * kPadding;
  const float height = std::max(card_height, y + panel + kMargin + 8);
  ui.fill({0, 0, ui.input.width_css_px, height}, ui.theme.overlay);
  const Rect rect{x, y, width, panel};
  ui.fill({x - 1, y + 2, width + 2, panel}, (ui.theme.overlay & 0x00FFFFFFU) | 0x30000000U, 12);
  ui.fill(rect, ui.theme.background, 10);
  ui.outline(rect, ui.theme.border_strong, 10);
  TwinNode& node = ui.add(Role::kDialog, dialog.id, rect);
  node.name = dialog.title;
  node.described_by = dialog.body.empty() ? std::string() : dialog.id + ":body";
  ui.begin(dialog.id);
  draw_content(ui, dialog, x + kPadding, y + kPadding, width - 2 * kPadding);
  ui.end();
  return height;
}

}  // namespace pd::view
