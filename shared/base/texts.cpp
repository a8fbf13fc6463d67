#include "base/texts.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <utility>

namespace pd {
namespace {

// The texts of a part behind each other, each with its end; where each begins is worked out once. A
// table of pointers would be 2 KB of the bundle. What stands between the marks goes with the part:
// cmake/split_module.mjs takes it out of the memory that every page loads. A '>' tells that it is there.
constexpr char kCoreTexts[] = ">"
#define PD_TEXT(name, english) english "\0"
#define PD_PLURAL(name, one, other) "\0" one "\0\0\0\0" other "\0"
#include "base/texts.def"
    ;
#define PD_PART_BEGINS "<pd-part "
#define PD_PART_ENDS "</pd-part"
constexpr char kMoreTexts[] = PD_PART_BEGINS "more>"
#define PD_MORE_TEXT(name, english) english "\0"
#define PD_MORE_PLURAL(name, one, other) "\0" one "\0\0\0\0" other "\0"
#include "base/texts.def"
    PD_PART_ENDS;
constexpr char kEntityTexts[] = PD_PART_BEGINS "entity>"
#define PD_ENTITY_TEXT(name, english) english "\0"
#define PD_ENTITY_PLURAL(name, one, other) "\0" one "\0\0\0\0" other "\0"
#include "base/texts.def"
    PD_PART_ENDS;
constexpr char kYamlTexts[] = PD_PART_BEGINS "yaml>"
#define PD_YAML_TEXT(name, english) english "\0"
#include "base/texts.def"
    PD_PART_ENDS;
static_assert(std::max({sizeof kCoreTexts, sizeof kMoreTexts, sizeof kEntityTexts,
                        sizeof kYamlTexts}) <= 0xFFFF);

constexpr std::size_t kCounts[kTextParts] = {
    static_cast<std::size_t>(texts::kCoreTextsEnd),
    static_cast<std::size_t>(texts::kMoreTextsEnd) - kFirstMoreText,
    static_cast<std::size_t>(texts::kEntityTextsEnd) - kFirstEntityText,
    static_cast<std::size_t>(texts::kYamlTextsEnd) - kFirstYamlText};

// The '>' before the texts of a part.
const char* english_of(TextPart part) {
  switch (part) {
    case TextPart::kCore: return kCoreTexts;
    case TextPart::kMore: return kMoreTexts + sizeof PD_PART_BEGINS "more" - 1;
    case TextPart::kEntity: return kEntityTexts + sizeof PD_PART_BEGINS "entity" - 1;
    case TextPart::kYaml: return kYamlTexts + sizeof PD_PART_BEGINS "yaml" - 1;
  }
  return kCoreTexts;
}

constexpr std::size_t before(std::size_t part) {
  return std::accumulate(kCounts, kCounts + part, std::size_t{0});
}

// FNV-1a, of 32 bits.
consteval std::uint32_t digest_of(std::string_view text) {
  std::uint32_t digest = 0x811C9DC5;
  for (const char c : text) digest = (digest ^ static_cast<unsigned char>(c)) * 0x01000193;
  return digest;
}

// web/languages.mjs computes the same.
constexpr std::uint32_t kDigest = digest_of(
#define PD_ANY_TEXT(part, name, english) #part " " #name "\n"
#define PD_ANY_PLURAL(part, name, one, other) #part " " #name "#\n"
#include "base/texts.def"
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

std::size_t text_count() { return before(kTextParts); }

std::size_t index_of(Text text) {
  const auto part = static_cast<std::size_t>(part_of(text));
  return before(part) + (static_cast<std::uint32_t>(text) & 0xFFFF);
}

Text text_at(std::size_t index) {
  std::size_t part = 0;
  while (index >= before(part + 1)) ++part;
  return static_cast<Text>((part == 0 ? 0 : (part + 0x50) << 16) | (index - before(part)));
}

std::uint32_t texts_digest() { return kDigest; }

std::string_view english(Text text) {
  static std::uint16_t starts[before(kTextParts)];
  const TextPart part = part_of(text);
  const char* all = english_of(part);
  // The compiler knows what stands there, not when.
  asm volatile("" : "+r"(all));
  const std::size_t first = before(static_cast<std::size_t>(part));
  if (starts[first] == 0) {
    if (*all != '>') return {};
    const char* at = all + 1;
    for (std::size_t i = 0; i < kCounts[static_cast<std::size_t>(part)]; ++i) {
      starts[first + i] = static_cast<std::uint16_t>(at - all);
      at += std::string_view(at).size() + 1;
    }
  }
  return all + starts[index_of(text)];
}

std::string_view pattern_of(Text text, const TextTable* own) {
  const std::size_t index = index_of(text);
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
