// Of what is still to come: as high as it will be, so that nothing jumps.
#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::SectionKind;

// A long and a short bar, with a mark in front where rows have one.
void draw_bars(Ui& ui, int index, float mark, float x, float y, float width) {
  const float left = mark > 0 ? x + mark + (mark > kShape ? 12 : kGap) : x;
  const float room = x + width - left;
  if (mark > 0) ui.fill({x, y + 4, mark, mark}, ui.theme.skeleton, mark / 2);
  ui.fill({left, y + 4, room * (index % 2 == 0 ? 0.7F : 0.55F), 12}, ui.theme.skeleton, 4);
  ui.fill({left, y + 25, room * 0.4F, 10}, ui.theme.skeleton, 4);
}

float draw_tiles(Ui& ui, int count, float x, float y, float width) {
  constexpr float kTile = 96;
  const float each = (width - kGap) / 2;
  for (int i = 0; i < count; ++i) {
    const float left = x + static_cast<float>(i % 2) * (each + kGap);
    const int row = i / 2;
    const float top = y + static_cast<float>(row) * (kTile + kGap);
    ui.fill({left, top, each, kTile}, ui.theme.surface, ui.theme.radius_css_px);
    draw_bars(ui, i, 0, left + kRowPadding, top + 20, each - 2 * kRowPadding);
  }
  const int rows = (count + 1) / 2;
  return static_cast<float>(rows) * (kTile + kGap);
}

}  // namespace

float draw_skeleton_lines(Ui& ui, int count, float x, float y, float width) {
  constexpr float kLine = 24;
  for (int i = 0; i < count; ++i) {
    const float top = y + static_cast<float>(i) * kLine + 7;
    ui.fill({x, top, width * (i % 2 == 0 ? 0.7F : 0.5F), 10}, ui.theme.skeleton, 4);
  }
  return static_cast<float>(count) * kLine;
}

float draw_skeleton(Ui& ui, const card::Section& section, float x, float y, float width) {
  constexpr float kRow = 64;
  const int count = section.skeleton_rows;
  if (section.kind == SectionKind::kInsights) return draw_tiles(ui, count, x, y, width);
  if (section.kind == SectionKind::kStatus || section.kind == SectionKind::kStandards) {
    return draw_skeleton_lines(ui, count, x, y, width);
  }
  const float mark = section.kind == SectionKind::kOnCall ? kAvatar : kShape;
  for (int i = 0; i < count; ++i) {
    draw_bars(ui, i, mark, x, y + static_cast<float>(i) * kRow + kRowPadding, width);
  }
  return static_cast<float>(count) * kRow;
}

}  // namespace pd::view
