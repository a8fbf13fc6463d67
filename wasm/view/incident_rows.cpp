// The list of incidents: how a row is laid out, which rows are drawn, and which are in the twin.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::IncidentRow;
using card::Section;

constexpr float kMostRowsHeight = 460;  // a longer list scrolls
constexpr float kBadgeGap = 4;
constexpr float kGroupHeading = 32;
constexpr float kTickBox = 28;   // what a box to tick takes at the left
constexpr float kDetailGap = 8;  // between a row and its detail
constexpr float kDetailRise = kRowPadding - kDetailGap;
// A button of an icon ends where text does, not its larger target.
constexpr float kExpandInset = 6;
constexpr float kExpand = kSmallButton - kExpandInset;

std::vector<const card::Badge*> badges_of(const IncidentRow& row) {
  std::vector<const card::Badge*> badges{&row.status};
  if (row.priority) badges.push_back(&*row.priority);
  if (row.urgency) badges.push_back(&*row.urgency);
  return badges;
}

float badges_width(Ui& ui, const IncidentRow& row) {
  float width = 0;
  for (const card::Badge* badge : badges_of(row)) width += ui.badge_width(*badge) + kBadgeGap;
  return width;
}

// Side by side, wrapping; returns where the last one ends.
ImVec2 draw_badges(Ui& ui, const IncidentRow& row, float x, float y, float width) {
  ImVec2 at{x, y};
  int index = 0;
  for (const card::Badge* badge : badges_of(row)) {
    if (at.x > x && at.x + ui.badge_width(*badge) > x + width) {
      at = {x, at.y + kBadgeHeight + kBadgeGap};
    }
    const std::string id = row.id + ":badge:" + std::to_string(index++);
    at.x += ui.badge(id, *badge, at.x, at.y) + kBadgeGap;
  }
  return {at.x, at.y + kBadgeHeight};
}

constexpr int kMetaLines = 3;  // on a phone: since when, whose, how many alerts

std::string meta_of(const IncidentRow& row) { return in_one_line(row.number, row.meta); }

float detail_left(float width) { return width < kWideRow ? 0 : kTextLeft; }

float draw_detail(Ui& ui, const IncidentRow& row, float x, float y, float width) {
  const float left = detail_left(width);
  return draw_incident_detail(ui, *row.detail, x + left, y, width - left);
}

// Wide: title, badges, meta behind or below them, actions at the right; so the badges of all rows are
// below each other. Narrow: title, meta, badges with the actions at the right where there is room.
// What opens the detail is at the right end.
RowLayout lay_out(Ui& ui, const IncidentRow& row, float width) {
  RowLayout layout;
  const bool has_actions = !row.actions.empty();
  const float actions = actions_width(ui, row.actions, kSmallButton);
  const float expand = row.expand ? kExpand + kGap : 0;
  layout.heading = row.heading.empty() ? 0 : kGroupHeading;
  layout.text_left = kTextLeft + (row.select ? kTickBox : 0);
  layout.actions_beside = has_actions && width >= kWideRow;
  layout.text_width = width - layout.text_left;
  if (layout.actions_beside) layout.text_width -= actions + 16 + expand;
  layout.title_width = layout.text_width - (layout.actions_beside ? 0 : expand);
  const auto lines_height = [&](const std::string& text, const TextStyle& style, float room,
                                int most = 2) {
    const int lines = std::max(1, ui.line_count(text, style, room, most));
    return static_cast<float>(lines) * style.line_height;
  };
  const float badges = badges_width(ui, row);
  const float start = layout.heading + kRowPadding;
  float y = start + lines_height(row.title.text, ui.strong(), layout.title_width) + 4;
  const float beside = badges + 4 + ui.width_of(meta_of(row), ui.small());
  layout.meta_behind_badges = width >= kWideRow && beside <= layout.title_width;
  if (layout.meta_behind_badges) {
    layout.badges_top = y;
    layout.meta_top = y + 1;
    y += kBadgeHeight;
  } else if (layout.actions_beside || (width >= kWideRow && !has_actions)) {
    layout.badges_top = y;
    y += ui.measure([&] { return draw_badges(ui, row, 0, 0, layout.text_width).y; }) + 2;
    layout.meta_top = y;
    y += lines_height(meta_of(row), ui.small(), layout.text_width, kMetaLines);
  } else {
    layout.meta_top = y - 2;
    y += lines_height(meta_of(row), ui.small(), layout.text_width, kMetaLines) + 4;
    layout.actions_behind_badges =
        has_actions && !layout.actions_beside && badges + 8 + actions <= layout.text_width;
    layout.badges_top = y + (layout.actions_behind_badges ? (kSmallButton - kBadgeHeight) / 2 : 0);
    layout.actions_top = y;
    y += layout.actions_behind_badges
             ? kSmallButton
             : ui.measure([&] { return draw_badges(ui, row, 0, 0, layout.text_width).y; });
  }
  if (has_actions && !layout.actions_beside && !layout.actions_behind_badges) {
    layout.actions_top = y + kGap;
    y = layout.actions_top + ui.measure([&] {
      return draw_actions(ui, row.actions, 0, 0, layout.text_width, kSmallButton);
    });
  }
  layout.row_height = y + kRowPadding;
  if (layout.actions_beside) {
    layout.actions_top = layout.heading + (layout.row_height - layout.heading - kSmallButton) / 2;
  }
  layout.height = layout.row_height;
  if (row.detail) {
    layout.height += ui.measure([&] { return draw_detail(ui, row, 0, 0, width); }) + kDetailGap;
  }
  return layout;
}

void draw_row_text(Ui& ui, const IncidentRow& row, const RowLayout& layout, float x, float y) {
  const auto draw_meta = [&](float left) {
    ui.paragraph({row.id + ":meta"}, meta_of(row), ui.small(), left, y + layout.meta_top,
                 x + layout.text_width - left, kMetaLines);
  };
  if (!layout.meta_behind_badges) draw_meta(x);
  const ImVec2 end = draw_badges(ui, row, x, y + layout.badges_top, layout.text_width);
  if (layout.meta_behind_badges) draw_meta(end.x + 4);
}

void draw_marks(Ui& ui, const IncidentRow& row, float x, float y) {
  if (row.select) {
    ui.checkbox(*row.select, x - (kLeastTarget - 16) / 2, y - 2);
    x += kTickBox;
  }
  if (row.pending) {
    ui.icon(card::Icon::kClock, x - 1, y + 3, kShape + 2, ui.theme.text_muted);
  } else {
    ui.shape(row.tone, x, y + 4, kShape);
  }
}

void draw_row_actions(Ui& ui, const IncidentRow& row, const RowLayout& layout, float x, float y,
                      float width) {
  const float wide = actions_width(ui, row.actions, kSmallButton);
  const float expand = layout.actions_beside && row.expand ? kExpand + kGap : 0;
  const bool at_right = layout.actions_beside || layout.actions_behind_badges;
  const float left = at_right ? x + width - wide - expand : x + layout.text_left;
  draw_actions(ui, row.actions, left, y + layout.actions_top,
               at_right ? wide + 1 : layout.text_width, kSmallButton);
}

void draw_expand(Ui& ui, const IncidentRow& row, const RowLayout& layout, float x, float y,
                 float width) {
  const float left = x + width - kExpand;
  if (layout.actions_beside) {
    ui.button(*row.expand, left, y + layout.actions_top, kSmallButton, kSmallButton);
  } else {
    ui.button(*row.expand, left, y + layout.heading + kRowPadding - 2, kSmallButton, kLeastTarget);
  }
}

void draw_row(Ui& ui, const IncidentRow& row, const RowLayout& layout, float x, float y,
              float width) {
  const float start = y + layout.heading;
  const float high = layout.row_height - layout.heading;
  if (ui.is_hovered({x, start, width, high})) {
    ui.fill({x - kBleed, start + 2, width + 2 * kBleed, high - 4}, ui.theme.surface_hover, 6);
  }
  if (layout.heading > 0) {
    const TextStyle style = ui.heading();
    ui.line({row.id + ":group", Role::kHeading, {}, ui.part_level}, row.heading, style, x,
            start - 20, width);
  }
  draw_marks(ui, row, x, start + kRowPadding);
  const float left = x + layout.text_left;
  ui.paragraph({row.title.id, Role::kLink, row.title.href}, row.title.text, ui.strong(), left,
               start + kRowPadding, layout.title_width, 2);
  const bool expands_first = row.expand && !layout.actions_beside;
  if (expands_first) draw_expand(ui, row, layout, x, y, width);
  draw_row_text(ui, row, layout, left, y);
  if (!row.actions.empty()) draw_row_actions(ui, row, layout, x, y, width);
  if (row.expand && !expands_first) draw_expand(ui, row, layout, x, y, width);
  if (row.detail) draw_detail(ui, row, x, y + layout.row_height - kDetailRise, width);
}

// Of `count` when not all rows are in the twin, else 0.
void draw_item(Ui& ui, const IncidentRow& row, const RowLayout& layout, std::size_t index,
               std::size_t count, float x, float width) {
  const std::size_t first = ui.output.twin.size();
  TwinNode& item = ui.add(Role::kListItem, row.id, {x, layout.top, width, layout.height});
  item.set_size = static_cast<int>(count);
  item.position = count > 0 ? static_cast<int>(index) + 1 : 0;
  ui.begin(row.id);
  draw_row(ui, row, layout, x, layout.top, width);
  ui.end();
  if (ui.input.focused_node.empty()) return;
  for (std::size_t i = first; i < ui.output.twin.size(); ++i) {
    if (ui.output.twin[i].id == ui.input.focused_node) ui.memory().focused_row = row.id;
  }
}

void lay_out_rows(Ui& ui, const Section& section, float width, std::vector<RowLayout>& rows) {
  rows.clear();
  rows.reserve(section.incidents.size());
  float top = 0;
  for (const IncidentRow& row : section.incidents) {
    RowLayout& layout = rows.emplace_back(lay_out(ui, row, width));
    layout.top = top;
    top += layout.height + 1;
  }
}

// An open detail is read beside its row, not through a slit.
float room_for_details(const std::vector<RowLayout>& rows) {
  constexpr float kMost = 480;
  float height = 0;
  for (const RowLayout& row : rows) height += row.height - row.row_height;
  return std::min(height, kMost);
}

struct Range {
  std::size_t begin = 0, end = 0;
  bool holds(std::size_t i) const { return i >= begin && i < end; }
};

Range rows_in_sight(const std::vector<RowLayout>& rows, const Ui::Scroll& scroll) {
  const auto begin = std::ranges::partition_point(
      rows, [&](const RowLayout& row) { return row.top + row.height <= scroll.seen_top(); });
  const auto end = std::ranges::partition_point(
      rows, [&](const RowLayout& row) { return row.top < scroll.seen_bottom(); });
  return {static_cast<std::size_t>(begin - rows.begin()),
          static_cast<std::size_t>(std::max(begin, end) - rows.begin())};
}

// Up to this many rows are all in the twin: found by find-in-page, listed by a screen reader. Of
// more, those around the window are: 5,000 rows whole are 6 MB of JSON and 60,000 elements, which
// takes the browser seconds. The window moves by whole blocks, so that most scrolling changes
// nothing.
constexpr std::size_t kMostRowsInTwin = 200;
constexpr std::size_t kTwinBlock = 16;

Range rows_in_twin(std::size_t count, Range seen) {
  if (count <= kMostRowsInTwin) return {0, count};
  const std::size_t first = seen.begin / kTwinBlock * kTwinBlock;
  const std::size_t last = (seen.end / kTwinBlock + 2) * kTwinBlock;
  return {first - std::min(first, kTwinBlock), std::min(last, count)};
}

void draw_rows(Ui& ui, const Section& section, const std::vector<RowLayout>& rows, float width,
               const Ui::Scroll& scroll) {
  Memory& memory = ui.memory();
  const Range seen = rows_in_sight(rows, scroll);
  const Range twin = rows_in_twin(rows.size(), seen);
  // Unchanged and around the same rows: the shell has their nodes.
  const bool known =
      ui.input.unchanged && memory.twin_begin == twin.begin && memory.twin_end == twin.end;
  if (!known) ui.output.twin_complete = true;
  memory.twin_begin = twin.begin;
  memory.twin_end = twin.end;
  if (ui.input.focused_node.empty()) memory.focused_row.clear();
  const Range wanted = known ? seen : twin;
  const auto draw = [&](std::size_t i) {
    ui.draws = seen.holds(i);
    if (i > 0) ui.rule(kBleed, rows[i].top - 1, width, ui.theme.border);
    const std::size_t count = rows.size() > kMostRowsInTwin ? rows.size() : 0;
    draw_item(ui, section.incidents[i], rows[i], i, count, kBleed, width);
  };
  // The row with the focus keeps its nodes wherever it is.
  std::size_t focused = rows.size();
  if (!known && !memory.focused_row.empty()) {
    const auto found = std::ranges::find(section.incidents, memory.focused_row, &IncidentRow::id);
    focused = static_cast<std::size_t>(found - section.incidents.begin());
  }
  if (focused < wanted.begin) draw(focused);
  for (std::size_t i = wanted.begin; i < wanted.end; ++i) draw(i);
  if (focused >= wanted.end && focused < rows.size()) draw(focused);
}

}  // namespace

float draw_incidents(Ui& ui, const Section& section, float x, float y, float width) {
  if (section.incidents.empty()) return 0;
  std::vector<RowLayout>& rows = ui.memory().incidents;
  const bool known = ui.input.unchanged || ui.rows_laid_out;
  if (!known || rows.size() != section.incidents.size()) {
    lay_out_rows(ui, section, width, rows);
  }
  ui.rows_laid_out = true;
  const float content = rows.back().top + rows.back().height;
  const float most = kMostRowsHeight + room_for_details(rows);
  // A list that is only a little too long is not worth a scrollbar.
  const bool scrolls = !ui.rows_scroll_with_card && content > most + 40;
  const float height = scrolls ? most : content;
  if (!ui.draws) return height;  // measured
  const std::string list_id = section.id + ":list";
  const Rect window{x - kBleed, y, width + 2 * kBleed, height};
  TwinNode& list = ui.add(Role::kList, list_id, window);
  list.name = section.title;
  list.scroller =
      true;  // its rows are in its own coordinates; it scrolls when they are higher than it
  list.content_height = content;
  ui.begin(list_id);
  {
    const Ui::Scroll scroll(ui, list_id, window, content);
    draw_rows(ui, section, rows, width, scroll);
  }
  ui.end();
  if (scrolls) ui.rule(x, y + height, width, ui.theme.border);
  return height;
}

}  // namespace pd::view
