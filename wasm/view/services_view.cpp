// Several services, a row each: a wallboard.
#include <algorithm>
#include <cmath>

#include "base/part.h"
#include "view/parts.h"

namespace pd::view {
namespace {

using card::ServiceRow;

constexpr float kColumns = 640;  // from here on, parts of all rows stand below each other
constexpr float kInRow = 10;

float actions_of(Ui& ui, const ServiceRow& row) {
  return actions_width(ui, row.actions, kSmallButton);
}

// The name with the status behind it, or below it where there is no room.
float draw_name(Ui& ui, const ServiceRow& row, float x, float y, float width) {
  const float badge = row.status ? ui.badge_width(*row.status) + kGap : 0;
  const float wide = std::ceil(ui.width_of(row.name.text, ui.strong()));
  const bool behind = wide + badge <= width;
  const float height = ui.paragraph({row.name.id, Role::kLink, row.name.href}, row.name.text,
                                    ui.strong(), x, y, width, 2);
  if (!row.status) return height;
  const float left = behind ? x + wide + kGap : x;
  const float top = behind ? y : y + height + 4;
  ui.badge(row.id + ":status", *row.status, left, top);
  return top + kBadgeHeight - y;
}

float draw_incident(Ui& ui, const ServiceRow& row, float x, float y, float width, int lines) {
  TextStyle style = ui.small();
  style.color = ui.theme.text;
  return draw_link(ui, row.incident, style, x, y, width, lines);
}

float draw_on_call_text(Ui& ui, const ServiceRow& row, float x, float y, float width) {
  constexpr float kUser = 14;
  ui.icon(card::Icon::kUser, x, y + 2, kUser, ui.theme.text_muted);
  const float left = x + kUser + 6;
  return ui.paragraph({row.id + ":oncall"}, row.on_call, ui.small(), left, y, x + width - left, 2);
}

float draw_meta(Ui& ui, const ServiceRow& row, float x, float y, float width) {
  return ui.paragraph({row.id + ":meta"}, row.meta, ui.small(), x, y, width, 2);
}

float draw_narrow(Ui& ui, const ServiceRow& row, float x, float y, float width) {
  const float actions = actions_of(ui, row);
  const bool beside = actions > 0 && actions <= width * 0.4F;
  float top = y + draw_name(ui, row, x, y, beside ? width - actions - kGap : width);
  if (beside) top = std::max(top, y + kLeastTarget);
  if (!row.meta.empty()) top += 2 + draw_meta(ui, row, x, top + 2, width);
  if (!row.incident.text.empty()) top += 4 + draw_incident(ui, row, x, top + 4, width, 2);
  if (!row.on_call.empty()) top += 4 + draw_on_call_text(ui, row, x, top + 4, width);
  if (beside) {
    draw_actions(ui, row.actions, x + width - actions, y - 4, actions + 1, kSmallButton);
  } else if (actions > 0) {
    top += kGap + draw_actions(ui, row.actions, x, top + kGap, width, kSmallButton);
  }
  return top - y;
}

// Name and what is open | the most urgent incident | who is on call | actions.
float draw_wide(Ui& ui, const ServiceRow& row, float actions, float x, float y, float width) {
  constexpr float kColumnGap = 16;
  const float end = actions > 0 ? actions + kColumnGap : 0;
  const float room = width - end - 2 * kColumnGap;
  const float name = std::floor(room * 0.36F);
  const float incident = std::floor(room * 0.37F);
  const float on_call = room - name - incident;
  float at = x;
  float top = y + draw_name(ui, row, at, y, name);
  if (!row.meta.empty()) top += 2 + draw_meta(ui, row, at, top + 2, name);
  float height = top - y;
  at += name + kColumnGap;
  height = std::max(height, 1 + draw_incident(ui, row, at, y + 1, incident, 2));
  at += incident + kColumnGap;
  if (!row.on_call.empty()) {
    height = std::max(height, 1 + draw_on_call_text(ui, row, at, y + 1, on_call));
  }
  if (!row.actions.empty()) {
    const float wide = actions_of(ui, row);
    draw_actions(ui, row.actions, x + width - wide, y - 4, wide + 1, kSmallButton);
  }
  return height;
}

float draw_service(Ui& ui, const ServiceRow& row, float actions, float x, float y, float width) {
  const auto draw = [&] {
    const float left = x + kTextLeft;
    const float room = width - kTextLeft;
    return width >= kColumns ? draw_wide(ui, row, actions, left, y + kInRow, room)
                             : draw_narrow(ui, row, left, y + kInRow, room);
  };
  const Rect rect{x, y, width, std::max(ui.measure(draw), 20.0F) + 2 * kInRow};
  if (ui.is_hovered(rect)) {
    ui.fill({x - kBleed, y + 2, width + 2 * kBleed, rect.height - 4}, ui.theme.surface_hover, 6);
  }
  ui.add(Role::kListItem, row.id, rect);
  ui.begin(row.id);
  ui.shape(row.tone, x, y + kInRow + 4, kShape);
  draw();
  ui.end();
  return rect.height;
}

}  // namespace

PD_ENTERS_PART float draw_services(Ui& ui, const card::Section& section, float x, float y,
                                   float width) {
  if (section.services.empty()) return 0;
  float actions = 0;
  for (const ServiceRow& row : section.services) actions = std::max(actions, actions_of(ui, row));
  const std::string id = section.id + ":list";
  const std::size_t node = ui.open(Role::kList, id, {x, y, width, 0}, section.title);
  float top = y;
  for (const ServiceRow& row : section.services) {
    if (top > y) ui.rule(x, top++, width, ui.theme.border);
    top += draw_service(ui, row, actions, x, top, width);
  }
  ui.close(node, top - y);
  return top - y;
}

}  // namespace pd::view
