#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "base/text.h"
#include "imgui.h"
#include "text/drawing_context.h"
#include "text/text_engine.h"

namespace pd::text {
namespace {

// Every glyph is a box half as wide as the font's size, plus the family's number; counts what it is
// asked for.
class BoxSource final : public TextSource {
 public:
  FamilyId family(std::string_view css, std::string_view) override {
    const auto known =
        families_.emplace(std::string(css), static_cast<FamilyId>(families_.size() + 1));
    return known.first->second;
  }
  FontMetrics metrics(const FontKey& key) override {
    return {key.size_px * 0.8F, key.size_px * 0.2F};
  }
  std::vector<Bitmap> glyphs(const FontKey& key, std::span<const char32_t> code_points) override {
    ++batches;
    glyphs_made += static_cast<int>(code_points.size());
    return std::vector<Bitmap>(code_points.size(), box(key, 1));
  }
  // Coloured when there is a joiner in it: an emoji of several code points.
  Bitmap run(const FontKey& key, std::string_view utf8, std::uint32_t color) override {
    ++runs_made;
    Bitmap bitmap = box(key, static_cast<int>(grapheme_count(utf8)));
    bitmap.colored = utf8.contains("\u200D");
    if (bitmap.colored) colors.push_back(color);
    return bitmap;
  }

  int batches = 0, glyphs_made = 0, runs_made = 0;
  std::vector<std::uint32_t> colors;  // asked for, of coloured runs

 private:
  std::map<std::string, FamilyId> families_;

  static Bitmap box(const FontKey& key, int count) {
    Bitmap bitmap;
    bitmap.advance_px =
        (key.size_px / 2 + static_cast<float>(key.family)) * static_cast<float>(count);
    bitmap.width_px = static_cast<int>(bitmap.advance_px);
    bitmap.height_px = static_cast<int>(key.size_px);
    bitmap.top_px = -bitmap.height_px;
    bitmap.pixels.assign(
        static_cast<std::size_t>(bitmap.width_px) * static_cast<std::size_t>(bitmap.height_px),
        0xFFFFFFFF);
    return bitmap;
  }
};

class Engine : public testing::Test {
 protected:
  BoxSource source_;
  TextEngine text_{source_};
  FontKey font_{kDefaultFamily, Face::kRegular, 20};  // 10 px a glyph

  std::vector<std::string> wrap(std::string_view text, float width, int lines = 0) {
    std::vector<std::string> wrapped;
    for (const Line& line : text_.wrap(font_, text, width, lines)) wrapped.emplace_back(line.text);
    return wrapped;
  }
};

using Strings = std::vector<std::string>;

TEST(NeedsShaping, IsTrueForWhatGlyphsSideBySideWouldGetWrong) {
  struct Case {
    const char* name;
    const char* text;
    bool needed;
  };
  const Case cases[] = {
      {"English", "Disk full on ip-10-0-3-7", false},
      {"Polish", "Łukasz Żółć", false},
      {"Cyrillic", "База данных", false},
      {"Japanese", "決済ゲートウェイ", false},
      {"one emoji", "\U0001F525", false},
      {"Arabic", "قاعدة البيانات", true},
      {"Hebrew", "שלום", true},
      {"Devanagari", "हिन्दी", true},
      {"Thai", "ไทย", true},
      {"a combining mark", "e\u0301", true},
      {"a family", "\U0001F468\u200D\U0001F469\u200D\U0001F467", true},
      {"a flag", "\U0001F1EF\U0001F1F5", true},
      {"a skin tone", "\U0001F44D\U0001F3FD", true},
      {"the flag of a part of a country", "\U0001F3F4\U000E0067\U000E007F", true},
      {"nothing", "", false},
      {"bytes that are no UTF-8", "\xCC\xFF\xF0", false},
  };
  for (const Case& c : cases) EXPECT_EQ(needs_shaping(c.text), c.needed) << c.name;
}

TEST_F(Engine, MeasuresInDevicePixelsOfTheFont) {
  EXPECT_EQ(text_.width(font_, "abcd"), 40);
  EXPECT_EQ(text_.width({kDefaultFamily, Face::kBold, 30}, "abcd"), 60);
  EXPECT_EQ(text_.width(font_, ""), 0);
  EXPECT_EQ(text_.metrics(font_).ascent_px, 16);
}

TEST_F(Engine, KeepsFractionalSizesApart) {
  EXPECT_EQ(text_.width({kDefaultFamily, Face::kRegular, 19.5F}, "ab"), 19.5F);
  EXPECT_EQ(text_.width({kDefaultFamily, Face::kRegular, 20}, "ab"), 20);
}

TEST_F(Engine, AsksForUsualGlyphsInOneBatchAndForOthersOnce) {
  text_.width(font_, "The quick brown fox, 0123456789!");
  const int batches = source_.batches;
  text_.width(font_, "jumps over the lazy dog");
  EXPECT_EQ(source_.batches, batches);
  text_.width(font_, "Прод упал");
  text_.width(font_, "упал Прод");
  EXPECT_EQ(source_.batches, batches + 1);
}

TEST_F(Engine, FitsByWholeGraphemes) {
  struct Case {
    const char* name;
    const char* text;
    float width;
    const char* expected;
  };
  const Case cases[] = {
      {"what fits is itself", "abcd", 40, "abcd"},
      {"an ellipsis takes the place of what does not", "abcdef", 40, "abc…"},
      {"no blank before the ellipsis", "ab cdef", 40, "ab…"},
      {"a mark stays with its letter", "ae\u0301ioue\u0301", 40, "ae\u0301i…"},
      {"no half of a family", "\U0001F468\u200D\U0001F469\u200D\U0001F467xyz", 30,
       "\U0001F468\u200D\U0001F469\u200D\U0001F467x…"},
      {"Japanese", "決済ゲート", 40, "決済ゲ…"},
      {"room for nothing but the ellipsis", "abc", 12, "…"},
      {"no room at all", "abc", 0, "…"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(text_.fit(font_, c.text, c.width), c.expected) << c.name;
  }
}

TEST_F(Engine, FitsALongShapedStringWithFewMeasurements) {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "\u0645";
  const std::string fitted = text_.fit(font_, text, 500);
  EXPECT_EQ(grapheme_count(fitted), 50U);
  EXPECT_LT(source_.runs_made, 40);
  EXPECT_EQ(text_.width(font_, text), 2000 * 10);
}

TEST_F(Engine, WrapsAtBlanksBreaksAndBetweenCjk) {
  struct Case {
    const char* name;
    const char* text;
    float width;
    Strings expected;
  };
  const Case cases[] = {
      {"one line", "ab cd", 50, {"ab cd"}},
      {"at a blank", "ab cd", 40, {"ab", "cd"}},
      {"blanks are dropped where it breaks", "ab    cd", 40, {"ab", "cd"}},
      {"a word that is too long is cut", "abcdefgh", 30, {"abc", "def", "gh"}},
      {"between ideographs", "決済ゲート", 20, {"決済", "ゲー", "ト"}},
      {"between Latin and ideographs", "ab決済", 30, {"ab決", "済"}},
      {"before a word behind ideographs", "決済 abc", 50, {"決済", "abc"}},
      {"no word in katakana is cut that fits", "決済ゲート", 40, {"決済", "ゲート"}},
      {"no stop begins a line", "決済。ゲ", 20, {"決", "済。", "ゲ"}},
      {"no bracket ends a line", "決「済」", 20, {"決", "「済", "」"}},
      {"no dot begins a line", "ab · cd", 50, {"ab ·", "cd"}},
      {"the word before a dot goes with it", "ab cd · ef", 50, {"ab", "cd ·", "ef"}},
      {"a word that is as wide as the line lets its dot go", "abcd · ef", 40, {"abcd", "· ef"}},
      {"at a break of the text's own", "a\nb", 50, {"a", "b"}},
      {"an empty line stays", "a\n\nb", 50, {"a", "", "b"}},
      {"indentation behind a break stays", "a:\n  b: 1", 90, {"a:", "  b: 1"}},
      {"nothing", "", 50, {}},
  };
  for (const Case& c : cases) EXPECT_EQ(wrap(c.text, c.width), c.expected) << c.name;
}

TEST_F(Engine, GivesTheRestToTheLastLineThatIsAllowed) {
  EXPECT_EQ(wrap("ab cd ef gh", 25, 2), (Strings{"ab", "cd ef gh"}));
}

TEST_F(Engine, NeverLosesOrRepeatsALetterHoweverNarrow) {
  const std::string text = "p99 of POST /orders 決済ゲート above 2 s";
  const auto letters = [](const std::string& from) {
    std::string kept;
    for (const char c : from) kept += c == ' ' ? "" : std::string(1, c);
    return kept;
  };
  for (int width = 0; width < 400; width += 7) {
    const Strings lines = wrap(text, static_cast<float>(width));
    EXPECT_EQ(letters(std::accumulate(lines.begin(), lines.end(), std::string())), letters(text))
        << width;
  }
}

TEST_F(Engine, HasTwoFamiliesInOneAtlas) {
  const FontKey first{text_.family("Inter, sans-serif", "monospace"), Face::kRegular, 20};
  const FontKey second{text_.family("Georgia", "monospace"), Face::kRegular, 20};
  EXPECT_EQ(text_.family("Georgia", "monospace"), second.family);
  EXPECT_NE(first.family, second.family);
  EXPECT_EQ(text_.width(second, "ab") - text_.width(first, "ab"), 2);
}

// Frames of a context over the engine's atlas.
class Drawing : public Engine {
 protected:
  // The vertices of one frame that draws `text` at (10, 40).
  std::vector<ImDrawVert> draw(const FontKey& font, std::string_view text,
                               ImU32 color = 0xFF000000) {
    text_.new_frame();
    context_.begin_frame({800, 600});
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    text_.draw(list, font, {10.3F, 40.4F}, color, text);
    const std::vector<ImDrawVert> vertices(list.VtxBuffer.begin(), list.VtxBuffer.end());
    context_.end_frame();
    return vertices;
  }
  DrawingContext context_{text_.atlas()};
};

TEST_F(Drawing, PutsGlyphsOnWholePixelsOverTheBaseline) {
  const std::vector<ImDrawVert> vertices = draw(font_, "ab");
  ASSERT_EQ(vertices.size(), 8U);
  EXPECT_EQ(vertices[0].pos.x, 10);
  EXPECT_EQ(vertices[0].pos.y, 40 - 20);
  EXPECT_EQ(vertices[4].pos.x, 20);
  EXPECT_EQ(vertices[6].pos.y, 40);
}

TEST_F(Drawing, DrawsAShapedStringAsOnePiece) {
  EXPECT_EQ(draw(font_, "\u0645\u0631\u062D").size(), 4U);
  const int made = source_.runs_made;
  EXPECT_EQ(draw(font_, "\u0645\u0631\u062D").size(), 4U);
  EXPECT_EQ(source_.runs_made, made);
}

TEST_F(Drawing, HasTextBesideAnEmojiInItsOwnColor) {
  constexpr std::string_view kText = "On \U0001F469\u200D\U0001F4BB";
  text_.width(font_, kText);
  for (const ImU32 color : {0xFF102030U, 0xFF405060U, 0xFF102030U}) {
    EXPECT_EQ(draw(font_, kText, color).front().col, 0xFFFFFFFF);
  }
  EXPECT_EQ(source_.colors, (std::vector<std::uint32_t>{0, 0xFF102030, 0xFF405060}));
}

TEST_F(Drawing, TakesAnyNumberOfShapedStringsThroughOneAtlas) {
  for (int i = 0; i < 700; ++i) {
    const std::string text = "\u0645" + std::to_string(i);
    EXPECT_EQ(draw(font_, text).size(), 4U) << i;
  }
}

TEST_F(Drawing, GrowsTheAtlasForManyGlyphs) {
  const int before = text_.atlas().TexData->Width * text_.atlas().TexData->Height;
  std::string text;
  for (char32_t c = 0x4E00; c < 0x4E00 + 3000; ++c) append_utf8(text, c);
  const FontKey large{kDefaultFamily, Face::kRegular, 40};
  EXPECT_EQ(draw(large, text).size(), 4U * 3000);
  EXPECT_GT(text_.atlas().TexData->Width * text_.atlas().TexData->Height, before);
  EXPECT_EQ(draw(large, text).size(), 4U * 3000);
}

TEST_F(Drawing, AsksAgainAfterTheFontsChanged) {
  draw(font_, "abc");
  const int made = source_.glyphs_made;
  text_.forget_glyphs();
  EXPECT_EQ(draw(font_, "abc").size(), 12U);
  EXPECT_GT(source_.glyphs_made, made);
  EXPECT_EQ(text_.width(font_, "abc"), 30);
}

}  // namespace
}  // namespace pd::text
