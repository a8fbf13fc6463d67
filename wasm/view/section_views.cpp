// What stands in a section: incidents, changes, on-calls, and their skeletons.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;
using card::SectionState;

constexpr float kRowPadding = 12;
constexpr float kShape = 12;
constexpr float kTextLeft = 20;         // of a row's text, behind its shape
constexpr float kWideRow = 460;         // from here on, actions stand beside the text
constexpr float kMostRowsHeight = 460;  // a longer list scrolls
constexpr float kBadgeHeight = 20;
constexpr float kBadgeGap = 4;
constexpr float kAvatar = 32;
constexpr float kPersonRow = kAvatar + 8;
// A row's hover ground reaches this far beyond its text on both sides.
constexpr float kBleed = 8;

// ---- Incidents ----

std::vector<const card::Badge*> badges_of(const card::IncidentRow& row) {
  std::vector<const card::Badge*> badges{&row.status};
  if (row.priority) badges.push_back(&*row.priority);
  if (row.urgency) badges.push_back(&*row.urgency);
  return badges;
}

float badges_width(Ui& ui, const card::IncidentRow& row) {
  float width = 0;
  for (const card::Badge* badge : badges_of(row)) width += ui.badge_width(*badge) + kBadgeGap;
  return width;
}

std::string meta_of(const card::IncidentRow& row) {
  if (row.number.empty() || row.meta.empty()) return row.number + row.meta;
  return row.number + " \xC2\xB7 " + row.meta;
}

// Wide: title, badges and meta, actions at the right. Narrow: title, meta, badges with the actions
// at the right where there is room.
RowLayout lay_out(Ui& ui, const card::IncidentRow& row, float width) {
  RowLayout layout;
  const bool has_actions = !row.actions.empty();
  const float actions = actions_width(ui, row.actions, kSmallButton);
  layout.actions_beside = has_actions && width >= kWideRow;
  layout.text_width = width - kTextLeft - (layout.actions_beside ? actions + 16 : 0);
  const auto lines_height = [&](const std::string& text, const TextStyle& style) {
    const int lines = std::max(1, ui.line_count(text, style, layout.text_width, 2));
    return static_cast<float>(lines) * style.line_height;
  };
  const float badges = badges_width(ui, row);
  float y = kRowPadding + lines_height(row.title.text, ui.strong()) + 4;
  const float beside = badges + 4 + ui.width_of(meta_of(row), ui.small());
  layout.meta_behind_badges = width >= kWideRow && beside <= layout.text_width;
  if (layout.meta_behind_badges) {
    layout.badges_top = y;
    layout.meta_top = y + 1;
    y += kBadgeHeight;
  } else {
    layout.meta_top = y - 2;
    y += lines_height(meta_of(row), ui.small()) + 4;
    layout.actions_behind_badges =
        has_actions && !layout.actions_beside && badges + 8 + actions <= layout.text_width;
    layout.badges_top = y + (layout.actions_behind_badges ? (kSmallButton - kBadgeHeight) / 2 : 0);
    layout.actions_top = y;
    y += layout.actions_behind_badges ? kSmallButton : kBadgeHeight;
  }
  if (has_actions && !layout.actions_beside && !layout.actions_behind_badges) {
    layout.actions_top = y + kGap;
    y = layout.actions_top + ui.measure([&] {
      return draw_actions(ui, row.actions, 0, 0, layout.text_width, kSmallButton);
    });
  }
  layout.height = y + kRowPadding;
  if (layout.actions_beside) layout.actions_top = (layout.height - kSmallButton) / 2;
  return layout;
}

void draw_row_text(Ui& ui, const card::IncidentRow& row, const RowLayout& layout, float x,
                   float y) {
  ui.paragraph({row.title.id, Role::kLink, row.title.href}, row.title.text, ui.strong(), x,
               y + kRowPadding, layout.text_width, 2);
  const auto draw_meta = [&](float left) {
    ui.paragraph({row.id + ":meta"}, meta_of(row), ui.small(), left, y + layout.meta_top,
                 x + layout.text_width - left, 2);
  };
  if (!layout.meta_behind_badges) draw_meta(x);
  float at = x;
  int index = 0;
  for (const card::Badge* badge : badges_of(row)) {
    const std::string id = row.id + ":badge:" + std::to_string(index++);
    at += ui.badge(id, *badge, at, y + layout.badges_top) + kBadgeGap;
  }
  if (layout.meta_behind_badges) draw_meta(at + 4);
}

void draw_incident(Ui& ui, const card::IncidentRow& row, const RowLayout& layout, float x, float y,
                   float width) {
  const Rect rect{x, y, width, layout.height};
  if (ui.is_hovered(rect)) {
    ui.fill({x - kBleed, y + 2, width + 2 * kBleed, layout.height - 4}, ui.theme.surface_hover, 6);
  }
  ui.add(Role::kListItem, row.id, rect);
  ui.begin(row.id);
  if (row.pending) {
    ui.icon(card::Icon::kClock, x - 1, y + kRowPadding + 3, kShape + 2, ui.theme.text_muted);
  } else {
    ui.shape(row.tone, x, y + kRowPadding + 4, kShape);
  }
  draw_row_text(ui, row, layout, x + kTextLeft, y);
  if (!row.actions.empty()) {
    const float wide = actions_width(ui, row.actions, kSmallButton);
    const bool at_right = layout.actions_beside || layout.actions_behind_badges;
    const float left = at_right ? x + width - wide : x + kTextLeft;
    draw_actions(ui, row.actions, left, y + layout.actions_top,
                 at_right ? wide + 1 : layout.text_width, kSmallButton);
  }
  ui.end();
}

void lay_out_rows(Ui& ui, const Section& section, float width, std::vector<RowLayout>& rows) {
  rows.clear();
  rows.reserve(section.incidents.size());
  float top = 0;
  for (const card::IncidentRow& row : section.incidents) {
    RowLayout& layout = rows.emplace_back(lay_out(ui, row, width));
    layout.top = top;
    top += layout.height + 1;
  }
}

// Draws the rows in sight; all of them are in the twin, which is left alone when nothing has
// changed.
void draw_rows(Ui& ui, const Section& section, const std::vector<RowLayout>& rows, float width,
               const Ui::Scroll& scroll) {
  std::size_t i = 0;
  if (ui.input.unchanged) {
    const auto first = std::ranges::partition_point(
        rows, [&](const RowLayout& row) { return row.top + row.height <= scroll.top(); });
    i = static_cast<std::size_t>(first - rows.begin());
  }
  for (; i < rows.size(); ++i) {
    const bool visible = scroll.is_visible(rows[i].top, rows[i].height);
    if (ui.input.unchanged && !visible) break;
    ui.draws = scroll.draws() && visible;
    if (i > 0) ui.rule(kBleed, rows[i].top - 1, width, ui.theme.border);
    draw_incident(ui, section.incidents[i], rows[i], kBleed, rows[i].top, width);
  }
}

float draw_incidents(Ui& ui, const Section& section, float x, float y, float width) {
  std::vector<RowLayout> own;
  std::vector<RowLayout>& rows = ui.input.memory != nullptr ? ui.input.memory->incidents : own;
  if (!ui.input.unchanged || rows.size() != section.incidents.size()) {
    lay_out_rows(ui, section, width, rows);
  }
  const float content = rows.back().top + rows.back().height;
  // A list that is only a little too long is not worth a scrollbar.
  const bool scrolls = !ui.rows_scroll_with_card && content > kMostRowsHeight + 40;
  const float height = scrolls ? kMostRowsHeight : content;
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

// ---- Changes ----

// Links side by side, wrapping; returns the height.
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

float draw_change(Ui& ui, const card::ChangeRow& row, float x, float y, float width) {
  const std::size_t node = ui.output.twin.size();
  ui.add(Role::kListItem, row.id, {x, y, width, 0});
  ui.begin(row.id);
  ui.shape(card::Tone::kMaintenance, x, y + kRowPadding + 4, kShape);
  const float left = x + kTextLeft;
  const float room = width - kTextLeft;
  float top = y + kRowPadding;
  top += ui.paragraph({row.summary.id, Role::kLink, row.summary.href}, row.summary.text,
                      ui.strong(), left, top, room, 2);
  top += 2 + ui.paragraph({row.id + ":meta"}, row.meta, ui.small(), left, top + 2, room, 2);
  if (!row.links.empty()) top += draw_links(ui, row.links, left, top + 2, room);
  ui.end();
  const float height = top + kRowPadding - y;
  ui.output.twin[node].rect.height = height;
  return height;
}

float draw_changes(Ui& ui, const Section& section, float x, float y, float width) {
  const std::string list_id = section.id + ":list";
  const std::size_t node = ui.output.twin.size();
  ui.add(Role::kList, list_id, {x, y, width, 0}).name = section.title;
  ui.begin(list_id);
  float top = y;
  for (const card::ChangeRow& row : section.changes) {
    if (top > y) ui.rule(x, top++, width, ui.theme.border);
    top += draw_change(ui, row, x, top, width);
  }
  ui.end();
  ui.output.twin[node].rect.height = top - y;
  return top - y;
}

// ---- On call ----

void draw_avatar(Ui& ui, const card::Person& person, float x, float y) {
  ui.fill({x, y, kAvatar, kAvatar}, avatar_ground(person.hue), kAvatar / 2);
  TextStyle style = ui.tiny();
  style.face = text::Face::kBold;
  style.color = 0xFFFFFFFF;
  const float wide = ui.width_of(person.initials, style);
  ui.text_only(person.initials, style, x + (kAvatar - wide) / 2,
               y + (kAvatar - style.line_height) / 2, kAvatar);
}

float draw_person(Ui& ui, const card::Person& person, float x, float y, float width) {
  constexpr float kContact = 28;
  // The icon ends where text does, not its larger target.
  constexpr float kContactInset = 6;
  ui.add(Role::kListItem, person.id, {x, y, width, kPersonRow});
  ui.begin(person.id);
  draw_avatar(ui, person, x, y + 4);
  const float left = x + kAvatar + 12;
  float at = x + width + kContactInset - static_cast<float>(person.contacts.size()) * kContact;
  const float room = (person.contacts.empty() ? x + width : at) - left;
  ui.line({person.name.id, Role::kLink, person.name.href}, person.name.text, ui.strong(), left,
          y + 1, room);
  ui.line({person.id + ":until"}, person.until, ui.small(), left, y + 21, room);
  for (const card::Link& contact : person.contacts) {
    const bool phone = contact.href.starts_with("tel:");
    ui.icon_link(contact, phone ? card::Icon::kPhone : card::Icon::kMail, at, y + 6, kContact);
    at += kContact;
  }
  ui.end();
  return kPersonRow;
}

float draw_people(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  const float height = static_cast<float>(level.people.size()) * kPersonRow;
  const std::string list_id = level.id + ":people";
  ui.add(Role::kList, list_id, {x, y, width, height}).name = level.label;
  ui.begin(list_id);
  float top = y;
  for (const card::Person& person : level.people) top += draw_person(ui, person, x, top, width);
  ui.end();
  return height;
}

float draw_gap(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  constexpr float kGapShape = 14;
  ui.shape(card::Tone::kWarning, x + 1, y + 4, kGapShape);
  TextStyle style = ui.small();
  style.color = ui.theme.warning;
  const float left = kGapShape + kGap + 2;
  return ui.paragraph({level.id + ":gap"}, level.gap, style, x + left, y + 2, width - left) + 8;
}

float draw_level(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  float top = y + 8;
  TextStyle label = ui.tiny();
  label.face = text::Face::kBold;
  if (level.primary) label.color = ui.theme.text;
  const std::size_t group = ui.output.twin.size();
  ui.add(Role::kGroup, level.id, {x, y, width, 0}).name = level.label;
  ui.begin(level.id);
  const float at = x + ui.line({level.id + ":label"}, level.label, label, x, top, width) + kGap;
  if (!level.detail.empty()) {
    ui.line({level.id + ":detail"}, level.detail, ui.tiny(), at, top, x + width - at);
  }
  top += label.line_height + 2;
  if (!level.people.empty()) top += draw_people(ui, level, x, top, width);
  if (!level.gap.empty()) top += draw_gap(ui, level, x, top, width);
  ui.end();
  ui.output.twin[group].rect.height = top - y;
  return top - y;
}

// ---- Loading ----

// As high as the rows that will come, so that nothing jumps.
float draw_skeleton(Ui& ui, const Section& section, float x, float y, float width) {
  constexpr float kSkeletonRow = 64;
  const float mark = section.kind == SectionKind::kOnCall ? kAvatar : kShape;
  const float left = x + (section.kind == SectionKind::kOnCall ? kAvatar + 12 : kTextLeft);
  const float room = x + width - left;
  for (int i = 0; i < section.skeleton_rows; ++i) {
    const float top = y + static_cast<float>(i) * kSkeletonRow + kRowPadding;
    ui.fill({x, top + 4, mark, mark}, ui.theme.skeleton, mark / 2);
    ui.fill({left, top + 4, room * (i % 2 == 0 ? 0.7F : 0.55F), 12}, ui.theme.skeleton, 4);
    ui.fill({left, top + 25, room * 0.4F, 10}, ui.theme.skeleton, 4);
  }
  return static_cast<float>(section.skeleton_rows) * kSkeletonRow;
}

}  // namespace

float draw_on_call(Ui& ui, const Section& section, float x, float y, float width) {
  float top = y;
  for (const card::OnCallLevel& level : section.on_call)
    top += draw_level(ui, level, x, top, width);
  return top - y;
}

float draw_section_body(Ui& ui, const Section& section, float x, float y, float width) {
  float top = y;
  if (section.state == SectionState::kEmpty && section.notice)
    return draw_empty(ui, *section.notice, x, y, width);
  if (section.notice) top += draw_notice(ui, *section.notice, x, top + kGap, width) + 2 * kGap;
  if (section.state == SectionState::kLoading) top += draw_skeleton(ui, section, x, top, width);
  switch (section.kind) {
    case SectionKind::kIncidents:
      if (!section.incidents.empty()) top += draw_incidents(ui, section, x, top, width);
      break;
    case SectionKind::kChanges:
      if (!section.changes.empty()) top += draw_changes(ui, section, x, top, width);
      break;
    case SectionKind::kOnCall: top += draw_on_call(ui, section, x, top, width); break;
    case SectionKind::kStatus:
    case SectionKind::kInsights:
    case SectionKind::kStandards:
    case SectionKind::kServices: break;
  }
  return top - y;
}

}  // namespace pd::view
