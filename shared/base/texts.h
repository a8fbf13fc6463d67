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

// A plural text takes a place for each of its forms; its name is the first one's.
enum class Text : std::uint16_t {
#define PD_TEXT(name, english) k##name,
#define PD_PLURAL(name, one, other) k##name, k##name##Other = k##name + kPlurals - 1,
#include "base/texts.def"
#undef PD_TEXT
#undef PD_PLURAL
};

namespace texts {
using enum Text;
}  // namespace texts

// The texts of a language, by Text; empty ones are said in English. Empty as a whole: English.
using TextTable = std::vector<std::string>;
std::size_t text_count();
// Of the names and their order: a table that was made for others does not fit.
std::uint32_t texts_digest();

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
