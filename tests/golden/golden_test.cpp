// The card as pictures: each state of states/ in its own layout and as a trigger, and each of the
// settings page (settings_states.h), at three widths, in two themes, at three densities. (The layouts compact and oncall are drawn as full is; what
// they leave out is the model's choice.)
//
// All of them are compared by digest (digests.txt): the same model gives the same pixels, natively
// and as WebAssembly. A reviewed few are in images/ as well, for people to look at; they are
// compared first, so that a failure shows what differs.
//
// A picture that differs is left in the build folder (golden/<name>.png, .diff.png).
// UPDATE_GOLDENS=1 rewrites both, and removes images that no longer belong to a state.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "card/snapshot.h"
#include "paint/paint.h"
#include "places.h"
#include "png/png.h"
#include "settings_states.h"

namespace pd {
namespace {

namespace fs = std::filesystem;

// What a channel may differ by, and how many pixels may differ more: nothing but rounding.
constexpr int kTolerance = 3;
constexpr std::size_t kMaxDiffering = 8;

const fs::path kFolder = source_dir() / "tests/golden";
const fs::path kActual = build_dir() / "golden";

struct Variant {
  float width_css_px = 480;
  bool dark = false;
  float dpr = 1;
  bool trigger = false;
};

std::string name_of(const std::string& state, const Variant& variant) {
  std::string name = state + "." + std::to_string(static_cast<int>(variant.width_css_px)) +
                     (variant.dark ? ".dark" : ".light");
  if (variant.dpr == 2) name += "@2x";
  if (variant.dpr == 1.5F) name += "@1.5x";
  if (variant.trigger) name += ".trigger";
  return name;
}

bool is_settings(const std::string& state) { return state.starts_with("settings"); }

std::vector<Variant> variants_of(const std::string& state) {
  std::vector<Variant> all;
  for (const float width : {320.0F, 480.0F, 900.0F}) {
    for (const bool dark : {false, true}) {
      for (const float dpr : {1.0F, 1.5F, 2.0F}) {
        all.push_back({width, dark, dpr, false});
        if (!is_settings(state)) all.push_back({width, dark, dpr, true});
      }
    }
  }
  return all;
}

// Every state once, and some of them as they look dark, dense, narrow and wide.
bool is_reviewed(const std::string& state, const Variant& variant) {
  if (variant.trigger) return false;
  if (variant.width_css_px == 480 && !variant.dark && variant.dpr == 1) return true;
  const std::string name = name_of(state, variant);
  constexpr const char* kMore[] = {"calm.480.dark@1.5x",
                                   "dialog-select.320.dark",
                                   "incident-detail.320.light",
                                   "many.320.dark",
                                   "on-fire.480.dark@2x",
                                   "on-fire.900.light",
                                   "overview.900.dark",
                                   "rota.320.light",
                                   "rota.900.dark",
                                   "section-error.320.light",
                                   "timeline.480.dark@2x",
                                   "triage.900.light",
                                   "wallboard.320.light",
                                   "wallboard.900.dark",
                                   "compact.320.dark",
                                   "oncall-only.320.light",
                                   "wallboard-opened.900.light",
                                   "settings.320.dark",
                                   "settings-tested.900.dark",
                                   "settings-oauth-wrong.320.light"};
  return std::ranges::find(kMore, name) != std::end(kMore);
}

std::vector<std::string> states() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder / "states")) {
    names.push_back(entry.path().stem().string());
  }
  for (const auto& [name, model] : settings_states()) names.push_back(name);
  std::ranges::sort(names);
  return names;
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// FNV-1a of the size and the pixels, as 16 hexadecimal digits.
std::string digest_of(const png::Image& image) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  const auto add = [&hash](std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      hash = (hash ^ ((value >> shift) & 0xFFU)) * 0x100000001B3U;
    }
  };
  add(static_cast<std::uint32_t>(image.width));
  for (const std::uint32_t pixel : image.pixels) add(pixel);
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) {
    text += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return text;
}

// digests.txt: a line for each picture, by name.
class Digests {
 public:
  Digests() {
    std::ifstream file(kFolder / "digests.txt");
    std::string name, digest;
    while (file >> name >> digest) by_name_[name] = digest;
  }
  std::string find(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? std::string() : found->second;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    names.reserve(by_name_.size());
    for (const auto& [name, digest] : by_name_) names.push_back(name);
    return names;
  }
  static void write(const std::map<std::string, std::string>& by_name) {
    std::ofstream file(kFolder / "digests.txt");
    for (const auto& [name, digest] : by_name) file << name << ' ' << digest << '\n';
  }

 private:
  std::map<std::string, std::string> by_name_;
};

bool updates() { return std::getenv("UPDATE_GOLDENS") != nullptr; }

class Golden : public testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    source_ = paint::make_test_font_source();
    expected_ = std::make_unique<Digests>();
    fs::create_directories(kActual);
  }
  static void TearDownTestSuite() {
    // A filtered run knows some of the states only.
    if (source_ && updates() && seen_ == states().size()) Digests::write(actual_);
    source_.reset();
    expected_.reset();
  }
  static std::unique_ptr<text::TextSource> source_;
  static std::unique_ptr<Digests> expected_;
  static std::map<std::string, std::string> actual_;
  static std::size_t seen_;
};
std::unique_ptr<text::TextSource> Golden::source_;
std::unique_ptr<Digests> Golden::expected_;
std::map<std::string, std::string> Golden::actual_;
std::size_t Golden::seen_ = 0;

// Against the picture in images/.
void check_image(const std::string& name, const png::Image& actual) {
  const fs::path path = kFolder / "images" / (name + ".png");
  const auto expected = png::read(path.string());
  if (updates()) {
    ASSERT_TRUE(png::write(path.string(), actual)) << path;
    return;
  }
  ASSERT_TRUE(expected) << path << " is not there; UPDATE_GOLDENS=1 makes it";
  const png::Difference difference = png::compare(actual, *expected, kTolerance);
  if (difference.differing <= kMaxDiffering) return;
  const std::string left = (kActual / name).string();
  png::write(left + ".png", actual);
  png::write(left + ".diff.png", difference.image);
  ADD_FAILURE() << name << ": " << difference.differing << " pixels differ, by up to "
                << difference.largest << " of 255; see " << left << ".diff.png";
}

png::Image picture_of(text::TextSource& source, const std::string& state, const Variant& variant) {
  paint::Options options;
  options.dark = variant.dark;
  options.dpr = variant.dpr;
  options.width_css_px = variant.width_css_px;
  if (is_settings(state)) {
    for (const auto& [name, model] : settings_states()) {
      if (name == state) return paint::paint(source, model, options).image;
    }
  }
  auto model = card::read_snapshot(read_file(kFolder / "states" / (state + ".json")));
  if (!model) {
    ADD_FAILURE() << state << ": " << model.error().message;
    return {};
  }
  if (variant.trigger) model->layout = card::Layout::kTrigger;
  return paint::paint(source, *model, options).image;
}

TEST_P(Golden, LooksAsItDid) {
  if (!source_) GTEST_SKIP() << "skipped: the test fonts (./run setup sources)";
  const std::string& state = GetParam();
  for (const Variant& variant : variants_of(state)) {
    const std::string name = name_of(state, variant);
    const png::Image image = picture_of(*source_, state, variant);
    if (is_reviewed(state, variant)) check_image(name, image);
    actual_[name] = digest_of(image);
    if (updates() || expected_->find(name) == actual_[name]) continue;
    const std::string left = (kActual / (name + ".png")).string();
    png::write(left, image);
    ADD_FAILURE() << name << " is another picture than before; see " << left
                  << ", and `pdcard render` for the one of an older commit";
  }
  ++seen_;
}

INSTANTIATE_TEST_SUITE_P(States, Golden, testing::ValuesIn(states()), [](const auto& named) {
  std::string name = named.param;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

TEST(GoldenFiles, BelongToAStateThatIsThere) {
  std::vector<std::string> names;
  std::vector<std::string> reviewed;
  for (const std::string& state : states()) {
    for (const Variant& variant : variants_of(state)) {
      names.push_back(name_of(state, variant));
      if (is_reviewed(state, variant)) reviewed.push_back(names.back());
    }
  }
  for (const auto& entry : fs::directory_iterator(kFolder / "images")) {
    const bool known = std::ranges::find(reviewed, entry.path().stem().string()) != reviewed.end();
    if (!known && updates()) fs::remove(entry.path());
    EXPECT_TRUE(known || updates()) << entry.path();
  }
  if (updates()) return;
  std::ranges::sort(names);
  EXPECT_EQ(Digests().names(), names);
}

TEST(GoldenCompare, SeesAPixelAndASizeThatDiffer) {
  png::Image image{4, 4, std::vector<std::uint32_t>(16, 0xFFFFFFFF)};
  png::Image other = image;
  EXPECT_EQ(png::compare(image, other, 0).differing, 0U);
  EXPECT_EQ(digest_of(image), digest_of(other));
  other.pixels[5] = 0xFFFFFF00;
  EXPECT_EQ(png::compare(image, other, kTolerance).differing, 1U);
  EXPECT_NE(digest_of(image), digest_of(other));
  other.height = 2;
  EXPECT_GT(png::compare(image, other, 255).differing, kMaxDiffering);
}

}  // namespace
}  // namespace pd
