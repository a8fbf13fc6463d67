#include <algorithm>
#include <cmath>
#include <utility>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;

constexpr float kTabHeight = 36;

// One tab from `x` on: its label, a count on a ground of its own, a line under the selected one.
// Returns its width.
float draw_tab(Ui& ui, const card::Tab& tab, float x, float y) {
  constexpr float kCountHeight = 18;
  constexpr float kCountPadding = 6;
  TextStyle label = ui.strong();
  const TextStyle number = ui.tiny();
  const float label_width = std::ceil(ui.width_of(tab.label, label));
  const float number_width = std::ceil(ui.width_of(tab.count, number));
  const float pill = std::max(number_width + 2 * kCountPadding, kCountHeight);
  const float width = label_width + (tab.count.empty() ? 0 : kGap + pill);
  const Rect rect{x, y, width, kTabHeight};
  const bool hovered = ui.is_hovered(rect);
  if (hovered) ui.output.hovered_node = tab.id;
  if (!tab.selected && !hovered) label.color = ui.theme.text_muted;
  ui.text_only(tab.label, label, x, y + 7, label_width + 1);
  if (!tab.count.empty()) {
    const float left = x + label_width + kGap;
    ui.fill({left, y + 8, pill, kCountHeight}, ui.theme.disabled_soft, kCountHeight / 2);
    ui.text_only(tab.count, number, left + (pill - number_width) / 2, y + 9, pill);
  }
  if (tab.selected || hovered) {
    const Color line = tab.selected ? ui.theme.accent : ui.theme.border_strong;
    ui.fill({x, y + kTabHeight - 2, width, 2}, line);
  }
  TwinNode& node = ui.add(Role::kTab, tab.id, rect);
  node.text = tab.count.empty() ? tab.label : tab.label + " " + tab.count;
  node.selected = tab.selected;
  node.controls = tab.section_id;
  node.font_size = label.size;
  node.font_weight = 600;
  return width;
}

}  // namespace

// Tabs and the panel of the selected one.
float draw_tabs(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kTabGap = 20;
  ui.add(Role::kTabList, "tabs", {x, y, width, kTabHeight}).name = model.name;
  ui.begin("tabs");
  ui.rule(x, y + kTabHeight - 1, width, ui.theme.border);
  float at = x;
  for (const card::Tab& tab : model.tabs) at += draw_tab(ui, tab, at, y) + kTabGap;
  ui.end();
  const auto selected = std::ranges::find(model.tabs, true, &card::Tab::selected);
  float top = y + kTabHeight;
  for (const Section& section : model.sections) {
    if (selected == model.tabs.end() || section.id != selected->section_id) continue;
    const std::size_t node =
        ui.open(Role::kTabPanel, section.id, {x, top, width, 0}, section.title);
    float height = 0;
    if (!section.age.empty()) {
      ui.line({section.id + ":age"}, section.age, ui.tiny(), x, top + kGap, width);
      height += kGap + ui.tiny().line_height;
    }
    const int level = std::exchange(ui.part_level, ui.part_level - 1);
    height += draw_section_body(ui, section, x, top + height, width);
    ui.part_level = level;
    ui.close(node, height);
    top += height;
  }
  return top - y;
}

bool is_tabbed(const card::ViewModel& model, const Section& section) {
  return std::ranges::any_of(model.tabs,
                             [&](const card::Tab& tab) { return tab.section_id == section.id; });
}

}  // namespace pd::view
