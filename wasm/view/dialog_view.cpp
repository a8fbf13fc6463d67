#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kMostWidth = 460;
constexpr float kNarrow = 400;
constexpr float kRadius = 10;
constexpr float kButton = 36;

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
  if (!dialog.facts.empty()) {
    top += 12;
    top += draw_facts(ui, dialog.id + ":facts", dialog.facts, x, top, width);
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
