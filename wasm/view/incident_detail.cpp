// What an incident's row opens: its facts, what can be done, and lists of what happened.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::SectionState;

constexpr float kPadding = 12;

// How wide the times of a group are; 0: they have lines of their own.
float when_width(Ui& ui, const card::DetailGroup& group, float width) {
  constexpr float kMostOfWidth = 0.3F;
  float widest = 0;
  for (const card::DetailRow& row : group.rows) {
    if (!row.when.empty()) widest = std::max(widest, std::ceil(ui.width_of(row.when, ui.tiny())));
  }
  return widest <= width * kMostOfWidth ? widest : 0;
}

float draw_detail_row(Ui& ui, const card::DetailRow& row, float when, bool has_shapes, float x,
                      float y, float width) {
  constexpr float kMark = 10;
  constexpr float kInLine = 3;
  const std::size_t node = ui.open(Role::kListItem, row.id, {x, y, width, 0});
  float left = x;
  float top = y + kInLine;
  if (!row.when.empty()) {
    ui.line({row.id + ":when"}, row.when, ui.tiny(), x, top + 1, width);
    if (when == 0) top += ui.tiny().line_height;
  }
  if (when > 0) left += when + kGap;
  if (has_shapes) {
    if (row.tone != card::Tone::kNeutral) ui.shape(row.tone, left, top + 4, kMark);
    left += kMark + kGap;
  }
  const float badge = row.badge ? ui.badge_width(*row.badge) + kGap : 0;
  const float room = x + width - left;
  // A badge that would leave the text too little stands below it.
  const bool beside = badge > 0 && room - badge >= 120;
  TextStyle style = ui.small();
  style.color = ui.theme.text;
  const float text_top = top;
  top += draw_link(ui, row.text, style, left, top, beside ? room - badge : room, 4);
  if (row.badge) {
    const std::string id = row.id + ":badge";
    if (beside) {
      ui.badge(id, *row.badge, x + width - badge + kGap, text_top - 1);
      top = std::max(top, text_top + kBadgeHeight - 2);
    } else {
      ui.badge(id, *row.badge, left, top + 3);
      top += kBadgeHeight + 4;
    }
  }
  if (!row.meta.empty()) {
    top += ui.paragraph({row.id + ":meta"}, row.meta, ui.tiny(), left, top, room, 2);
  }
  const float height = std::max(top + kInLine - y, kLeastTarget);
  ui.close(node, height);
  return height;
}

float draw_group_rows(Ui& ui, const card::DetailGroup& group, float x, float y, float width) {
  const float when = when_width(ui, group, width);
  const bool has_shapes = std::ranges::any_of(
      group.rows, [](const auto& row) { return row.tone != card::Tone::kNeutral; });
  const std::string id = group.id + ":list";
  const std::size_t node = ui.open(Role::kList, id, {x, y, width, 0}, group.title);
  float top = y;
  for (const card::DetailRow& row : group.rows) {
    top += draw_detail_row(ui, row, when, has_shapes, x, top, width);
  }
  ui.close(node, top - y);
  return top - y;
}

float draw_group(Ui& ui, const card::DetailGroup& group, float x, float y, float width) {
  const std::size_t node = ui.open(Role::kGroup, group.id, {x, y, width, 0}, group.title);
  float top = y;
  TextStyle title = ui.tiny_strong();
  title.color = ui.theme.text;
  const float wide = ui.line({group.id + ":title", Role::kHeading, {}, ui.part_level}, group.title,
                             title, x, top, width);
  if (!group.count.empty()) {
    const float left = x + wide + 6;
    ui.line({group.id + ":count"}, group.count, ui.tiny(), left, top, x + width - left);
  }
  top += title.line_height + 4;
  if (group.state == SectionState::kLoading) top += draw_skeleton_lines(ui, 2, x, top, width);
  if (group.notice && group.state == SectionState::kEmpty) {
    top += ui.paragraph({group.notice->id}, group.notice->title, ui.small(), x, top, width) + 4;
  } else if (group.notice) {
    top += draw_notice(ui, *group.notice, x, top, width);
  }
  if (!group.rows.empty()) top += draw_group_rows(ui, group, x, top, width);
  if (!group.actions.empty()) {
    top += 4 + draw_end_actions(ui, group.actions, x, top + 4, width);
  }
  ui.close(node, top - y);
  return top - y;
}

float draw_content(Ui& ui, const card::IncidentDetail& detail, float x, float y, float width) {
  float top = y;
  const auto part = [&](float height) { top += height + kPadding; };
  if (!detail.facts.empty()) {
    part(draw_facts(ui, detail.id + ":facts", detail.facts, x, top, width));
  }
  if (!detail.actions.empty()) part(draw_actions(ui, detail.actions, x, top, width, kSmallButton));
  for (const card::DetailGroup& group : detail.groups) {
    if (top > y) {
      ui.rule(x, top, width, ui.theme.border);
      top += kPadding;
    }
    part(draw_group(ui, group, x, top, width));
  }
  return std::max(top - kPadding, y) - y;
}

}  // namespace

PD_ENTERS_PART float draw_incident_detail(Ui& ui, const card::IncidentDetail& detail, float x,
                                          float y, float width) {
  const auto draw = [&] {
    return draw_content(ui, detail, x + kPadding, y + kPadding, width - 2 * kPadding);
  };
  const Rect panel{x, y, width, ui.measure(draw) + 2 * kPadding};
  ui.fill(panel, ui.theme.surface, ui.theme.radius_css_px);
  ui.add(Role::kGroup, detail.id, panel);
  ui.begin(detail.id);
  draw();
  ui.end();
  return panel.height;
}

}  // namespace pd::view
