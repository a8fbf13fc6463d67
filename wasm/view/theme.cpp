#include "view/theme.h"

#include <algorithm>
#include <cmath>
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
    {"danger", &Theme::danger},
    {"danger-hover", &Theme::danger_hover},
    {"danger-pressed", &Theme::danger_pressed},
    {"on-danger", &Theme::on_danger},
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
  t.danger = rgb(0xBE1E2D);
  t.danger_hover = rgb(0xA81A28);
  t.danger_pressed = rgb(0x8F1622);
  t.on_danger = rgb(0xFFFFFF);
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
  t.accent_pressed = rgb(0x2B9256);
  t.on_accent = rgb(0x06170D);
  t.danger = rgb(0xF2777D);
  t.danger_hover = rgb(0xF78C91);
  t.danger_pressed = rgb(0xDE6268);
  t.on_danger = rgb(0x1D0608);
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

Color avatar_ground(int hue) {
  constexpr Color kGrounds[] = {rgb(0x2F4B8A), rgb(0x7A3A6E), rgb(0x3A6B2F), rgb(0x1E5A7A),
                                rgb(0x9A3D3D), rgb(0x8A5A1E), rgb(0x4A4A9A), rgb(0x1E6A5E)};
  return kGrounds[static_cast<std::size_t>(hue) % std::size(kGrounds)];
}

// x to the power of 2.4, for 0 < x <= 1: x squared, times its fifth root, which Newton's method finds. The
// tables of std::pow are 1 KB of the bundle.
static float to_the_2_4(float x) {
  const float square = x * x;
  float root = 1;
  for (int i = 0; i < 24; ++i) {
    const float fourth = root * root * root * root;
    root += (square / fourth - root) / 5;
  }
  return square * root;
}

float contrast(Color a, Color b) {
  const auto luminance = [](Color color) {
    const auto linear = [color](unsigned shift) {
      const float c = static_cast<float>((color >> shift) & 0xFFU) / 255;
      return c <= 0.04045F ? c / 12.92F : to_the_2_4((c + 0.055F) / 1.055F);
    };
    return 0.2126F * linear(0) + 0.7152F * linear(8) + 0.0722F * linear(16);
  };
  const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
  return (lighter + 0.05F) / (darker + 0.05F);
}

Color blend(Color over, Color ground) {
  const std::uint32_t alpha = over >> 24U;
  Color blended = 0xFF000000U;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    const std::uint32_t mixed =
        ((over >> shift) & 0xFFU) * alpha + ((ground >> shift) & 0xFFU) * (255 - alpha) + 127;
    blended |= (mixed / 255) << shift;
  }
  return blended;
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
