#include "app/app.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "paint/paint.h"

namespace pd::app {
namespace {

using card::CardId;

constexpr Time kNow = time_from_ms(1'760'000'000'000);
constexpr const char* kEntity = R"(apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: checkout-api
  title: Checkout API
  annotations:
    pagerduty.com/service-id: PABC123
)";

class Cards : public testing::Test {
 protected:
  void SetUp() override {
    source_ = paint::make_test_font_source();
    if (!source_) GTEST_SKIP() << "skipped: the test fonts (./run setup sources)";
    app_ = std::make_unique<App>(*source_, 1);
  }

  void open(CardId id, float width = 480, float dpr = 1) {
    card::CardConfig config;
    config.expects_entity = true;
    app_->handle(card::OpenCard{id, config}, kNow);
    app_->handle(card::EntityLoaded{id, kEntity, "catalog-info.yaml"}, kNow);
    app_->set_viewport(id, {width, 0, dpr, false});
  }
  // One frame, which is all there is to draw.
  Frame draw(CardId id, Time now = kNow) {
    const Frame frame = app_->frame(id, now);
    const Frame next = app_->frame(id, now);
    EXPECT_FALSE(frame.again || next.again || next.pixels_changed || next.twin_changed) << id;
    return frame;
  }
  std::vector<card::Effect> effects(Time now = kNow) { return app_->take_effects(now); }
  template <typename Kind>
  int count(const std::vector<card::Effect>& effects) {
    return static_cast<int>(std::ranges::count_if(
        effects, [](const card::Effect& e) { return std::holds_alternative<Kind>(e); }));
  }

  std::unique_ptr<text::TextSource> source_;
  std::unique_ptr<App> app_;
};

TEST_F(Cards, DrawTheFirstFrameAndNothingUntilSomethingChanges) {
  open(1);
  const Frame first = draw(1);
  EXPECT_TRUE(first.pixels_changed);
  EXPECT_TRUE(first.twin_changed);
  EXPECT_GT(first.height_css_px, 100);
  EXPECT_EQ(first.surface.width, 480);
  EXPECT_NE(app_->twin(1).find("Checkout API"), std::string::npos);
}

TEST_F(Cards, RedrawForEachThingThatShows) {
  open(1);
  draw(1);
  struct Case {
    const char* name;
    void (*change)(App&);
    bool pixels, twin;
  };
  const Case cases[] = {
      {"the pointer over a button", [](App& app) { app.set_pointer(1, 460, 30, false); }, true,
       false},
      {"the pointer away", [](App& app) { app.set_pointer(1, -1, -1, false); }, true, false},
      {"the theme", [](App& app) { app.set_style(1, view::dark_theme(), "", ""); }, true, false},
      {"only the ground",
       [](App& app) {
         view::Theme theme = view::dark_theme();
         theme.background ^= 0x10;
         app.set_style(1, theme, "", "");
       },
       true, false},
      {"the width", [](App& app) { app.set_viewport(1, {600, 0, 1, false}); }, true, true},
      {"the density", [](App& app) { app.set_viewport(1, {600, 0, 1.5F, false}); }, true, true},
      {"hidden and shown again", [](App& app) { app.hide(1); }, true, false},
      {"drawn for nobody", [](App& app) { app.forget_frame(1); }, true, true},
      {"the page's fonts", [](App& app) { app.forget_glyphs(); }, true, false},
      {"nothing", [](App&) {}, false, false},
  };
  for (const Case& c : cases) {
    c.change(*app_);
    SCOPED_TRACE(c.name);
    const Frame frame = draw(1);
    EXPECT_EQ(frame.pixels_changed, c.pixels);
    EXPECT_EQ(frame.twin_changed && !c.twin, false);
  }
}

TEST_F(Cards, ArePresentedAtExactlyTheDevicesPixels) {
  for (const float dpr : {1.0F, 1.25F, 1.5F, 2.0F, 3.0F}) {
    open(1, 400, dpr);
    const Frame frame = app_->frame(1, kNow);
    EXPECT_EQ(frame.surface.width, static_cast<int>(400 * dpr)) << dpr;
    EXPECT_NEAR(static_cast<float>(frame.surface.height), frame.height_css_px * dpr, 0.51F) << dpr;
  }
}

TEST_F(Cards, NeverTakeMoreMemoryThanASurfaceMay) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  open(1);
  const Viewport viewports[] = {
      {1e9F, 0, 1, false}, {480, 0, 1e9F, false},      {1e9F, 1e9F, 1e9F, false},
      {8192, 0, 8, false}, {kInfinity, 0, 2, false},   {480, kNan, 1, false},
      {480, -5, 1, false}, {0.001F, 0, 0.001F, false}, {480, 0, kInfinity, false},
  };
  for (const Viewport& viewport : viewports) {
    app_->set_viewport(1, viewport);
    const Frame frame = app_->frame(1, kNow);
    const auto pixels = static_cast<std::size_t>(frame.surface.width) *
                        static_cast<std::size_t>(frame.surface.height);
    EXPECT_LE(pixels, 16U * 1024 * 1024) << viewport.width_css_px << " at " << viewport.dpr;
    EXPECT_GT(frame.surface.width, 0);
  }
}

TEST_F(Cards, DrawNothingWithoutAWidthOrADensity) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  open(1);
  for (const Viewport& viewport : {Viewport{0, 0, 1, false},
                                   {-480, 0, 1, false},
                                   {480, 0, 0, false},
                                   {480, 0, -2, false},
                                   {kNan, 0, 1, false},
                                   {480, 0, kNan, false}}) {
    app_->set_viewport(1, viewport);
    EXPECT_EQ(app_->frame(1, kNow).surface.pixels, nullptr);
  }
  EXPECT_EQ(app_->frame(99, kNow).surface.pixels, nullptr);  // there is no such card
  EXPECT_EQ(app_->twin(99), "");
}

TEST_F(Cards, TakeAnyPointerAndScrollPosition) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  open(1);
  draw(1);
  for (const float odd : {kNan, 1e30F, -1e30F, std::numeric_limits<float>::infinity()}) {
    app_->set_pointer(1, odd, odd, true);
    app_->set_scroll(1, "section:incidents:list", odd);
    app_->set_scroll(1, "no such node", odd);
    EXPECT_FALSE(app_->frame(1, kNow).pixels_changed) << odd;
  }
}

std::string incidents_body(int count) {
  std::string body = R"({"incidents":[)";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    body += (i > 0 ? "," : "") + (R"({"id":"PINC)" + number) +
            R"(","status":"triggered","urgency":"high","title":"Disk full",)" +
            R"("created_at":"2025-10-09T08:00:00Z","service":{"id":"PABC123"}})";
  }
  return body + R"(],"more":false})";
}

TEST_F(Cards, BringTheRowsOfALongListToTheTwinAsTheyAreScrolledTo) {
  app_->handle(card::AccountChanged{.account = "", .connected = true}, kNow);
  open(1);
  app_->handle(card::CardVisible{1, true}, kNow);
  const Time later = kNow + std::chrono::seconds(1);
  for (bool asked = true; asked;) {
    asked = false;
    app_->handle(card::Tick{}, later);
    for (const card::Effect& effect : effects(later)) {
      const auto* request = std::get_if<card::SendRequest>(&effect);
      if (request == nullptr) continue;
      asked = true;
      const bool incidents = request->what.path.starts_with("/incidents");
      const std::string service = R"({"service":{"id":"PABC123","name":"Checkout API"}})";
      app_->handle(
          card::ResponseArrived{request->request, 200, incidents ? incidents_body(500) : service},
          later);
    }
  }
  draw(1, later);
  const std::string first = app_->twin(1);
  EXPECT_EQ(first.find("PINC250\""), std::string::npos);
  app_->set_scroll(1, "section:incidents:list", 10);
  EXPECT_FALSE(app_->frame(1, later).twin_changed);
  app_->set_scroll(1, "section:incidents:list", 250 * 95);
  EXPECT_TRUE(app_->frame(1, later).twin_changed);
  EXPECT_NE(app_->twin(1).find("\"setSize\":500"), std::string::npos);
  EXPECT_NE(app_->twin(1).find("PINC250\""), std::string::npos);
  draw(1, later);
  EXPECT_FALSE(app_->frame(1, later).twin_changed);
}

TEST_F(Cards, LiveAndDieInAnyOrderOverOneAtlas) {
  constexpr CardId kCards = 100;
  for (CardId id = 1; id <= kCards; ++id)
    open(id, 300 + static_cast<float>(id), 1 + 0.5F * static_cast<float>(id % 3));
  for (CardId id = 1; id <= kCards; ++id) EXPECT_TRUE(app_->frame(id, kNow).pixels_changed) << id;
  for (CardId id = 1; id <= kCards; id += 2) app_->handle(card::CloseCard{id}, kNow);
  for (CardId id = 2; id <= kCards; id += 2) draw(id);
  for (CardId id = kCards; id > 50; --id) app_->handle(card::CloseCard{id}, kNow);
  open(7);
  EXPECT_TRUE(app_->frame(7, kNow).pixels_changed);
  for (CardId id = 1; id <= kCards; ++id) app_->handle(card::CloseCard{id}, kNow);
  EXPECT_EQ(app_->frame(7, kNow).surface.pixels, nullptr);
}

TEST_F(Cards, DoNotHearOfEachOther) {
  open(1);
  open(2);
  draw(1);
  draw(2);
  app_->set_pointer(1, 460, 30, true);
  EXPECT_TRUE(app_->frame(1, kNow).pixels_changed);
  EXPECT_FALSE(app_->frame(2, kNow).pixels_changed);
  app_->set_viewport(1, {700, 0, 2, false});
  app_->frame(1, kNow);
  EXPECT_EQ(app_->frame(2, kNow).surface.width, 480);
}

TEST_F(Cards, WakeThePageWhenTheirWordsChange) {
  open(1);
  draw(1);
  const std::vector<card::Effect> before = effects();
  ASSERT_GE(count<card::WakeAt>(before), 1);
  Time due{};
  for (const card::Effect& effect : before) {
    if (const auto* wake = std::get_if<card::WakeAt>(&effect)) due = wake->at;
  }
  EXPECT_GT(due, kNow);
  EXPECT_LE(due - kNow, std::chrono::minutes{1});
  EXPECT_EQ(count<card::WakeAt>(effects()), 0);  // told once
  app_->handle(card::Tick{}, due);
  EXPECT_GE(count<card::CardChanged>(effects(due)), 1);
}

TEST_F(Cards, DoNotWakeThePageForWordsThatNobodySees) {
  open(1);
  draw(1);
  effects();
  app_->handle(card::CardVisible{1, false}, kNow);
  effects();
  const Time later = kNow + std::chrono::minutes{2};
  app_->handle(card::Tick{}, later);
  EXPECT_EQ(count<card::CardChanged>(effects(later)), 0);
}

TEST_F(Cards, GiveTheirSnapshotAndFactsAsJson) {
  open(1);
  EXPECT_EQ(app_->snapshot(1, kNow).front(), '{');
  EXPECT_NE(app_->snapshot(1, kNow).find("Checkout API"), std::string::npos);
  EXPECT_EQ(app_->facts(1, kNow).front(), '{');
  EXPECT_EQ(app_->facts(99, kNow), "{}");
}

}  // namespace
}  // namespace pd::app
