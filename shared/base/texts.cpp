#include "base/texts.h"

#include <iterator>

namespace pd {
namespace {

constexpr std::string_view kEnglish[] = {
#define PD_TEXT(name, english) english,
#define PD_PLURAL(name, one, other) {}, one, {}, {}, {}, other,
#include "base/texts.def"
#undef PD_TEXT
#undef PD_PLURAL
};

}  // namespace

std::size_t text_count() { return std::size(kEnglish); }

std::string_view english(Text text) { return kEnglish[static_cast<std::size_t>(text)]; }

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 1] >= '0' &&
                      pattern[i + 1] <= '9' && pattern[i + 2] == '}';
    if (!slot) {
      text += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < values.size()) text += *(values.begin() + index);
    i += 2;
  }
  return text;
}

}  // namespace pd
