// The view models of tests/golden/states, painted with test fonts.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "card/snapshot.h"
#include "paint/paint.h"
#include "places.h"

namespace pd::view {

inline constexpr const char* kStates[] = {
    "calm",     "changes", "dialog-edit",     "dialog-failed", "dialog-select", "entity-error",
    "folded",   "gap",     "incident-detail", "loading",       "many",          "not-annotated",
    "offline",  "on-fire", "overview",        "rota",          "section-error", "sections-loading",
    "timeline", "triage",  "wallboard"};
inline constexpr float kWidths[] = {280, 320, 400, 480, 680, 900, 1200};

inline card::ViewModel read_state(const std::string& name) {
  std::ifstream file(source_dir() / "tests/golden/states" / (name + ".json"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto model = card::read_snapshot(text);
  EXPECT_TRUE(model) << name << ": " << (model ? "" : model.error().message);
  return model ? std::move(*model) : card::ViewModel{};
}

// Tests that need glyphs; skipped where the pinned fonts could not be had.
class WithFonts : public testing::Test {
 protected:
  void SetUp() override {
    source_ = paint::make_test_font_source();
    if (!source_) GTEST_SKIP() << "skipped: the test fonts (./run setup sources)";
  }
  paint::Painted paint(const card::ViewModel& model, float width = 480, Input input = {}) {
    paint::Options options;
    options.width_css_px = width;
    options.input = input;
    return paint::paint(*source_, model, options);
  }
  std::unique_ptr<text::TextSource> source_;
};

inline const TwinNode* find(const Output& output, const std::string& id) {
  for (const TwinNode& node : output.twin) {
    if (node.id == id) return &node;
  }
  return nullptr;
}

}  // namespace pd::view
