#include "view/theme.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace pd::view {
namespace {

constexpr float kReadable = 4.5F;  // WCAG 2.2, 1.4.3
constexpr float kVisible = 3.0F;   // 1.4.11: what a control is made of

struct Pair {
  const char* name;
  Color Theme::* over;
  Color Theme::* ground;
};

void expect_contrast(const std::vector<Pair>& pairs, float least) {
  for (const Theme& theme : {light_theme(), dark_theme()}) {
    for (const Pair& pair : pairs) {
      EXPECT_GE(contrast(theme.*pair.over, theme.*pair.ground), least)
          << pair.name << (theme.dark ? ", dark" : ", light");
    }
  }
}

TEST(Theme, HasReadableTextOnEveryGroundThatItStandsOn) {
  expect_contrast(
      {
          {"text on the card", &Theme::text, &Theme::background},
          {"text on a hovered row", &Theme::text, &Theme::surface_hover},
          {"text on a pressed button", &Theme::text, &Theme::border},
          {"text on an info notice", &Theme::text, &Theme::info_soft},
          {"text on an ok notice", &Theme::text, &Theme::ok_soft},
          {"text on a warning notice", &Theme::text, &Theme::warning_soft},
          {"text on a critical notice", &Theme::text, &Theme::critical_soft},
          {"text on a maintenance notice", &Theme::text, &Theme::maintenance_soft},
          {"text on a neutral notice", &Theme::text, &Theme::disabled_soft},
          {"text in a field", &Theme::text, &Theme::field},
          {"text on an incident's detail", &Theme::text, &Theme::surface},
          {"muted text on an incident's detail", &Theme::text_muted, &Theme::surface},
          {"a link on an incident's detail", &Theme::link, &Theme::surface},
          {"a better figure", &Theme::ok, &Theme::surface},
          {"a worse figure", &Theme::warning, &Theme::surface},
          {"a far worse figure", &Theme::critical, &Theme::surface},
          {"a pressed filter", &Theme::background, &Theme::text},
          {"what a change may have broken", &Theme::critical, &Theme::background},
          {"muted text on the card", &Theme::text_muted, &Theme::background},
          {"muted text on a hovered row", &Theme::text_muted, &Theme::surface_hover},
          {"muted text on a pressed quiet button", &Theme::text_muted, &Theme::border},
          {"a tab's count", &Theme::text_muted, &Theme::disabled_soft},
          {"a link on the card", &Theme::link, &Theme::background},
          {"a link on a hovered row", &Theme::link, &Theme::surface_hover},
          {"the primary button", &Theme::on_accent, &Theme::accent},
          {"the primary button, hovered", &Theme::on_accent, &Theme::accent_hover},
          {"the primary button, pressed", &Theme::on_accent, &Theme::accent_pressed},
          {"the danger button", &Theme::on_danger, &Theme::danger},
          {"the danger button, hovered", &Theme::on_danger, &Theme::danger_hover},
          {"the danger button, pressed", &Theme::on_danger, &Theme::danger_pressed},
          {"an info badge", &Theme::info, &Theme::info_soft},
          {"an ok badge", &Theme::ok, &Theme::ok_soft},
          {"a warning badge", &Theme::warning, &Theme::warning_soft},
          {"a critical badge", &Theme::critical, &Theme::critical_soft},
          {"a maintenance badge", &Theme::maintenance, &Theme::maintenance_soft},
          {"a disabled badge", &Theme::disabled, &Theme::disabled_soft},
          {"a gap's warning", &Theme::warning, &Theme::background},
          {"a field's error", &Theme::critical, &Theme::background},
      },
      kReadable);
}

TEST(Theme, HasControlsThatCanBeSeen) {
  expect_contrast(
      {
          {"a field's frame", &Theme::field_border, &Theme::background},
          {"a field's frame, inside", &Theme::field_border, &Theme::field},
          {"a focused field's frame", &Theme::focus, &Theme::field},
          {"a wrong field's frame", &Theme::critical, &Theme::field},
          {"the selected choice", &Theme::accent, &Theme::background},
          {"a ticked box", &Theme::accent, &Theme::background},
          {"the tick in a box", &Theme::on_accent, &Theme::accent},
          {"a day's bar", &Theme::info, &Theme::surface},
          {"a gap in the rota", &Theme::warning, &Theme::background},
          {"the selected tab's line", &Theme::accent, &Theme::background},
          {"a critical row's shape", &Theme::critical, &Theme::surface_hover},
          {"a warning row's shape", &Theme::warning, &Theme::surface_hover},
      },
      kVisible);
}

TEST(Theme, ReadsWhiteInitialsOnEveryAvatar) {
  for (int hue = 0; hue < 8; ++hue) {
    EXPECT_GE(contrast(0xFFFFFFFF, avatar_ground(hue)), kReadable) << hue;
  }
  EXPECT_NE(avatar_ground(-1), 0U);  // whatever the number, there is a ground
}

TEST(Contrast, AgreesWithPublishedFigures) {
  EXPECT_NEAR(contrast(0xFFFFFFFF, 0xFF000000), 21, 0.01F);
  EXPECT_NEAR(contrast(0xFF777777, 0xFFFFFFFF), 4.48F, 0.01F);
  EXPECT_NEAR(contrast(0xFF0000FF, 0xFFFFFFFF), 4.0F, 0.01F);  // red on white
  EXPECT_EQ(contrast(0xFF123456, 0xFF123456), 1);
}

TEST(Blend, IsOpaqueAndBetweenTheTwo) {
  EXPECT_EQ(blend(0x00FFFFFF, 0xFF102030), 0xFF102030U);
  EXPECT_EQ(blend(0xFF405060, 0xFF102030), 0xFF405060U);
  EXPECT_EQ(blend(0x80FFFFFF, 0xFF000000), 0xFF808080U);
}

TEST(SetThemeColor, TakesCssOrderAndKnowsEveryToken) {
  Theme theme = light_theme();
  EXPECT_TRUE(set_theme_color(theme, "accent", 0x11223344));
  EXPECT_EQ(theme.accent, 0x44332211U);
  for (const char* token :
       {"background", "text", "text-muted", "critical-soft", "danger", "field-border"}) {
    EXPECT_TRUE(set_theme_color(theme, token, 0)) << token;
  }
  EXPECT_FALSE(set_theme_color(theme, "no-such-token", 0));
  EXPECT_FALSE(set_theme_color(theme, "", 0));
}

}  // namespace
}  // namespace pd::view
