#include "raster/raster.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"

namespace pd::raster {
namespace {

constexpr std::uint32_t kWhite = 0xFFFFFFFF;
constexpr std::uint32_t kBlack = 0xFF000000;
constexpr std::uint32_t kRed = 0xFF0000FF;

// A surface inside a larger one, so that a write beyond it is seen, and draw data made by hand.
class Picture {
 public:
  explicit Picture(int width = 24, int height = 16, std::uint32_t ground = kWhite)
      : width_(width),
        height_(height),
        stride_(width + 2 * kMargin),
        pixels_(static_cast<std::size_t>(stride_ * (height + 2 * kMargin)), kGuard),
        list_(&shared_) {
    clear(surface(), ground);
    data_.CmdLists.push_back(&list_);
    data_.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  }

  Surface surface() { return {pixels_.data() + offset_of(0, 0), width_, height_, stride_}; }
  std::uint32_t at(int x, int y) { return pixels_[offset_of(x, y)]; }

  void command(ImVec4 clip, ImTextureData* texture = nullptr) {
    ImDrawCmd command;
    command.ClipRect = clip;
    command.TexRef._TexData = texture;
    command.IdxOffset = static_cast<unsigned>(list_.IdxBuffer.Size);
    list_.CmdBuffer.push_back(command);
  }
  void command(ImTextureData* texture = nullptr) {
    command({0, 0, static_cast<float>(width_), static_cast<float>(height_)}, texture);
  }
  void triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
    const auto first = static_cast<ImDrawIdx>(list_.VtxBuffer.Size);
    for (const ImDrawVert& v : {a, b, c}) list_.VtxBuffer.push_back(v);
    for (ImDrawIdx i = 0; i < 3; ++i) list_.IdxBuffer.push_back(first + i);
    list_.CmdBuffer.back().ElemCount += 3;
  }
  void rectangle(ImVec2 from, ImVec2 to, std::uint32_t color, ImVec2 uv0 = {}, ImVec2 uv1 = {}) {
    const auto first = static_cast<ImDrawIdx>(list_.VtxBuffer.Size);
    list_.VtxBuffer.push_back({from, uv0, color});
    list_.VtxBuffer.push_back({{to.x, from.y}, {uv1.x, uv0.y}, color});
    list_.VtxBuffer.push_back({to, uv1, color});
    list_.VtxBuffer.push_back({{from.x, to.y}, {uv0.x, uv1.y}, color});
    for (const ImDrawIdx i : {0U, 1U, 2U, 0U, 2U, 3U}) list_.IdxBuffer.push_back(first + i);
    list_.CmdBuffer.back().ElemCount += 6;
  }
  void draw() { raster::draw(surface(), data_); }
  ImDrawData& data() { return data_; }
  ImDrawList& list() { return list_; }

  int count(std::uint32_t color) {
    int found = 0;
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) found += at(x, y) == color ? 1 : 0;
    }
    return found;
  }
  bool margin_is_untouched() {
    for (int y = -kMargin; y < height_ + kMargin; ++y) {
      for (int x = -kMargin; x < width_ + kMargin; ++x) {
        const bool inside = x >= 0 && x < width_ && y >= 0 && y < height_;
        if (!inside && at(x, y) != kGuard) return false;
      }
    }
    return true;
  }

 private:
  static constexpr int kMargin = 3;
  static constexpr std::uint32_t kGuard = 0x5A5A5A5A;
  std::size_t offset_of(int x, int y) const {
    return static_cast<std::size_t>(y + kMargin) * static_cast<std::size_t>(stride_) +
           static_cast<std::size_t>(x + kMargin);
  }

  int width_, height_, stride_;
  std::vector<std::uint32_t> pixels_;
  ImDrawListSharedData shared_;
  ImDrawList list_;
  ImDrawData data_;
};

// 4 x 4 texels, each with a colour of its own.
class Texture {
 public:
  Texture() {
    data.Create(ImTextureFormat_RGBA32, 4, 4);
    for (int i = 0; i < 16; ++i) texel(i % 4, i / 4) = color_of(i % 4, i / 4);
  }
  static std::uint32_t color_of(int x, int y) {
    return kBlack | static_cast<std::uint32_t>(x * 60) | (static_cast<std::uint32_t>(y * 60) << 8U);
  }
  std::uint32_t& texel(int x, int y) {
    return *static_cast<std::uint32_t*>(data.GetPixelsAt(x, y));
  }
  ImTextureData data;
};

TEST(DrawRectangle, FillsExactlyItsWholePixels) {
  Picture picture;
  picture.command();
  picture.rectangle({3, 2}, {9, 7}, kRed);
  picture.draw();
  EXPECT_EQ(picture.count(kRed), 6 * 5);
  EXPECT_EQ(picture.at(3, 2), kRed);
  EXPECT_EQ(picture.at(8, 6), kRed);
  EXPECT_EQ(picture.at(9, 6), kWhite);
}

TEST(DrawRectangle, OwnsThePixelsWhoseCentreItCovers) {
  Picture picture;
  picture.command();
  picture.rectangle({2.5F, 2.4F}, {5.5F, 4.6F}, kRed);
  picture.draw();
  EXPECT_EQ(picture.count(kRed), 3 * 3);
  EXPECT_EQ(picture.at(2, 2), kRed);
  EXPECT_EQ(picture.at(4, 4), kRed);
}

TEST(Draw, StaysInsideTheClipRectangle) {
  Picture picture;
  picture.command({4, 5, 8, 9});
  picture.rectangle({-100, -100}, {100, 100}, kRed);
  picture.triangle({{-50, -50}, {}, kBlack}, {{200, -50}, {}, kBlack}, {{-50, 200}, {}, kBlack});
  picture.draw();
  EXPECT_EQ(picture.count(kWhite), 24 * 16 - 4 * 4);
  EXPECT_EQ(picture.at(4, 5), kBlack);
}

TEST(Draw, SkipsACommandWhoseClipRectangleIsEmptyOrNoNumber) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  for (const ImVec4 clip : {ImVec4{8, 8, 8, 12}, ImVec4{9, 0, 3, 16}, ImVec4{0, 0, kNan, kNan}}) {
    Picture picture;
    picture.command(clip);
    picture.rectangle({0, 0}, {24, 16}, kRed);
    picture.draw();
    EXPECT_EQ(picture.count(kRed), 0);
  }
}

TEST(Blend, IsSourceOverRoundedToTheNearest) {
  struct Case {
    const char* name;
    std::uint32_t source, ground;
  };
  const Case cases[] = {
      {"half red on white", 0x800000FF, 0xFFFFFFFF},
      {"faint white on black", 0x01FFFFFF, 0xFF000000},
      {"nearly opaque", 0xFE102030, 0xFFC0B0A0},
      {"on a ground that is not opaque", 0x80FFFFFF, 0x80404040},
  };
  for (const Case& c : cases) {
    Picture picture(4, 4, c.ground);
    picture.command();
    picture.rectangle({0, 0}, {4, 4}, c.source);
    picture.draw();
    const double alpha = (c.source >> 24U) / 255.0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
      const double ground = (c.ground >> shift) & 0xFFU;
      const double source = shift == 24 ? 255.0 : (c.source >> shift) & 0xFFU;
      const double expected = source * alpha + ground * (1 - alpha);
      EXPECT_NEAR((picture.at(1, 1) >> shift) & 0xFFU, expected, 1.01) << c.name << " at " << shift;
    }
  }
}

TEST(Blend, LeavesTheGroundAloneWhereNothingCovers) {
  Picture picture;
  picture.command();
  picture.rectangle({0, 0}, {24, 16}, 0x00123456);
  picture.draw();
  EXPECT_EQ(picture.count(kWhite), 24 * 16);
}

TEST(DrawGlyph, CopiesTexelsOneToOne) {
  Texture texture;
  Picture picture;
  picture.command(&texture.data);
  picture.rectangle({5, 6}, {9, 10}, kWhite, {0, 0}, {1, 1});
  picture.draw();
  for (int y = 0; y < 4; ++y) {
    for (int x = 0; x < 4; ++x) EXPECT_EQ(picture.at(5 + x, 6 + y), Texture::color_of(x, y));
  }
  EXPECT_EQ(picture.count(kWhite), 24 * 16 - 16);
}

TEST(DrawGlyph, GivesCoverageTheTextsColour) {
  Texture texture;
  for (int i = 0; i < 16; ++i) texture.texel(i % 4, i / 4) = i == 5 ? kWhite : 0x00FFFFFF;
  Picture picture;
  picture.command(&texture.data);
  picture.rectangle({0, 0}, {4, 4}, kRed, {0, 0}, {1, 1});
  picture.draw();
  EXPECT_EQ(picture.at(1, 1), kRed);
  EXPECT_EQ(picture.count(kRed), 1);
}

TEST(DrawGlyph, IsCutAtTheClipRectangle) {
  Texture texture;
  Picture picture;
  picture.command({6, 7, 8, 8}, &texture.data);
  picture.rectangle({5, 6}, {9, 10}, kWhite, {0, 0}, {1, 1});
  picture.draw();
  EXPECT_EQ(picture.at(6, 7), Texture::color_of(1, 1));
  EXPECT_EQ(picture.at(7, 7), Texture::color_of(2, 1));
  EXPECT_EQ(picture.count(kWhite), 24 * 16 - 2);
}

TEST(DrawTriangle, MixesTheColoursOfItsCorners) {
  Picture picture(64, 64, kBlack);
  picture.command();
  picture.triangle({{0, 0}, {}, 0xFF000000}, {{64, 0}, {}, 0xFF0000FF}, {{0, 64}, {}, 0xFF00FF00});
  picture.draw();
  const std::uint32_t middle = picture.at(16, 16);
  EXPECT_NEAR(middle & 0xFFU, 255 * 16.5 / 64, 2);
  EXPECT_NEAR((middle >> 8U) & 0xFFU, 255 * 16.5 / 64, 2);
  EXPECT_EQ(middle >> 16U, 0xFF00U);
}

// The rule in its plainest form: a centre is inside, or lies on an edge that is a top or a left
// one.
bool covers(const ImVec2 (&corners)[3], int x, int y) {
  struct Exact {
    std::int64_t x, y;
  };
  Exact p[3];
  for (int i = 0; i < 3; ++i) {
    p[i] = {std::lround(corners[i].x * 256), std::lround(corners[i].y * 256)};
  }
  const auto cross = [](Exact a, Exact b, Exact c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  };
  if (cross(p[0], p[1], p[2]) == 0) return false;
  if (cross(p[0], p[1], p[2]) < 0) std::swap(p[1], p[2]);
  const Exact centre{x * 256 + 128, y * 256 + 128};
  for (int i = 0; i < 3; ++i) {
    const Exact from = p[i];
    const Exact to = p[(i + 1) % 3];
    const std::int64_t side = cross(from, to, centre);
    const bool top_or_left = to.y < from.y || (to.y == from.y && to.x > from.x);
    if (side < 0 || (side == 0 && !top_or_left)) return false;
  }
  return true;
}

TEST(DrawTriangle, CoversWhatAReferenceCovers) {
  std::mt19937 random(7);  // NOLINT: the same triangles in every run
  std::uniform_int_distribution<int> coordinate(-40, 130);
  for (int i = 0; i < 3000; ++i) {
    // Quarters of pixels: many edges meet centres exactly.
    const auto corner = [&] {
      return ImVec2{static_cast<float>(coordinate(random)) / 4,
                    static_cast<float>(coordinate(random)) / 4};
    };
    const ImVec2 corners[3] = {corner(), corner(), corner()};
    Picture picture;
    picture.command();
    picture.triangle({corners[0], {}, kRed}, {corners[1], {}, kRed}, {corners[2], {}, kRed});
    picture.draw();
    for (int y = 0; y < 16; ++y) {
      for (int x = 0; x < 24; ++x) {
        ASSERT_EQ(picture.at(x, y) == kRed, covers(corners, x, y)) << i << ": " << x << ", " << y;
      }
    }
  }
}

TEST(DrawTriangle, SharesAnEdgeWithoutGapAndWithoutDrawingTwice) {
  constexpr std::uint32_t kHalf = 0x80000000;
  Picture once(24, 16);
  once.command();
  once.rectangle({2, 1}, {22, 15}, kHalf);
  once.draw();
  const std::uint32_t expected = once.at(10, 8);
  Picture fan(24, 16);
  fan.command();
  const ImVec2 middle{9.3F, 6.7F};
  const ImVec2 rim[] = {{2, 1}, {22, 1}, {22, 15}, {2, 15}};
  for (int i = 0; i < 4; ++i) {
    fan.triangle({middle, {}, kHalf}, {rim[i], {}, kHalf}, {rim[(i + 1) % 4], {}, kHalf});
  }
  fan.draw();
  EXPECT_EQ(fan.count(expected), 20 * 14);
  EXPECT_EQ(fan.count(kWhite), 24 * 16 - 20 * 14);
}

TEST(Draw, NeverWritesOutsideWhateverTheDrawData) {
  std::mt19937 random(11);  // NOLINT: the same draw data in every run
  Texture texture;
  constexpr float kOdd[] = {0,
                            -1,
                            1e9F,
                            -1e9F,
                            1e30F,
                            std::numeric_limits<float>::infinity(),
                            0.5F,
                            23.5F,
                            24,
                            16,
                            std::numeric_limits<float>::quiet_NaN(),
                            1e-30F};
  const auto number = [&](float most) {
    if (random() % 4 == 0) return kOdd[random() % std::size(kOdd)];
    return static_cast<float>(random() % 4000) / 1000 * most - most;
  };
  const auto vertex = [&] {
    return ImDrawVert{
        {number(24), number(16)}, {number(1), number(1)}, static_cast<ImU32>(random())};
  };
  for (int i = 0; i < 4000; ++i) {
    Picture picture;
    picture.command({number(24), number(16), number(24), number(16)},
                    random() % 2 == 0 ? &texture.data : nullptr);
    picture.triangle(vertex(), vertex(), vertex());
    const ImDrawVert a = vertex();
    const ImDrawVert b = vertex();
    picture.rectangle(a.pos, b.pos, a.col, a.uv, b.uv);
    picture.command(&texture.data);
    picture.rectangle(a.pos, {a.pos.x + 4, a.pos.y + 4}, b.col, {0, 0}, {1, 1});
    picture.triangle(vertex(), vertex(), vertex());
    picture.draw();
    ASSERT_TRUE(picture.margin_is_untouched()) << i;
  }
}

TEST(Hash, TellsEveryKindOfChangeApart) {
  const auto hash_of = [](auto change) {
    Picture picture;
    picture.command();
    picture.rectangle({1, 1}, {5, 5}, kRed);
    change(picture);
    return hash(picture.data());
  };
  const std::uint64_t base = hash_of([](Picture&) {});
  struct Case {
    const char* name;
    void (*change)(Picture&);
  };
  const Case cases[] = {
      {"a vertex moved", [](Picture& p) { p.list().VtxBuffer[2].pos.x += 1; }},
      {"a colour", [](Picture& p) { p.list().VtxBuffer[0].col ^= 1; }},
      {"a texture coordinate", [](Picture& p) { p.list().VtxBuffer[3].uv.y = 0.5F; }},
      {"an index", [](Picture& p) { p.list().IdxBuffer[5] = 1; }},
      {"the clip rectangle", [](Picture& p) { p.list().CmdBuffer[0].ClipRect.w -= 1; }},
      {"how much a command draws", [](Picture& p) { p.list().CmdBuffer[0].ElemCount = 3; }},
      {"one more command", [](Picture& p) { p.command(); }},
      {"the display's width", [](Picture& p) { p.data().DisplaySize.x += 1; }},
  };
  EXPECT_EQ(base, hash_of([](Picture&) {}));
  for (const Case& c : cases) EXPECT_NE(base, hash_of(c.change)) << c.name;
}

}  // namespace
}  // namespace pd::raster
