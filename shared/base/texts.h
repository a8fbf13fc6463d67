// What the card says, as names: texts.def is the table. Every room that words something for the
// viewer names a text here and gives its values; card/language.h says it in the card's language.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace pd {

// The plural categories of CLDR, in the order in which a plural text lists its forms.
enum class Plural : std::uint8_t { kZero, kOne, kTwo, kFew, kMany, kOther };
inline constexpr std::size_t kPlurals = 6;

// The parts of the bundle that bring texts along, see base/part.h: what only their code says.
enum class TextPart : std::uint8_t { kCore, kMore, kEntity, kYaml };
inline constexpr std::size_t kTextParts = 4;

// A plural text takes a place for each of its forms; its name is the first one's. The numbers of each
// part's texts are no other numbers in the bundle: cmake/split_module.mjs looks who names them.
inline constexpr std::uint32_t kFirstMoreText = 0x51'0000, kFirstEntityText = 0x52'0000,
                               kFirstYamlText = 0x53'0000;
enum class Text : std::uint32_t {
#define PD_TEXT(name, english) k##name,
#define PD_PLURAL(name, one, other) k##name, k##name##Other = k##name + kPlurals - 1,
#include "base/texts.def"
  kCoreTextsEnd,
  kBeforeMoreTexts = kFirstMoreText - 1,
#define PD_MORE_TEXT(name, english) k##name,
#define PD_MORE_PLURAL(name, one, other) k##name, k##name##Other = k##name + kPlurals - 1,
#include "base/texts.def"
  kMoreTextsEnd,
  kBeforeEntityTexts = kFirstEntityText - 1,
#define PD_ENTITY_TEXT(name, english) k##name,
#define PD_ENTITY_PLURAL(name, one, other) k##name, k##name##Other = k##name + kPlurals - 1,
#include "base/texts.def"
  kEntityTextsEnd,
  kBeforeYamlTexts = kFirstYamlText - 1,
#define PD_YAML_TEXT(name, english) k##name,
#include "base/texts.def"
  kYamlTextsEnd,
};

namespace texts {
using enum Text;
}  // namespace texts

constexpr TextPart part_of(Text text) {
  const std::uint32_t first = static_cast<std::uint32_t>(text) >> 16;
  return first == 0 ? TextPart::kCore : static_cast<TextPart>(first - 0x50);
}
// How many texts the parts have together, and where one stands among them: the core's come first.
std::size_t text_count();
std::size_t index_of(Text text);
// The other way; `index` is below text_count().
Text text_at(std::size_t index);

// The texts of a language, by index; empty ones are said in English. Empty as a whole: English.
using TextTable = std::vector<std::string>;
// Of the names and their order: a table that was made for others does not fit.
std::uint32_t texts_digest();

// Empty while the text's part is not there.
std::string_view english(Text text);
// In the language of `own`, else in English.
std::string_view pattern_of(Text text, const TextTable* own);
// Replaces {0}, {1}, ... by the values. A full stop behind a value that ends with one ("5 Min.",
// "Example Inc.") is not said twice.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values);

// A sentence that is not said yet: rooms that know what happened but not in which language it will
// be read hand it on. `parts` are texts, too; they take the places after the values.
struct Wording {
  Text text{};
  std::vector<std::string> values;
  std::vector<Wording> parts;

  Wording(Text said, std::initializer_list<std::string_view> its_values = {},
          std::vector<Wording> its_parts = {});
  bool operator==(const Wording&) const = default;
};
std::string say(const Wording& wording, const TextTable* own = nullptr);

}  // namespace pd
