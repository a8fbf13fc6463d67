#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMostWidth = 460;
constexpr float kNarrow = 400;
constexpr float kRadius = 10;
constexpr float kButton = 36;
constexpr float kFieldHeight = 36;
constexpr float kAreaHeight = 92;
constexpr float kRadioHeight = 36;

float field_height(const card::Field& field) {
  return field.kind == card::FieldKind::kMultiline ? kAreaHeight : kFieldHeight;
}

// In how many columns: all side by side where every label has room, else in pairs, else one below
// the other.
std::size_t columns_of(Ui& ui, const std::vector<card::Choice>& choices, float width) {
  constexpr float kBesideLabel = 44;  // ring and padding
  float widest = 0;
  for (const card::Choice& choice : choices) {
    widest = std::max(widest, ui.width_of(choice.label, ui.body()) + kBesideLabel);
  }
  for (const std::size_t columns : {choices.size(), std::size_t{2}}) {
    const auto count = static_cast<float>(columns);
    if (columns > 0 && choices.size() % columns == 0 &&
        widest <= (width - kGap * (count - 1)) / count) {
      return columns;
    }
  }
  return 1;
}

float draw_choices(Ui& ui, const card::Field& field, float x, float y, float width) {
  const std::size_t columns = columns_of(ui, field.choices, width);
  const auto count = static_cast<float>(columns);
  const float each = (width - kGap * (count - 1)) / count;
  const std::size_t rows = (field.choices.size() + columns - 1) / columns;
  const float height = (kRadioHeight + kGap) * static_cast<float>(rows) - kGap;
  ui.add(Role::kRadioGroup, field.id, {x, y, width, height}).name = field.label;
  ui.begin(field.id);
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    const std::size_t column = i % columns;
    const std::size_t row = i / columns;
    ui.radio(field.choices[i], x + static_cast<float>(column) * (each + kGap),
             y + static_cast<float>(row) * (kRadioHeight + kGap), each, kRadioHeight);
  }
  ui.end();
  return height;
}

float draw_field(Ui& ui, const card::Field& field, float x, float y, float width) {
  TextStyle label = ui.heading();
  label.color = ui.theme.text;
  const TextStyle help = ui.tiny();
  float top = y;
  const bool has_help = !field.help.empty();
  const float help_width = has_help ? std::ceil(ui.width_of(field.help, help)) : 0;
  ui.line({field.id + ":label"}, field.label, label, x, top, width - help_width - kGap);
  if (has_help) {
    ui.line({field.id + ":help"}, field.help, help, x + width - help_width, top + 2, help_width);
  }
  top += label.line_height + 4;
  if (field.kind == card::FieldKind::kChoice) {
    return top + draw_choices(ui, field, x, top, width) - y;
  }
  const bool wrong = !field.error.empty();
  const std::string described_by = wrong ? field.id + ":error" : has_help ? field.id + ":help" : "";
  ui.field(field, described_by, x, top, width, field_height(field));
  top += field_height(field);
  if (wrong) {
    TextStyle error = ui.small();
    error.color = ui.theme.critical;
    top += 4 + ui.paragraph({described_by}, field.error, error, x, top + 4, width);
  }
  return top - y;
}

// A soft shadow below the panel: a few thin layers, each a little larger than the last.
void draw_shadow(Ui& ui, const Rect& panel) {
  constexpr int kLayers = 6;
  constexpr Color kLayer = 0x07000000U;
  for (int layer = kLayers; layer > 0; --layer) {
    const auto grow = static_cast<float>(layer * 2);
    ui.fill({panel.x - grow, panel.y - grow + 6, panel.width + 2 * grow, panel.height + 2 * grow},
            kLayer, kRadius + grow);
  }
}

// What stands in the panel, from its top; returns the height.
float draw_content(Ui& ui, const card::Dialog& dialog, float x, float y, float width) {
  float top = y;
  TextStyle title = ui.title_style();
  title.size = ui.theme.font_size_css_px * 16 / 14;
  top += ui.paragraph({dialog.id + ":title", Role::kHeading, {}, 3}, dialog.title, title, x, top,
                      width);
  if (!dialog.body.empty()) {
    top += 6;
    top += ui.paragraph({dialog.id + ":body"}, dialog.body, ui.body(), x, top, width);
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
  const float wide = std::min(actions_width(ui, dialog.actions, kButton), width);
  top += draw_actions(ui, dialog.actions, x + width - wide, top, wide + 1, kButton);
  return top - y;
}

}  // namespace

PD_ENTERS_PART float draw_dialog(Ui& ui, const card::Dialog& dialog, float card_height) {
  const bool narrow = ui.input.width_css_px < kNarrow;
  const float margin = narrow ? 8 : 16;
  const float padding = narrow ? 16 : 20;
  const float width = std::min(ui.input.width_css_px - 2 * margin, kMostWidth);
  const float x = (ui.input.width_css_px - width) / 2;
  const float y = margin + 8;
  const auto draw = [&] {
    return draw_content(ui, dialog, x + padding, y + padding, width - 2 * padding);
  };
  const Rect panel{x, y, width, ui.measure(draw) + 2 * padding};
  const float height = std::max(card_height, y + panel.height + margin + 8);
  ui.fill({0, 0, ui.input.width_css_px, height}, ui.theme.overlay);
  draw_shadow(ui, panel);
  ui.fill(panel, ui.theme.background, kRadius);
  ui.outline(panel, ui.theme.dark ? ui.theme.border_strong : ui.theme.border, kRadius);
  TwinNode& node = ui.add(Role::kDialog, dialog.id, panel);
  node.name = dialog.title;
  node.described_by = dialog.body.empty() ? std::string() : dialog.id + ":body";
  ui.begin(dialog.id);
  draw();
  ui.end();
  return height;
}

}  // namespace pd::view
