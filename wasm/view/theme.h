// Colours, sizes and radii by name; light and dark. A page overrides any colour by a --pd-*
// property, which arrives here as a token of the same name without the prefix.
#pragma once

#include <cstdint>
#include <string_view>

namespace pd::view {

using Color = std::uint32_t;  // 0xAABBGGRR, as Dear ImGui packs it; not premultiplied

struct Theme {
  bool dark = false;
  float font_size_css_px = 14;  // base; other sizes are ratios of it
  float radius_css_px = 8;
  // Colours; see theme.cpp for both sets, each pair of text and ground >= 4.5:1.
  Color background{}, surface{}, surface_hover{}, border{}, border_strong{};
  Color text{}, text_muted{}, link{}, accent{}, accent_hover{}, accent_pressed{}, on_accent{},
      danger{}, danger_hover{}, danger_pressed{}, on_danger{}, focus{};
  Color info{}, ok{}, warning{}, critical{}, maintenance{}, disabled{};  // strong: text and shapes
  Color info_soft{}, ok_soft{}, warning_soft{}, critical_soft{}, maintenance_soft{},
      disabled_soft{};  // grounds
  Color skeleton{}, overlay{}, field{}, field_border{};
};

Theme light_theme();
Theme dark_theme();

// The ground of a person's initials, which are white; `hue` as in card::Person.
Color avatar_ground(int hue);

// WCAG 2.2's contrast ratio of two opaque colours, 1..21.
float contrast(Color a, Color b);
// `over` on `ground`, `over`'s alpha applied; opaque.
Color blend(Color over, Color ground);

// Sets the colour `token` ("accent", "text-muted") from 0xRRGGBBAA. False: no such token.
bool set_theme_color(Theme& theme, std::string_view token, std::uint32_t rgba);

}  // namespace pd::view
