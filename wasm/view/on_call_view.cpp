#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kPersonRow = kAvatar + 8;

void draw_avatar(Ui& ui, const card::Person& person, float x, float y) {
  ui.fill({x, y, kAvatar, kAvatar}, avatar_ground(person.hue), kAvatar / 2);
  TextStyle style = ui.tiny_strong();
  style.color = 0xFFFFFFFF;
  const float wide = ui.width_of(person.initials, style);
  ui.text_only(person.initials, style, x + (kAvatar - wide) / 2,
               y + (kAvatar - style.line_height) / 2, kAvatar);
}

float draw_person(Ui& ui, const card::Person& person, float x, float y, float width) {
  constexpr float kContact = 28;
  // The icon ends where text does, not its larger target.
  constexpr float kContactInset = 6;
  const std::size_t node = ui.open(Role::kListItem, person.id, {x, y, width, 0});
  draw_avatar(ui, person, x, y + 4);
  const float left = x + kAvatar + 12;
  float at = x + width + kContactInset - static_cast<float>(person.contacts.size()) * kContact;
  const float room = (person.contacts.empty() ? x + width : at) - left;
  ui.line({person.name.id, Role::kLink, person.name.href}, person.name.text, ui.strong(), left,
          y + 1, room);
  const float until =
      ui.paragraph({person.id + ":until"}, in_one_line(person.until, person.local_time), ui.small(),
                   left, y + 21, room, 2);
  const float height = std::max(kPersonRow, kPersonRow + until - ui.small().line_height);
  for (const card::Link& contact : person.contacts) {
    const bool phone = contact.href.starts_with("tel:");
    ui.icon_link(contact, phone ? card::Icon::kPhone : card::Icon::kMail, at, y + 6, kContact);
    at += kContact;
  }
  ui.close(node, height);
  return height;
}

float draw_people(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  const std::size_t node =
      ui.open(Role::kList, level.id + ":people", {x, y, width, 0}, level.label);
  float top = y;
  for (const card::Person& person : level.people) top += draw_person(ui, person, x, top, width);
  ui.close(node, top - y);
  return top - y;
}

float draw_gap(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  constexpr float kGapShape = 14;
  ui.shape(card::Tone::kWarning, x + 1, y + 4, kGapShape);
  TextStyle style = ui.small();
  style.color = ui.theme.warning;
  const float left = kGapShape + kGap + 2;
  return ui.paragraph({level.id + ":gap"}, level.gap, style, x + left, y + 2, width - left) + 8;
}

// Who follows, and what can be done about it.
float draw_level_end(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  const float left = level.people.empty() ? x : x + kAvatar + 12;
  const float room = x + width - left;
  float top = y;
  if (!level.next.empty()) {
    top += ui.paragraph({level.id + ":next"}, level.next, ui.tiny(), left, top, room, 2) + 4;
  }
  if (!level.actions.empty()) {
    top += 4 + draw_end_actions(ui, level.actions, left, top + 4, room) + 4;
  }
  return top - y;
}

float draw_level(Ui& ui, const card::OnCallLevel& level, float x, float y, float width) {
  float top = y + 8;
  TextStyle label = ui.tiny_strong();
  if (level.primary) label.color = ui.theme.text;
  const std::size_t group = ui.open(Role::kGroup, level.id, {x, y, width, 0}, level.label);
  const float at = x + ui.line({level.id + ":label"}, level.label, label, x, top, width) + kGap;
  if (!level.detail.empty()) {
    ui.line({level.id + ":detail"}, level.detail, ui.tiny(), at, top, x + width - at);
  }
  top += label.line_height + 2;
  if (!level.people.empty()) top += draw_people(ui, level, x, top, width);
  if (!level.gap.empty()) top += draw_gap(ui, level, x, top, width);
  top += draw_level_end(ui, level, x, top, width);
  ui.close(group, top - y);
  return top - y;
}

}  // namespace

float draw_on_call(Ui& ui, const card::Section& section, float x, float y, float width) {
  float top = y;
  for (const card::OnCallLevel& level : section.on_call) {
    top += draw_level(ui, level, x, top, width);
  }
  if (section.rota) top += 12 + draw_rota(ui, *section.rota, section.title, x, top + 12, width);
  return top - y;
}

}  // namespace pd::view
