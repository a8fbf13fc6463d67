// The card as pictures: each state of states/ in two themes at two densities against images/. A
// picture that differs leaves <name>.actual.png and <name>.diff.png beside the expected one;
// UPDATE_GOLDENS=1 rewrites them.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "card/snapshot.h"
#include "paint/paint.h"
#include "png/png.h"

namespace pd {
namespace {

// What a channel may differ by, and how many pixels may differ more: nothing but rounding.
constexpr int kTolerance = 3;
constexpr std::size_t kMaxDiffering = 8;
constexpr float kWidth = 480;

constexpr const char* kStates[] = {"calm",          "changes", "dialog-edit", "dialog-failed",
                                   "entity-error",  "gap",     "loading",     "many",
                                   "not-annotated", "offline", "on-fire",     "section-error"};

struct Variant {
  std::string name;
  bool dark = false;
  float dpr = 1;
};
const Variant kVariants[] = {
    {"light", false, 1}, {"light@2x", false, 2}, {"dark", true, 1}, {"dark@2x", true, 2}};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Golden : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { source_ = paint::make_test_font_source(); }
  static void TearDownTestSuite() { source_.reset(); }
  static std::unique_ptr<text::TextSource> source_;
};
std::unique_ptr<text::TextSource> Golden::source_;

void check(const std::string& name, const png::Image& actual) {
  const std::string path = std::string(PDC_GOLDEN_DIR) + "/images/" + name;
  if (std::getenv("UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(png::write(path + ".png", actual)) << path;
    return;
  }
  const auto expected = png::read(path + ".png");
  ASSERT_TRUE(expected) << path << ".png is not there; UPDATE_GOLDENS=1 makes it";
  const png::Difference difference = png::compare(actual, *expected, kTolerance);
  if (difference.differing <= kMaxDiffering) {
    std::remove((path + ".actual.png").c_str());
    std::remove((path + ".diff.png").c_str());
    return;
  }
  png::write(path + ".actual.png", actual);
  png::write(path + ".diff.png", difference.image);
  ADD_FAILURE() << name << ": " << difference.differing << " pixels differ, by up to "
                << difference.largest << " of 255; see " << path << ".diff.png";
}

TEST_P(Golden, LooksAsItDid) {
  if (!source_) GTEST_SKIP() << "skipped: the test fonts (./run setup sources)";
  const std::string state = GetParam();
  const auto model = card::read_snapshot(read_file(PDC_GOLDEN_DIR "/states/" + state + ".json"));
  ASSERT_TRUE(model) << model.error().message;
  for (const Variant& variant : kVariants) {
    paint::Options options;
    options.dark = variant.dark;
    options.dpr = variant.dpr;
    options.width_css_px = kWidth;
    check(state + "." + variant.name, paint::paint(*source_, *model, options).image);
  }
}

INSTANTIATE_TEST_SUITE_P(States, Golden, testing::ValuesIn(kStates), [](const auto& named) {
  std::string name = named.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST(GoldenCompare, SeesAPixelAndASizeThatDiffer) {
  png::Image image{4, 4, std::vector<std::uint32_t>(16, 0xFFFFFFFF)};
  png::Image other = image;
  EXPECT_EQ(png::compare(image, other, 0).differing, 0U);
  other.pixels[5] = 0xFFFFFF00;
  EXPECT_EQ(png::compare(image, other, kTolerance).differing, 1U);
  other.height = 2;
  EXPECT_GT(png::compare(image, other, 255).differing, kMaxDiffering);
}

}  // namespace
}  // namespace pd
