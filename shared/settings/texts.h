// What the settings page says. Its texts stand in a table of their own (texts.def), because a page
// that shows cards alone should not load them: the browser's come with the page, natively they are
// built in (english_texts.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace pd::settings {

enum class Say : std::uint16_t {
#define PD_TEXT(name, english) k##name,
#include "settings/texts.def"
#undef PD_TEXT
};

// The texts of a language, by Say.
using Texts = std::vector<std::string>;
std::size_t text_count();
// English; only where it is built in.
const Texts& english_texts();

// A sentence with its values, said when it is known in which language.
struct Sentence {
  Say text{};
  std::vector<std::string> values = {};
  bool operator==(const Sentence&) const = default;
};
std::string say(const Texts& texts, Say text, std::initializer_list<std::string_view> values = {});
std::string say(const Texts& texts, const Sentence& sentence);

}  // namespace pd::settings
