#include "view/theme.h"

#include <utility>

namespace pd::view {
namespace {

// 0xRRGGBB as people write it -> Dear ImGui's order, opaque.
constexpr Color rgb(std::uint32_t value, std::uint32_t alpha = 255) {
  return ((value >> 16U) & 0xFFU) | (value & 0xFF00U) | ((value & 0xFFU) << 16U) | (alpha << 24U);
}

struct Token {
  std::string_view name;
  Color Theme::* member;
};
constexpr Token kTokens[] = {
    {"background", &Theme::background},
    {"surface", &Theme::surface},
    {"surface-hover", &Theme::surface_hover},
    {"border", &Theme::border},
    {"border-strong", &Theme::border_strong},
    {"text", &Theme::text},
    {"text-muted", &Theme::text_muted},
    {"link", &Theme::link},
    {"accent", &Theme::accent},
    {"accent-hover", &Theme::accent_hover},
    {"accent-pressed", &Theme::accent_pressed},
    {"on-accent", &Theme::on_accent},
    {"focus", &Theme::focus},
    {"info", &Theme::info},
    {"ok", &Theme::ok},
    {"warning", &Theme::warning},
    {"critical", &Theme::critical},
    {"maintenance", &Theme::maintenance},
    {"disabled", &Theme::disabled},
    {"info-soft", &Theme::info_soft},
    {"ok-soft", &Theme::ok_soft},
    {"warning-soft", &Theme::warning_soft},
    {"critical-soft", &Theme::critical_soft},
    {"maintenance-soft", &Theme::maintenance_soft},
    {"disabled-soft", &Theme::disabled_soft},
    {"skeleton", &Theme::skeleton},
    {"overlay", &Theme::overlay},
    {"field", &Theme::field},
    {"field-border", &Theme::field_border},
};

}  // namespace

Theme light_theme() {
  Theme t;
  t.background = rgb(0xFFFFFF);
  t.surface = rgb(0xF5F7F6);
  t.surface_hover = rgb(0xF3F6F5);
  t.border = rgb(0xE1E6E4);
  t.border_strong = rgb(0xC3CCC9);
  t.text = rgb(0x17201D);
  t.text_muted = rgb(0x56635F);
  t.link = rgb(0x0B5CAD);
  t.accent = rgb(0x0B7A3B);
  t.accent_hover = rgb(0x096832);
  t.accent_pressed = rgb(0x07552A);
  t.on_accent = rgb(0xFFFFFF);
  t.focus = rgb(0x0B5CAD);
  t.info = rgb(0x0B5CAD);
  t.ok = rgb(0x0B7A3B);
  t.warning = rgb(0x8F5200);
  t.critical = rgb(0xBE1E2D);
  t.maintenance = rgb(0x5B4BB5);
  t.disabled = rgb(0x56635F);
  t.info_soft = rgb(0xE8F1FB);
  t.ok_soft = rgb(0xE5F4EA);
  t.warning_soft = rgb(0xFDF1DC);
  t.critical_soft = rgb(0xFCE9EA);
  t.maintenance_soft = rgb(0xEEEBFA);
  t.disabled_soft = rgb(0xEDF0EF);
  t.skeleton = rgb(0xE9EDEC);
  t.overlay = rgb(0x101614, 110);
  t.field = rgb(0xFFFFFF);
  t.field_border = rgb(0x84918D);
  return t;
}

Theme dark_theme() {
  Theme t;
  t.dark = true;
  t.background = rgb(0x171B1A);
  t.surface = rgb(0x1F2523);
  t.surface_hover = rgb(0x222927);
  t.border = rgb(0x2E3633);
  t.border_strong = rgb(0x47524E);
  t.text = rgb(0xE9EEEC);
  t.text_muted = rgb(0xA3B0AC);
  t.link = rgb(0x84BDFF);
  t.accent = rgb(0x2E9E5B);
  t.accent_hover = rgb(0x36AD66);
  t.accent_pressed = rgb(0x28894F);
  t.on_accent = rgb(0x06170D);
  t.focus = rgb(0x84BDFF);
  t.info = rgb(0x84BDFF);
  t.ok = rgb(0x63CE8F);
  t.warning = rgb(0xF0B45A);
  t.critical = rgb(0xFF8A8F);
  t.maintenance = rgb(0xB5A8FF);
  t.disabled = rgb(0xA3B0AC);
  t.info_soft = rgb(0x182A3C);
  t.ok_soft = rgb(0x16301F);
  t.warning_soft = rgb(0x35280F);
  t.critical_soft = rgb(0x3B1C20);
  t.maintenance_soft = rgb(0x28243F);
  t.disabled_soft = rgb(0x272E2C);
  t.skeleton = rgb(0x29302E);
  t.overlay = rgb(0x000000, 150);
  t.field = rgb(0x121615);
  t.field_border = rgb(0x71807B);
  return t;
}

bool set_theme_color(Theme& theme, std::string_view token, std::uint32_t rgba) {
  for (const Token& known : kTokens) {
    if (known.name != token) continue;
    theme.*known.member = rgb(rgba >> 8U, rgba & 0xFFU);
    return true;
  }
  return false;
}

}  // namespace pd::view
