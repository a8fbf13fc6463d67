#include "base/text.h"

#include <algorithm>
#include <iterator>

namespace pd {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kZeroWidthNonJoiner = 0x200C;
// More marks than any orthography stacks on one letter; what is beyond is only meant to break
// layouts.
constexpr int kMaxMarksPerBase = 4;

struct Range {
  char32_t first, last;
};

template <std::size_t size>
bool is_in(const Range (&ranges)[size], char32_t c) {
  const auto* after =
      std::upper_bound(std::begin(ranges), std::end(ranges), c,
                       [](char32_t value, const Range& r) { return value < r.first; });
  return after != std::begin(ranges) && c <= std::prev(after)->last;
}

// White_Space of Unicode's PropList.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Characters that show nothing but change how others are read: controls, bidi marks, overrides and
// isolates (UAX #9), fillers, invisible operators, interlinear annotation, tags, non-characters.
constexpr Range kInvisible[] = {
    {0x0000, 0x001F},  {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160},  {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x200B, 0x200B},   {0x200E, 0x200F},
    {0x202A, 0x202E},  {0x2060, 0x206F}, {0x3164, 0x3164}, {0xD800, 0xDFFF},   {0xFDD0, 0xFDEF},
    {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF}};

bool is_invisible(char32_t c) { return (c & 0xFFFEU) == 0xFFFEU || is_in(kInvisible, c); }

// Marks that join the character before them (Grapheme_Extend and SpacingMark, but for the Indic
// blocks, which share one pattern).
constexpr Range kMarks[] = {
    {0x0300, 0x036F},   {0x0483, 0x0489},  {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
    {0x05C4, 0x05C5},   {0x05C7, 0x05C7},  {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC},   {0x06DF, 0x06E4},  {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711},
    {0x0730, 0x074A},   {0x07A6, 0x07B0},  {0x07EB, 0x07F3}, {0x0816, 0x082D}, {0x0859, 0x085B},
    {0x08D3, 0x08E1},   {0x08E3, 0x08FF},  {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x0EB1, 0x0EB1},   {0x0EB4, 0x0EBC},  {0x0EC8, 0x0ECE}, {0x0F18, 0x0F19}, {0x0F35, 0x0F35},
    {0x0F37, 0x0F37},   {0x0F39, 0x0F39},  {0x0F3E, 0x0F3F}, {0x0F71, 0x0F84}, {0x0F86, 0x0F87},
    {0x0F8D, 0x0FBC},   {0x102B, 0x103E},  {0x1056, 0x1059}, {0x135D, 0x135F}, {0x1712, 0x1714},
    {0x17B6, 0x17D3},   {0x17DD, 0x17DD},  {0x1A55, 0x1A7F}, {0x1AB0, 0x1AFF}, {0x1B00, 0x1B04},
    {0x1B34, 0x1B44},   {0x1DC0, 0x1DFF},  {0x20D0, 0x20FF}, {0x2CEF, 0x2CF1}, {0x2DE0, 0x2DFF},
    {0x302A, 0x302F},   {0x3099, 0x309A},  {0xA66F, 0xA672}, {0xA674, 0xA67D}, {0xA69E, 0xA69F},
    {0xA6F0, 0xA6F1},   {0xA8E0, 0xA8F1},  {0xFB1E, 0xFB1E}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE007F}};

bool is_indic_mark(char32_t c) {
  if (c < 0x0900 || c > 0x0DFF) return false;
  const char32_t place = c & 0x7FU;
  return place <= 0x03 || place == 0x3C || (place >= 0x3E && place <= 0x4D) ||
         (place >= 0x51 && place <= 0x57) || place == 0x62 || place == 0x63;
}

bool is_mark(char32_t c) { return c >= 0x300 && (is_in(kMarks, c) || is_indic_mark(c)); }

// A black flag and the tags behind it are the flag of a part of a country.
constexpr char32_t kBlackFlag = 0x1F3F4;
constexpr int kMostTags = 7;
bool is_tag(char32_t c) { return c >= 0xE0020 && c <= 0xE007F; }

bool is_regional_indicator(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

// Extended_Pictographic, generously: what may stand on both sides of a joiner.
bool is_pictographic(char32_t c) {
  return (c >= 0x1F000 && c <= 0x1FAFF && !is_regional_indicator(c)) ||
         (c >= 0x2190 && c <= 0x2BFF) || c == 0xA9 || c == 0xAE || c == 0x203C || c == 0x2049 ||
         c == 0x2122 || c == 0x2139 || c == 0x3030 || c == 0x303D || c == 0x3297 || c == 0x3299;
}

bool is_hangul_lead(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0xA960 && c <= 0xA97C);
}
bool is_hangul_vowel_or_tail(char32_t c) {
  return (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FB);
}
bool is_hangul_syllable(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

bool joins_hangul(char32_t before, char32_t c) {
  if (is_hangul_lead(before))
    return is_hangul_lead(c) || is_hangul_syllable(c) || is_hangul_vowel_or_tail(c);
  return (is_hangul_syllable(before) || is_hangul_vowel_or_tail(before)) &&
         is_hangul_vowel_or_tail(c);
}

class Cleaner {
 public:
  Cleaner(std::size_t max_graphemes, bool keep_lines)
      : max_graphemes_(max_graphemes), keep_lines_(keep_lines) {}

  std::string clean(std::string_view text) {
    out_.reserve(std::min(text.size(), max_graphemes_ * 4));
    std::size_t at = 0;
    while (at < text.size()) add(next_code_point(text, at));
    while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\n')) out_.pop_back();
    cut();
    return std::move(out_);
  }

 private:
  std::size_t max_graphemes_;
  bool keep_lines_;
  std::string out_;
  char32_t last_ = 0;    // last character that was kept
  char32_t joiner_ = 0;  // a joiner that waits for what it joins
  bool space_ = false, line_ = false;
  int marks_ = 0;

  void add(char32_t c) {
    if (is_space(c)) {
      space_ = true;
      line_ = line_ || c == '\n' || c == 0x2028 || c == 0x2029;
      joiner_ = 0;
    } else if (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) {
      joiner_ = c;
    } else if (is_tag(c) && last_ == kBlackFlag && !space_ && marks_ < kMostTags) {
      ++marks_;
      append_utf8(out_, c);
    } else if (is_invisible(c)) {
      return;
    } else if (is_mark(c)) {
      // A mark needs a base; one that follows white space or nothing would stack on the layout.
      if (last_ == 0 || space_ || marks_ >= kMaxMarksPerBase) return;
      ++marks_;
      append_utf8(out_, c);
    } else {
      keep(c);
    }
  }

  void keep(char32_t c) {
    if (space_ && last_ != 0) {
      out_ += keep_lines_ && line_ ? '\n' : ' ';
    } else if (joiner_ != 0 && last_ != 0) {
      append_utf8(out_, joiner_);
    }
    append_utf8(out_, c);
    last_ = c;
    joiner_ = 0;
    space_ = line_ = false;
    marks_ = 0;
  }

  void cut() {
    if (out_.size() <= max_graphemes_) return;  // no text has more graphemes than bytes
    std::size_t at = 0;
    std::size_t last_start = 0;
    for (std::size_t count = 0; at < out_.size(); ++count) {
      if (count == max_graphemes_) {
        out_.resize(last_start);
        out_ += "\xE2\x80\xA6";
        return;
      }
      last_start = at;
      at = next_grapheme(out_, at);
    }
  }
};

char32_t fold(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  if (c >= 0x100 && c <= 0x137 && c != 0x130) return c | 1U;  // U+0130 has two letters
  if (c >= 0x139 && c <= 0x148) return c + (c & 1U);
  if (c >= 0x14A && c <= 0x177) return c | 1U;
  if (c == 0x178) return 0xFF;
  if (c >= 0x179 && c <= 0x17E) return c + (c & 1U);
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  return c;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(offset);
  if (lead < 0x80) {
    ++offset;
    return lead;
  }
  std::size_t size = 0;
  char32_t c = 0;
  char32_t smallest = 0;
  if (lead >= 0xC2 && lead <= 0xDF) {
    size = 2, c = lead & 0x1FU, smallest = 0x80;
  } else if ((lead & 0xF0U) == 0xE0) {
    size = 3, c = lead & 0x0FU, smallest = 0x800;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    size = 4, c = lead & 0x07U, smallest = 0x10000;
  }
  bool valid = size != 0 && offset + size <= text.size();
  for (std::size_t i = 1; valid && i < size; ++i) {
    valid = (byte(offset + i) & 0xC0U) == 0x80;
    c = (c << 6U) | (byte(offset + i) & 0x3FU);
  }
  valid = valid && c >= smallest && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
  offset += valid ? size : 1;
  return valid ? c : kReplacement;
}

void append_utf8(std::string& text, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | (c >> 12U));
    text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | (c >> 18U));
    text += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    text += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

bool is_valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = at;
    // U+FFFD itself takes three bytes; a replacement for one bad byte takes one.
    if (next_code_point(text, at) == kReplacement && at == start + 1) return false;
  }
  return true;
}

std::string code_point_name(char32_t c) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string digits;
  for (; c != 0 || digits.size() < 4; c >>= 4U) digits.insert(digits.begin(), kHex[c & 0xFU]);
  return "U+" + digits;
}

std::string display_text(std::string_view text, std::size_t max_graphemes) {
  return Cleaner(max_graphemes, false).clean(text);
}

std::string display_lines(std::string_view text, std::size_t max_graphemes) {
  return Cleaner(max_graphemes, true).clean(text);
}

std::size_t next_grapheme(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return text.size();
  char32_t before = next_code_point(text, offset);
  char32_t base = before;
  bool pair_open = is_regional_indicator(before);
  while (offset < text.size()) {
    std::size_t after = offset;
    const char32_t c = next_code_point(text, after);
    const bool joins =
        (before == '\r' && c == '\n') ||
        ((is_mark(c) || c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) && before != '\n' &&
         before != '\r') ||
        (before == kZeroWidthJoiner && is_pictographic(base) && is_pictographic(c)) ||
        (pair_open && is_regional_indicator(c)) || joins_hangul(before, c);
    if (!joins) break;
    if (is_regional_indicator(c)) pair_open = false;
    if (is_pictographic(c)) base = c;
    before = c;
    offset = after;
  }
  return offset;
}

std::size_t grapheme_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at = next_grapheme(text, at)) ++count;
  return count;
}

std::string_view trim(std::string_view text) {
  const auto is_blank = [](char32_t c) { return is_space(c) || c == 0xFEFF; };
  std::size_t begin = 0;
  std::size_t end = text.size();
  for (std::size_t at = begin; at < end; begin = at) {
    if (!is_blank(next_code_point(text, at))) break;
  }
  // Backwards: to the start of the code point before `end`.
  while (end > begin) {
    std::size_t start = end - 1;
    while (start > begin && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80) --start;
    std::size_t at = start;
    if (!is_blank(next_code_point(text, at)) || at != end) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
  }
  return lower;
}

std::string to_lower(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (const char32_t folded = fold(c); folded != c) {
      append_utf8(lower, folded);
    } else {
      lower.append(text, start, at - start);
    }
  }
  return lower;
}

}  // namespace pd
