#include "base/text.h"

#include <gtest/gtest.h>

#include <vector>

namespace pd {
namespace {

std::string utf8(std::initializer_list<char32_t> code_points) {
  std::string text;
  for (const char32_t c : code_points) append_utf8(text, c);
  return text;
}

std::vector<char32_t> decode(std::string_view text) {
  std::vector<char32_t> code_points;
  for (std::size_t at = 0; at < text.size();) code_points.push_back(next_code_point(text, at));
  return code_points;
}

TEST(NextCodePoint, DecodesUtf8AndReplacesEachWrongByte) {
  constexpr char32_t kBad = 0xFFFD;
  struct Case {
    std::string name, text;
    std::vector<char32_t> code_points;
  };
  const Case cases[] = {
      {"ASCII", std::string("a\0\x7F", 3), {'a', 0, 0x7F}},
      {"smallest of each length", "\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80", {0x80, 0x800, 0x10000}},
      {"largest of each length", "\xDF\xBF\xEF\xBF\xBF\xF4\x8F\xBF\xBF", {0x7FF, 0xFFFF, 0x10FFFF}},
      {"around the surrogates", "\xED\x9F\xBF\xEE\x80\x80", {0xD7FF, 0xE000}},
      {"a surrogate", "\xED\xA0\x80", {kBad, kBad, kBad}},
      {"overlong, two bytes", "\xC0\xAF", {kBad, kBad}},
      {"overlong, three bytes", "\xE0\x80\xAF", {kBad, kBad, kBad}},
      {"overlong, four bytes", "\xF0\x80\x80\xAF", {kBad, kBad, kBad, kBad}},
      {"beyond Unicode", "\xF4\x90\x80\x80", {kBad, kBad, kBad, kBad}},
      {"five-byte lead", "\xF8", {kBad}},
      {"continuation alone",
       "\x80"
       "a",
       {kBad, 'a'}},
      {"cut off at the end", "a\xE6\x97", {'a', kBad, kBad}},
      {"cut off by another character",
       "\xE6"
       "a\xF0\x9F"
       "b",
       {kBad, 'a', kBad, kBad, 'b'}},
      {"U+FFFD itself", "\xEF\xBF\xBD", {kBad}},
  };
  for (const Case& c : cases) EXPECT_EQ(decode(c.text), c.code_points) << c.name;
}

TEST(IsValidUtf8, TellsAReplacementCharacterFromAWrongByte) {
  EXPECT_TRUE(is_valid_utf8(""));
  EXPECT_TRUE(is_valid_utf8("a\xEF\xBF\xBD\xF4\x8F\xBF\xBF"));
  for (const std::string text :
       {"\xFF", "a\xE6\x97", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(AppendUtf8, WritesWhatNextCodePointReads) {
  for (const char32_t c : {0x0U, 0x41U, 0x7FU, 0x80U, 0x7FFU, 0x800U, 0xD7FFU, 0xE000U, 0xFFFFU,
                           0x10000U, 0x10FFFFU}) {
    EXPECT_EQ(decode(utf8({c})), std::vector<char32_t>{c}) << code_point_name(c);
  }
  EXPECT_EQ(decode(utf8({0xD800, 0x110000})), (std::vector<char32_t>{0xFFFD, 0xFFFD}));
}

TEST(CodePointName, HasAtLeastFourDigits) {
  EXPECT_EQ(code_point_name(0), "U+0000");
  EXPECT_EQ(code_point_name(0x200B), "U+200B");
  EXPECT_EQ(code_point_name(0x1F680), "U+1F680");
  EXPECT_EQ(code_point_name(0x10FFFF), "U+10FFFF");
}

struct TextCase {
  std::string name, text, shown;
};

TEST(DisplayText, DropsWhatIsNotSeenButChangesHowTheRestIsRead) {
  const TextCase cases[] = {
      {"plain text", "Checkout API", "Checkout API"},
      {"C0 and C1 controls", std::string("a\0b\x1B[31mc\x7F", 10) + utf8({0x9B}), "ab[31mc"},
      {"bidi overrides", utf8({'a', 0x202E, 'b', 0x202D, 'c', 0x202C}), "abc"},
      {"bidi isolates", utf8({'a', 0x2066, 'b', 0x2067, 0x2068, 0x2069}), "ab"},
      {"bidi marks", utf8({'a', 0x200E, 0x200F, 0x061C, 'b'}), "ab"},
      {"tag characters", utf8({'a', 0xE0001, 0xE0041, 0xE007F, 'b'}), "ab"},
      {"a flag's own tags stay", utf8({0x1F3F4, 0xE0067, 0xE0062, 0xE007F, ' ', 0xE0041, 'b'}),
       utf8({0x1F3F4, 0xE0067, 0xE0062, 0xE007F, ' ', 'b'})},
      {"zero-width space and word joiner", utf8({'a', 0x200B, 0x2060, 0xFEFF, 'b'}), "ab"},
      {"soft hyphen and grapheme joiner", utf8({'a', 0xAD, 0x34F, 'b'}), "ab"},
      {"fillers", utf8({'a', 0x3164, 0x115F, 0x1160, 0xFFA0, 'b'}), "ab"},
      {"non-characters", utf8({'a', 0xFFFE, 0xFDD0, 0x1FFFF, 0x10FFFF, 'b'}), "ab"},
      {"interlinear annotation", utf8({'a', 0xFFF9, 0xFFFB, 'b'}), "ab"},
      {"bytes that are no UTF-8",
       "a\xFF"
       "b",
       "a\xEF\xBF\xBD"
       "b"},
      {"only such characters", utf8({0x202E, 0x200B, 0x0}), ""},
      {"letters of the right-to-left scripts stay", utf8({0x5D0, 0x627, 0x64B}),
       utf8({0x5D0, 0x627, 0x64B})},
  };
  for (const TextCase& c : cases) EXPECT_EQ(display_text(c.text), c.shown) << c.name;
}

TEST(DisplayText, KeepsJoinersInsideSequencesOnly) {
  const std::string family = utf8({0x1F469, 0x200D, 0x1F467});
  const TextCase cases[] = {
      {"emoji sequence", family, family},
      {"with skin tone and selector", utf8({0x1F3F3, 0xFE0F, 0x200D, 0x1F308}),
       utf8({0x1F3F3, 0xFE0F, 0x200D, 0x1F308})},
      {"non-joiner between letters", utf8({0x645, 0x200C, 0x62E}), utf8({0x645, 0x200C, 0x62E})},
      {"at the start", utf8({0x200D, 'a'}), "a"},
      {"at the end", utf8({'a', 0x200D}), "a"},
      {"beside white space", utf8({'a', 0x200D, ' ', 0x200D, 'b'}), "a b"},
      {"several in a row", utf8({'a', 0x200D, 0x200D, 0x200C, 'b'}), utf8({'a', 0x200C, 'b'})},
  };
  for (const TextCase& c : cases) EXPECT_EQ(display_text(c.text), c.shown) << c.name;
}

TEST(DisplayText, MakesOneBlankOfWhiteSpaceAndTrims) {
  const TextCase cases[] = {
      {"blanks", "  a   b  ", "a b"},
      {"tabs and lines", "\ta\r\n\n b\v\fc\n", "a b c"},
      {"Unicode spaces", utf8({0x3000, 'a', 0xA0, 0x2003, 'b', 0x2028, 'c', 0x85}), "a b c"},
      {"only white space", " \n\t", ""},
      {"hidden characters between blanks", utf8({'a', ' ', 0x200B, ' ', 'b'}), "a b"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(display_text(c.text), c.shown) << c.name;
}

TEST(DisplayText, CapsMarksAndDropsThoseWithoutABase) {
  const std::string mark = utf8({0x0301});
  EXPECT_EQ(display_text("a" + mark), "a" + mark);
  EXPECT_EQ(display_text("a" + mark + mark + mark + mark + mark + mark + "b"),
            "a" + mark + mark + mark + mark + "b");
  EXPECT_EQ(display_text(mark + "a"), "a");
  EXPECT_EQ(display_text("a " + mark + "b"), "a b");
}

TEST(DisplayText, CutsByGraphemesAndSaysSo) {
  const std::string ellipsis = utf8({0x2026});
  const std::string family = utf8({0x1F469, 0x200D, 0x1F467});
  EXPECT_EQ(display_text("abcd", 4), "abcd");
  EXPECT_EQ(display_text("abcde", 4), "abc" + ellipsis);
  EXPECT_EQ(display_text(family + family + family, 3), family + family + family);
  EXPECT_EQ(display_text(family + family + family, 2), family + ellipsis);
  EXPECT_EQ(display_text(utf8({'a', 0x301, 'b', 0x301, 'c', 0x301}), 2),
            utf8({'a', 0x301}) + ellipsis);
  EXPECT_EQ(grapheme_count(display_text(std::string(5000, 'x'))), 1024U);
}

TEST(DisplayLines, KeepsLineBreaksAndNothingMore) {
  const TextCase cases[] = {
      {"lines", "a\nb", "a\nb"},
      {"CR LF and blank lines", "a\r\n \r\n\tb", "a\nb"},
      {"line and paragraph separators", utf8({'a', 0x2028, 'b', 0x2029, 'c'}), "a\nb\nc"},
      {"blanks inside a line", "a \t b", "a b"},
      {"around", "\n a\n", "a"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(display_lines(c.text), c.shown) << c.name;
}

TEST(GraphemeCount, CountsWhatAPersonSeesAsOneCharacter) {
  struct Case {
    std::string name, text;
    std::size_t count;
  };
  const Case cases[] = {
      {"nothing", "", 0},
      {"letters", "abc", 3},
      {"letter and mark", utf8({'e', 0x301, 'a'}), 2},
      {"CR LF", "a\r\nb", 3},
      {"LF CR", "\n\r", 2},
      {"a mark after a line break", "\n" + utf8({0x301}), 2},
      {"flags", utf8({0x1F1E9, 0x1F1EA, 0x1F1EF, 0x1F1F5}), 2},
      {"an odd regional indicator", utf8({0x1F1E9, 0x1F1EA, 0x1F1EF}), 2},
      {"emoji with selector and keycap", utf8({'1', 0xFE0F, 0x20E3}), 1},
      {"skin tone", utf8({0x1F44D, 0x1F3FD}), 1},
      {"family", utf8({0x1F468, 0x200D, 0x1F469, 0x200D, 0x1F467}), 1},
      {"joiner between letters", utf8({'a', 0x200D, 'b'}), 2},
      {"Hangul syllable of parts", utf8({0x1112, 0x1161, 0x11AB}), 1},
      {"two Hangul syllables", utf8({0xD55C, 0xAE00}), 2},
      {"Devanagari with vowel sign", utf8({0x928, 0x93F}), 1},
      {"Thai with marks", utf8({0xE17, 0xE35, 0xE48}), 1},
      {"bytes that are no UTF-8", "\xFF\xFE", 2},
  };
  for (const Case& c : cases) EXPECT_EQ(grapheme_count(c.text), c.count) << c.name;
}

TEST(NextGrapheme, EndsAtTheEnd) {
  EXPECT_EQ(next_grapheme("ab", 0), 1U);
  EXPECT_EQ(next_grapheme("ab", 1), 2U);
  EXPECT_EQ(next_grapheme("ab", 2), 2U);
  EXPECT_EQ(next_grapheme("", 0), 0U);
}

TEST(Trim, KnowsUnicodeWhiteSpaceAndTheByteOrderMark) {
  const TextCase cases[] = {
      {"nothing to do", "a b", "a b"},
      {"ASCII", " \t\r\n\v\fa b \n", "a b"},
      {"Unicode", utf8({0xFEFF, 0xA0, 0x3000, 'a', 0x2003, 0x85}), "a"},
      {"only white space", utf8({' ', 0x3000, 0xFEFF}), ""},
      {"nothing", "", ""},
      {"not a zero-width space", utf8({0x200B, 'a'}), utf8({0x200B, 'a'})},
      {"bytes that are no UTF-8", " \x80 a\xC2 ", "\x80 a\xC2"},
      {"white space and a stray byte", "a\xC2\xA0\x80", "a\xC2\xA0\x80"},
      {"a cut-off sequence at the end", "a \xE3\x80", "a \xE3\x80"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(trim(c.text), c.shown) << c.name;
}

TEST(ToLower, LowersLatinGreekAndCyrillic) {
  const TextCase cases[] = {
      {"ASCII", "AZaz09-_.[@", "azaz09-_.[@"},
      {"Latin-1", "\xC3\x80\xC3\x96\xC3\x97\xC3\x98\xC3\x9E\xC3\x9F",
       "\xC3\xA0\xC3\xB6\xC3\x97\xC3\xB8\xC3\xBE\xC3\x9F"},
      {"Latin Extended-A", utf8({0x100, 0x139, 0x148, 0x14A, 0x178, 0x179, 0x17E}),
       utf8({0x101, 0x13A, 0x148, 0x14B, 0xFF, 0x17A, 0x17E})},
      {"Greek", utf8({0x391, 0x3A9, 0x3B1}), utf8({0x3B1, 0x3C9, 0x3B1})},
      {"Cyrillic", utf8({0x401, 0x410, 0x42F, 0x430}), utf8({0x451, 0x430, 0x44F, 0x430})},
      {"scripts without case", utf8({0x65E5, 0x5D0, 0x1F680}), utf8({0x65E5, 0x5D0, 0x1F680})},
      {"bytes that are no UTF-8", "A\xFF\xC3", "a\xFF\xC3"},
  };
  for (const TextCase& c : cases) EXPECT_EQ(to_lower(c.text), c.shown) << c.name;
  EXPECT_EQ(to_lower_ascii("A\xC3\x84Z"), "a\xC3\x84z");
}

}  // namespace
}  // namespace pd
