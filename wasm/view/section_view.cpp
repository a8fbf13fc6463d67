// A section: its heading, which may open and close it, and around its rows what all kinds share.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;
using card::SectionState;

constexpr float kFoldHeight = 40;

bool is_closed(const Section& section) {
  return section.fold && section.fold->expanded != card::Toggle::kOn;
}

// At the right end; returns where it begins.
float draw_at_right(Ui& ui, const std::string& id, const std::string& text, float left, float y,
                    float right) {
  const TextStyle style = ui.tiny();
  const float room = std::max(right - left, 1.0F);
  const float at = std::max(left, right - std::ceil(ui.width_of(text, style)));
  ui.line({id}, text, style, at, y, room);
  return at;
}

float draw_heading(Ui& ui, const Section& section, float x, float y, float width) {
  constexpr float kHeadingHeight = 24;
  const float right = x + width;
  const float wide = ui.line({section.id + ":heading", Role::kHeading, {}, 3}, section.title,
                             ui.heading(), x, y, width);
  const float left = x + wide + kGap;
  if (!section.count.empty()) {
    ui.line({section.id + ":count"}, section.count, ui.small(), left, y + 1, right - left);
  }
  if (!section.age.empty()) {
    draw_at_right(ui, section.id + ":age", section.age, left + 24, y + 2, right);
  }
  return kHeadingHeight;
}

// The whole row is the button; what stands in it behind the title lets clicks through (styles.css).
float draw_fold(Ui& ui, const Section& section, float x, float y, float width) {
  const card::Action& fold = *section.fold;
  const bool closed = is_closed(section);
  const Rect rect{x, y, width, kFoldHeight};
  const bool hovered = fold.enabled && ui.is_hovered(rect);
  if (hovered) {
    ui.output.hovered_node = fold.id;
    ui.fill({x - kBleed, y + 2, width + 2 * kBleed, kFoldHeight - 4}, ui.theme.surface_hover, 6);
  }
  TextStyle title = ui.heading();
  title.color = ui.theme.text;
  const float top = y + (kFoldHeight - title.line_height) / 2;
  ui.icon(closed ? card::Icon::kChevronRight : card::Icon::kChevronDown, x, top + 4, kShape,
          ui.theme.text_muted);
  const float left = x + kTextLeft;
  const float right = x + width;
  ui.add(Role::kHeading, section.id + ":heading", rect).level = 3;
  ui.begin(section.id + ":heading");
  const float wide = std::min(std::ceil(ui.width_of(section.title, title)), right - left);
  ui.text_only(section.title, title, left, top, right - left);
  TwinNode& button = ui.add(Role::kButton, fold.id, rect);
  button.text = section.title;
  button.description = fold.reason;
  button.expanded = !closed;
  if (!closed) button.controls = fold.controls;
  button.font_size = title.size;
  button.font_weight = 600;
  ui.end();
  const float behind = left + wide + kGap;
  if (!section.count.empty()) {
    ui.line({section.id + ":count"}, section.count, ui.small(), behind, top + 1, right - behind);
  }
  const std::string& said = closed ? section.summary : section.age;
  if (!said.empty()) {
    const float room = behind + (section.count.empty() ? 8.0F : 32.0F);
    draw_at_right(ui, section.id + (closed ? ":summary" : ":age"), said, room, top + 2, right);
  }
  return kFoldHeight;
}

float draw_rows(Ui& ui, const Section& section, float x, float y, float width) {
  switch (section.kind) {
    case SectionKind::kIncidents: return draw_incidents(ui, section, x, y, width);
    case SectionKind::kChanges: return draw_changes(ui, section, x, y, width);
    case SectionKind::kOnCall: return draw_on_call(ui, section, x, y, width);
    case SectionKind::kStatus:
      return draw_facts(ui, section.id + ":facts", section.facts, x, y, width);
    case SectionKind::kInsights: return draw_metrics(ui, section, x, y, width);
    case SectionKind::kStandards: return draw_checks(ui, section, x, y, width);
    case SectionKind::kServices: return draw_services(ui, section, x, y, width);
  }
  return 0;
}

// What stands below the rows of each kind.
float draw_end(Ui& ui, const Section& section, float x, float y, float width) {
  float top = y;
  if (!section.note.empty()) {
    top += kGap;
    top += ui.paragraph({section.id + ":note"}, section.note, ui.tiny(), x, top, width);
  }
  if (!section.footer.empty()) {
    top += kGap;
    top += draw_end_actions(ui, section.footer, x, top, width);
  }
  return top - y;
}

}  // namespace

float draw_section_body(Ui& ui, const Section& section, float x, float y, float width) {
  float top = y;
  if (section.toolbar) top += draw_toolbar(ui, section, x, top, width);
  if (section.notice) {
    if (section.state == SectionState::kEmpty) {
      top += draw_empty(ui, *section.notice, x, top, width);
    } else {
      top += draw_notice(ui, *section.notice, x, top + kGap, width) + 2 * kGap;
    }
  }
  if (section.state == SectionState::kLoading) top += draw_skeleton(ui, section, x, top, width);
  top += draw_rows(ui, section, x, top, width);
  return top + draw_end(ui, section, x, top, width) - y;
}

namespace {

float draw_folded_body(Ui& ui, const Section& section, float x, float y, float width) {
  constexpr float kBelow = 12;
  const std::size_t node = ui.open(Role::kGroup, section.fold->controls, {x, y, width, 0});
  const float height = draw_section_body(ui, section, x, y, width);
  ui.close(node, height);
  return height + kBelow;
}

}  // namespace

float draw_section(Ui& ui, const Section& section, float x, float y, float width, bool first) {
  const std::size_t node = ui.open(Role::kRegion, section.id, {x, y, width, 0}, section.title);
  float top = y;
  if (!section.fold) {
    top += draw_heading(ui, section, x, top, width);
    top += draw_section_body(ui, section, x, top, width);
  } else {
    if (!first) ui.rule(x, top, width, ui.theme.border);
    top += draw_fold(ui, section, x, top, width);
    if (!is_closed(section)) top += draw_folded_body(ui, section, x, top, width);
  }
  ui.close(node, top - y);
  return top - y;
}

}  // namespace pd::view
