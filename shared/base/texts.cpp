#include "base/texts.h"

#include <array>
#include <iterator>
#include <numeric>
#include <span>
#include <utility>

namespace pd {
namespace {

// All texts behind each other, and how long each is; where each begins is worked out once. A table of
// pointers would be 2 KB of the bundle.
constexpr char kEnglish[] =
#define PD_TEXT(name, english) english
#define PD_PLURAL(name, one, other) one other
#include "base/texts.def"
#undef PD_TEXT
#undef PD_PLURAL
    ;
template <std::size_t size>
consteval std::uint8_t length_of(const char (&)[size]) {
  static_assert(size <= 256, "a text of the card is at most 255 bytes long");
  return size - 1;
}
constexpr std::uint8_t kLengths[] = {
#define PD_TEXT(name, english) length_of(english),
#define PD_PLURAL(name, one, other) 0, length_of(one), 0, 0, 0, length_of(other),
#include "base/texts.def"
#undef PD_TEXT
#undef PD_PLURAL
};

// FNV-1a, of 32 bits.
consteval std::uint32_t digest_of(std::string_view text) {
  std::uint32_t digest = 0x811C9DC5;
  for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 0x01000193;
  return digest;
}

// web/languages.mjs computes the same.
constexpr std::uint32_t kDigest = digest_of(
#define PD_TEXT(name, english) #name "\n"
#define PD_PLURAL(name, one, other) #name "#\n"
#include "base/texts.def"
#undef PD_TEXT
#undef PD_PLURAL
);

std::string fill_in(std::string_view pattern, std::span<const std::string_view> values) {
  std::string text;
  bool follows_slot = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 1] >= '0' &&
                      pattern[i + 1] <= '9' && pattern[i + 2] == '}';
    if (!slot) {
      const bool is_said = pattern[i] == '.' && follows_slot && text.ends_with('.');
      if (!is_said) text += pattern[i];
      follows_slot = false;
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < values.size()) text += values[index];
    follows_slot = true;
    i += 2;
  }
  return text;
}

}  // namespace

std::size_t text_count() { return std::size(kLengths); }

std::uint32_t texts_digest() { return kDigest; }

std::string_view english(Text text) {
  static const auto kStarts = [] {
    std::array<std::uint16_t, std::size(kLengths)> starts{};
    std::exclusive_scan(std::begin(kLengths), std::end(kLengths), starts.begin(), std::uint16_t{0});
    return starts;
  }();
  static_assert(sizeof kEnglish <= 0xFFFF);
  const auto index = static_cast<std::size_t>(text);
  return {kEnglish + kStarts[index], kLengths[index]};
}

std::string_view pattern_of(Text text, const TextTable* own) {
  const auto index = static_cast<std::size_t>(text);
  if (own != nullptr && index < own->size() && !(*own)[index].empty()) return (*own)[index];
  return english(text);
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  return fill_in(pattern, std::span(values.begin(), values.size()));
}

Wording::Wording(Text said, std::initializer_list<std::string_view> its_values,
                 std::vector<Wording> its_parts)
    : text(said), values(its_values.begin(), its_values.end()), parts(std::move(its_parts)) {}

std::string say(const Wording& wording, const TextTable* own) {
  std::vector<std::string> said;
  said.reserve(wording.parts.size());
  for (const Wording& part : wording.parts) said.push_back(say(part, own));
  std::vector<std::string_view> values(wording.values.begin(), wording.values.end());
  values.insert(values.end(), said.begin(), said.end());
  return fill_in(pattern_of(wording.text, own), values);
}

}  // namespace pd
