// What stands in a section: incidents, changes, on-calls, and their skeletons.
#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;
using card::SectionState;

constexpr float kRowPadding = 10;
constexpr float kShape = 12;
constexpr float kTextLeft = 22;         // of a row's text, behind its shape
constexpr float kWideRow = 460;         // from here on, actions stand beside the text
constexpr float kMostRowsHeight = 456;  // a longer list scrolls
constexpr float kSmallButton = 28;
constexpr float kAvatar = 32;

void draw_divider(Ui& ui, float x, float y, float width) {
  ui.fill({x, y, width, 1}, ui.theme.border);
}

// ---- Incidents ----

struct RowLayout {
  float text_width = 0, actions_width = 0;
  bool actions_beside = false;
  float height = 0, badges_top = 0, meta_top = 0, actions_top = 0;
};

float actions_width(Ui& ui, const std::vector<card::Action>& actions) {
  float width = 0;
  for (const card::Action& action : actions)
    width += ui.button_width(action) + (width > 0 ? kGap : 0);
  return width;
}

std::vector<const card::Badge*> badges_of(const card::IncidentRow& row) {
  std::vector<const card::Badge*> badges{&row.status};
  if (row.priority) badges.push_back(&*row.priority);
  if (row.urgency) badges.push_back(&*row.urgency);
  return badges;
}

std::string meta_of(const card::IncidentRow& row) {
  return row.number.empty() ? row.meta : row.number + " \xC2\xB7 " + row.meta;
}

RowLayout lay_out(Ui& ui, const card::IncidentRow& row, float width) {
  RowLayout layout;
  layout.actions_width = actions_width(ui, row.actions);
  layout.actions_beside = width >= kWideRow && !row.actions.empty();
  layout.text_width = width - kTextLeft - (layout.actions_beside ? layout.actions_width + 12 : 0);
  const int lines = std::max(1, ui.line_count(row.title.text, ui.strong(), layout.text_width, 2));
  float y = kRowPadding + static_cast<float>(lines) * ui.strong().line_height + 4;
  layout.badges_top = y;
  float badges_width = 0;
  for (const card::Badge* badge : badges_of(row)) badges_width += ui.badge_width(*badge) + 6;
  // Beside the badges when it fits, else below.
  const bool beside = badges_width + ui.width_of(meta_of(row), ui.small()) + 4 <= layout.text_width;
  layout.meta_top = beside ? y + 1 : y + 24;
  y = beside ? y + 20 : layout.meta_top + 18;
  if (!row.actions.empty() && !layout.actions_beside) {
    layout.actions_top = y + kGap;
    y = layout.actions_top + kSmallButton;
  }
  layout.height = y + kRowPadding;
  return layout;
}

void draw_incident(Ui& ui, const card::IncidentRow& row, const RowLayout& layout, float x, float y,
                   float width) {
  const Rect rect{x, y, width, layout.height};
  if (ui.is_hovered(rect))
    ui.fill({x - 8, y + 1, width + 16, layout.height - 1}, ui.theme.surface_hover, 6);
  ui.add(Role::kListItem, row.id, rect);
  ui.begin(row.id);
  const float left = x + kTextLeft;
  ui.shape(row.tone, x, y + kRowPadding + 4, kShape);
  TextStyle title = ui.strong();
  ui.paragraph({row.title.id, Role::kLink, row.title.href, 0}, row.title.text, title, left,
               y + kRowPadding, layout.text_width, 2);
  float at = left;
  int index = 0;
  for (const card::Badge* badge : badges_of(row)) {
    at +=
        ui.badge(row.id + ":badge:" + std::to_string(index++), *badge, at, y + layout.badges_top) +
        6;
  }
  const bool beside = layout.meta_top < layout.badges_top + 10;
  const float meta_left = beside ? at + 2 : left;
  ui.line({row.id + ":meta", Role::kText, {}, 0}, meta_of(row), ui.small(), meta_left,
          y + layout.meta_top, left + layout.text_width - meta_left);
  if (layout.actions_beside) {
    float button_left = x + width - layout.actions_width;
    for (const card::Action& action : row.actions) {
      const float wide = ui.button_width(action);
      ui.button(action, button_left, y + (layout.height - kSmallButton) / 2, wide, kSmallButton);
      button_left += wide + kGap;
    }
  } else if (!row.actions.empty()) {
    draw_actions(ui, row.actions, left, y + layout.actions_top, layout.text_width, kSmallButton);
  }
  ui.end();
}

float draw_incidents(Ui& ui, const Section& section, float x, float y, float width) {
  std::vector<RowLayout> layouts;
  float content = 0;
  for (const card::IncidentRow& row : section.incidents) {
    layouts.push_back(lay_out(ui, row, width));
    content += layouts.back().height + 1;
  }
  const std::string list_id = section.id + ":list";
  const float window = std::min(content, kMostRowsHeight);
  const bool scrolls = content > kMostRowsHeight + 40;
  const float height = scrolls ? window : content;
  // The window is as wide as the rows' hover ground.
  TwinNode& list = ui.add(Role::kList, list_id, {x - 8, y, width + 16, height});
  list.name = section.title;
  list.scroller =
      true;  // its rows are in its own coordinates; it scrolls when they are higher than it
  list.content_height = content;
  ui.begin(list_id);
  {
    const Ui::Scroll scroll(ui, list_id, {x - 8, y, width + 16, height}, content);
    float top = 0;
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      ui.draws = scroll.is_visible(top, layouts[i].height);
      if (i > 0) draw_divider(ui, 8, top, width);
      draw_incident(ui, section.incidents[i], layouts[i], 8, top + 1, width);
      top += layouts[i].height + 1;
    }
  }
  ui.end();
  if (scrolls) draw_divider(ui, x, y + height, width);
  return height;
}

// ---- Changes ----

float draw_change(Ui& ui, const card::ChangeRow& row, float x, float y, float width) {
  const std::size_t node = ui.output.twin.size();
  ui.add(Role::kListItem, row.id, {x, y, width, 0});
  ui.begin(row.id);
  ui.shape(card::Tone::kMaintenance, x, y + kRowPadding + 4, kShape);
  const float left = x + kTextLeft;
  float top = y + kRowPadding;
  top += ui.paragraph({row.summary.id, Role::kLink, row.summary.href, 0}, row.summary.text,
                      ui.strong(), left, top, width - kTextLeft, 2);
  top += 2;
  ui.line({row.id + ":meta", Role::kText, {}, 0}, row.meta, ui.small(), left, top,
          width - kTextLeft);
  top += ui.small().line_height;
  float link_left = left;
  TextStyle style = ui.small();
  style.color = ui.theme.link;
  if (!row.links.empty()) top += 4;
  for (const card::Link& link : row.links) {
    const float wide = std::min(ui.width_of(link.text, style), width - kTextLeft);
    if (link_left > left && link_left + wide > x + width) {
      link_left = left;
      top += 24;
    }
    ui.line({link.id, Role::kLink, link.href, 0}, link.text, style, link_left, top,
            width - kTextLeft);
    link_left += wide + 16;
  }
  if (!row.links.empty()) top += style.line_height + 4;
  ui.end();
  ui.output.twin[node].rect.height = top + kRowPadding - y;
  return top + kRowPadding - y;
}

float draw_changes(Ui& ui, const Section& section, float x, float y, float width) {
  const std::string list_id = section.id + ":list";
  const std::size_t node = ui.output.twin.size();
  ui.add(Role::kList, list_id, {x, y, width, 0}).name = section.title;
  ui.begin(list_id);
  // The list's own rectangle is its origin on the page only; rows stay in the card's coordinates.
  float top = y;
  for (const card::ChangeRow& row : section.changes) {
    if (top > y) draw_divider(ui, x, top, width);
    top += draw_change(ui, row, x, top + 1, width) + 1;
  }
  ui.end();
  ui.output.twin[node].rect.height = top - y;
  return top - y;
}

// ---- On call ----

void draw_avatar(Ui& ui, const card::Person& person, float x, float y) {
  // Eight grounds that white or black initials can be read on, in both themes.
  constexpr Color kGrounds[] = {0xFF8A4B2F, 0xFF6E3A7A, 0xFF2F6B3A, 0xFF7A5A1E,
                                0xFF9A3D5A, 0xFF1E5A8A, 0xFF4A4A9A, 0xFF5E6A1E};
  ui.fill({x, y, kAvatar, kAvatar}, kGrounds[static_cast<std::size_t>(person.hue) % 8],
          kAvatar / 2);
  TextStyle style = ui.tiny();
  style.face = text::Face::kBold;
  style.color = 0xFFFFFFFF;
  const float wide = ui.width_of(person.initials, style);
  ui.text_only(person.initials, style, x + (kAvatar - wide) / 2,
               y + (kAvatar - style.line_height) / 2, kAvatar);
}

float draw_person(Ui& ui, const card::Person& person, const std::string& detail, float x, float y,
                  float width) {
  constexpr float kContact = 28;
  ui.add(Role::kListItem, person.id, {x, y, width, kAvatar + 8});
  ui.begin(person.id);
  draw_avatar(ui, person, x, y + 4);
  const float left = x + kAvatar + 10;
  const float room = width - kAvatar - 10 - static_cast<float>(person.contacts.size()) * kContact;
  ui.line({person.name.id, Role::kLink, person.name.href, 0}, person.name.text, ui.strong(), left,
          y + 1, room);
  ui.line({person.id + ":until", Role::kText, {}, 0}, person.until + detail, ui.small(), left,
          y + 21, room);
  float at = x + width - static_cast<float>(person.contacts.size()) * kContact;
  for (const card::Link& contact : person.contacts) {
    ui.icon_link(contact, contact.href.starts_with("tel:") ? card::Icon::kPhone : card::Icon::kMail,
                 at, y + 6, kContact);
    at += kContact;
  }
  ui.end();
  return kAvatar + 8;
}

float draw_level(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  float top = y + 6;
  TextStyle label = ui.tiny();
  label.face = text::Face::kBold;
  if (level.primary) label.color = ui.theme.text;
  const std::size_t group = ui.output.twin.size();
  ui.add(Role::kGroup, level.id, {x, y, width, 0}).name = level.label;
  ui.begin(level.id);
  float at =
      x + ui.line({level.id + ":label", Role::kText, {}, 0}, level.label, label, x, top, width);
  if (!level.detail.empty()) {
    ui.line({level.id + ":detail", Role::kText, {}, 0}, level.detail, ui.tiny(), at + 8, top,
            x + width - at - 8);
  }
  top += 18;
  const std::string list_id = level.id + ":people";
  if (!level.people.empty())
    ui.add(Role::kList, list_id,
           {x, top, width, static_cast<float>(level.people.size()) * (kAvatar + 8)})
        .name = level.label;
  ui.begin(level.people.empty() ? level.id : list_id);
  for (const card::Person& person : level.people) top += draw_person(ui, person, {}, x, top, width);
  ui.end();
  if (!level.gap.empty()) {
    ui.shape(card::Tone::kWarning, x, top + 4, 14);
    TextStyle style = ui.small();
    style.color = ui.theme.warning;
    top += ui.paragraph({level.id + ":gap", Role::kText, {}, 0}, level.gap, style, x + 22, top + 2,
                        width - 22) +
           6;
  }
  ui.end();
  ui.output.twin[group].rect.height = top - y;
  return top - y;
}

// ---- Loading ----

float draw_skeleton(Ui& ui, const Section& section, float x, float y, float width) {
  const bool people = section.kind == SectionKind::kOnCall;
  const float row = people ? 64 : 64;
  for (int i = 0; i < section.skeleton_rows; ++i) {
    const float top = y + static_cast<float>(i) * row;
    ui.fill({x, top + 14, people ? kAvatar : kShape, people ? kAvatar : kShape}, ui.theme.skeleton,
            people ? kAvatar / 2 : kShape / 2);
    const float left = x + (people ? kAvatar + 10 : kTextLeft);
    ui.fill({left, top + 14, (width - (left - x)) * (i % 2 == 0 ? 0.7F : 0.55F), 12},
            ui.theme.skeleton, 4);
    ui.fill({left, top + 36, (width - (left - x)) * 0.4F, 10}, ui.theme.skeleton, 4);
  }
  return static_cast<float>(section.skeleton_rows) * row;
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
  if (section.notice) top += draw_notice(ui, *section.notice, x, top + kGap, width) + kGap;
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
    case SectionKind::kStandards: break;
  }
  return top - y;
}

}  // namespace pd::view
