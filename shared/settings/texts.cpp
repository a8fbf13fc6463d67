#include "settings/texts.h"

#include <iterator>

#include "base/texts.h"

namespace pd::settings {
namespace {

constexpr Say kAll[] = {
#define PD_TEXT(name, english) Say::k##name,
#include "settings/texts.def"
#undef PD_TEXT
};

std::string_view pattern(const Texts& texts, Say text) {
  const auto index = static_cast<std::size_t>(text);
  return index < texts.size() ? std::string_view(texts[index]) : std::string_view();
}

}  // namespace

std::size_t text_count() { return std::size(kAll); }

std::string say(const Texts& texts, Say text, std::initializer_list<std::string_view> values) {
  return fill(pattern(texts, text), values);
}

std::string say(const Texts& texts, const Sentence& sentence) {
  std::string said(pattern(texts, sentence.text));
  // At most three values; fill() takes a list of known length.
  const auto value = [&](std::size_t i) {
    return i < sentence.values.size() ? std::string_view(sentence.values[i]) : std::string_view();
  };
  return fill(said, {value(0), value(1), value(2)});
}

}  // namespace pd::settings
