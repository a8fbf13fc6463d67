#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

// What a change may have broken.
float draw_relation(Ui& ui, const card::ChangeRow& row, float x, float y, float width) {
  constexpr float kMark = 12;
  TextStyle style = ui.small();
  float left = x;
  if (row.relation_tone != card::Tone::kNeutral) {
    style.color = ui.color_of(row.relation_tone);
    ui.shape(row.relation_tone, x, y + 3, kMark);
    left += kMark + 6;
  }
  return ui.paragraph({row.id + ":relation"}, row.relation, style, left, y, x + width - left, 2);
}

float draw_change(Ui& ui, const card::ChangeRow& row, float x, float y, float width) {
  const std::size_t node = ui.open(Role::kListItem, row.id, {x, y, width, 0});
  ui.shape(card::Tone::kMaintenance, x, y + kRowPadding + 4, kShape);
  const float left = x + kTextLeft;
  const float room = width - kTextLeft;
  float top = y + kRowPadding;
  top += ui.paragraph({row.summary.id, Role::kLink, row.summary.href}, row.summary.text,
                      ui.strong(), left, top, room, 2);
  top += 2 + ui.paragraph({row.id + ":meta"}, row.meta, ui.small(), left, top + 2, room, 2);
  if (!row.relation.empty()) top += 4 + draw_relation(ui, row, left, top + 4, room);
  if (!row.links.empty()) top += draw_links(ui, row.links, left, top + 2, room);
  const float height = top + kRowPadding - y;
  ui.close(node, height);
  return height;
}

}  // namespace

float draw_changes(Ui& ui, const card::Section& section, float x, float y, float width) {
  float top = y;
  if (section.axis) top += draw_time_axis(ui, *section.axis, x, top, width) + kGap;
  if (section.changes.empty()) return top - y;
  const std::string list_id = section.id + ":list";
  const std::size_t node = ui.open(Role::kList, list_id, {x, top, width, 0}, section.title);
  const float start = top;
  for (const card::ChangeRow& row : section.changes) {
    if (top > start) ui.rule(x, top++, width, ui.theme.border);
    top += draw_change(ui, row, x, top, width);
  }
  ui.close(node, top - start);
  return top - y;
}

}  // namespace pd::view
