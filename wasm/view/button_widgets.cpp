// What is activated or says a state in one word: buttons, icon links, badges.
#include <algorithm>
#include <cmath>

#include "view/ui.h"

namespace pd::view {
namespace {

using card::ActionStyle;
using card::Icon;

constexpr float kButtonPadding = 12;
constexpr float kSmallButtonPadding = 10;
constexpr float kBadgePadding = 7;
constexpr float kIconSize = 16;
constexpr float kIconGap = 6;
constexpr float kBadgeShape = 10;

// Black or white, whichever reads better; one of them has 4.5:1 on any ground.
Color text_on(Color ground) {
  constexpr Color kBlack = 0xFF000000U;
  constexpr Color kWhite = 0xFFFFFFFFU;
  return contrast(kBlack, ground) >= contrast(kWhite, ground) ? kBlack : kWhite;
}

// "ff8800" -> colour; 0 when it is none.
Color parse_color(std::string_view hex) {
  if (hex.size() != 6) return 0;
  std::uint32_t value = 0;
  for (const char c : hex) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return 0;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return ((value >> 16U) & 0xFFU) | (value & 0xFF00U) | ((value & 0xFFU) << 16U) | 0xFF000000U;
}

// What shows and hides something says by a chevron in which state it is.
Icon icon_of(const card::Action& action) {
  if (action.expanded == card::Toggle::kNone) return action.icon;
  return action.expanded == card::Toggle::kOn ? Icon::kChevronDown : Icon::kChevronRight;
}

// What stands for an icon where the picture is not seen; the style sheet draws the one of a toggle.
std::string symbol_of(const card::Action& action) {
  if (action.expanded != card::Toggle::kNone) return {};
  if (action.icon == Icon::kRefresh) return "\xE2\x9F\xB3";
  return action.icon == Icon::kAdd ? "+" : "\xE2\x80\xBA";
}

std::optional<bool> state_of(card::Toggle toggle) {
  if (toggle == card::Toggle::kNone) return std::nullopt;
  return toggle == card::Toggle::kOn;
}

}  // namespace

float Ui::button_width(const card::Action& action, bool small) {
  if (action.icon_only) return small ? kSmallButton : 32;
  const bool has_icon = icon_of(action) != Icon::kNone || action.busy;
  const float label = width_of(action.label, small ? small_strong() : strong());
  return std::ceil(label) + 2 * (small ? kSmallButtonPadding : kButtonPadding) +
         (has_icon ? kIconSize + kIconGap : 0);
}

float Ui::badge_width(const card::Badge& b, bool with_shape) {
  TextStyle s = tiny_strong();
  return std::ceil(width_of(b.text, s)) + 2 * kBadgePadding + (with_shape ? kBadgeShape + 5 : 0);
}

Color Ui::button_ground(const card::Action& action, bool hovered, bool pressed) const {
  const bool quiet = action.style == ActionStyle::kQuiet;
  if (!action.enabled) return quiet ? 0 : theme.disabled_soft;
  switch (action.style) {
    case ActionStyle::kPrimary:
      return pressed ? theme.accent_pressed : hovered ? theme.accent_hover : theme.accent;
    case ActionStyle::kDanger:
      return pressed ? theme.danger_pressed : hovered ? theme.danger_hover : theme.danger;
    case ActionStyle::kSecondary:
      return pressed ? theme.border : hovered ? theme.surface_hover : theme.background;
    case ActionStyle::kQuiet: break;
  }
  return pressed ? theme.border : hovered ? theme.surface_hover : 0;
}

Color Ui::button_label(const card::Action& action) const {
  // An icon has no ground and no edge that would tell.
  if (!action.enabled) return action.icon_only ? theme.border_strong : theme.text_muted;
  if (action.pressed == card::Toggle::kOn) return theme.background;
  if (action.style == ActionStyle::kQuiet) return theme.text_muted;
  if (action.style == ActionStyle::kPrimary) return theme.on_accent;
  return action.style == ActionStyle::kDanger ? theme.on_danger : theme.text;
}

// Icon and text, together in the middle.
void Ui::label_button(const card::Action& action, const TextStyle& label, Rect r) {
  const bool has_icon = icon_of(action) != Icon::kNone || action.busy;
  const bool has_text = !action.icon_only;
  const float icon_width = has_icon ? kIconSize + (has_text ? kIconGap : 0) : 0;
  const float room = r.width - icon_width - 8;
  const float text_width = has_text ? std::min(width_of(action.label, label), room) : 0;
  float left = r.x + (r.width - icon_width - text_width) / 2;
  const float icon_top = r.y + (r.height - kIconSize) / 2;
  if (action.busy) {
    spinner(left, icon_top, kIconSize, label.color);
  } else if (has_icon) {
    icon(icon_of(action), left, icon_top, kIconSize, label.color);
  }
  left += icon_width;
  if (has_text) {
    text_only(action.label, label, left, r.y + (r.height - label.line_height) / 2, room);
  }
}

void Ui::button(const card::Action& action, float x, float y, float width, float height) {
  const Rect rect{x, y, width, height};
  const bool hovered = action.enabled && is_hovered(rect);
  if (hovered) output.hovered_node = action.id;
  TextStyle label = height <= kSmallButton ? small_strong() : strong();
  label.color = button_label(action);
  // What stays pressed is round, and light on dark while it is.
  const bool chip = action.pressed != card::Toggle::kNone;
  const bool on = action.pressed == card::Toggle::kOn;
  const float radius = chip ? height / 2 : std::min(theme.radius_css_px, 6.0F);
  const Color ground =
      on ? theme.text : button_ground(action, hovered, hovered && input.pointer_down);
  if (ground != 0) fill(rect, ground, radius);
  if (action.style == ActionStyle::kSecondary && action.enabled && !on) {
    outline(rect, theme.border_strong, radius);
  }
  label_button(action, label, rect);

  TwinNode& twin = add(Role::kButton, action.id, rect);
  twin.text = action.icon_only ? symbol_of(action) : action.label;
  twin.name = action.name.empty() && action.icon_only ? action.label : action.name;
  twin.description = action.reason;
  twin.disabled = !action.enabled;
  twin.busy = action.busy;
  twin.pressed = state_of(action.pressed);
  twin.expanded = state_of(action.expanded);
  if (action.expanded == card::Toggle::kOn) twin.controls = action.controls;
  twin.font_size = label.size;
  twin.font_weight = 600;
}

float Ui::badge(const std::string& id, const card::Badge& b, float x, float y, bool with_shape) {
  const float width = badge_width(b, with_shape);
  const Rect rect{x, y, width, kBadgeHeight};
  TextStyle s = tiny_strong();
  s.color = color_of(b.tone);
  const Color own = parse_color(b.color);
  if (own != 0) {
    fill(rect, own, kBadgeHeight / 2);
    s.color = text_on(own);
  } else if (b.outlined) {
    outline(rect, theme.border_strong, kBadgeHeight / 2);
  } else {
    fill(rect, soft_color_of(b.tone), kBadgeHeight / 2);
  }
  float left = x + kBadgePadding;
  if (with_shape) {
    shape(b.tone, left, y + (kBadgeHeight - kBadgeShape) / 2, kBadgeShape);
    left += kBadgeShape + 5;
  }
  line({id}, b.text, s, left, y + (kBadgeHeight - s.line_height) / 2, width);
  return width;
}

void Ui::icon_link(const card::Link& link, Icon kind, float x, float y, float size) {
  const Rect rect{x, y, size, size};
  const bool hovered = is_hovered(rect);
  if (hovered) {
    output.hovered_node = link.id;
    fill(rect, theme.surface_hover, 6);
  }
  icon(kind, x + (size - kIconSize) / 2, y + (size - kIconSize) / 2, kIconSize,
       hovered ? theme.text : theme.text_muted);
  TwinNode& twin = add(Role::kLink, link.id, rect);
  twin.name = link.text;
  twin.href = link.href;
}

}  // namespace pd::view
