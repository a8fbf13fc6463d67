#include "card/words.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace pd::card {
std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    units += next_code_point(text, at) > 0xFFFF ? std::size_t{2} : std::size_t{1};
  }
  return units;
}

std::string_view cut_to_utf16(std::string_view text, std::size_t most) {
  std::size_t units = 0, end = 0;
  while (end < text.size()) {
    const std::size_t next = next_grapheme(text, end);
    units += utf16_length(text.substr(end, next - end));
    if (units > most) break;
    end = next;
  }
  return text.substr(0, end);
}

std::string yaml_scalar(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_plain = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  };
  constexpr std::string_view kOtherTypes[] = {"true", "false", "null", "yes", "no", "on", "off"};
  const std::string lower = to_lower_ascii(text);
  if (!text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_plain) &&
      std::ranges::find(kOtherTypes, lower) == std::end(kOtherTypes)) {
    return std::string(text);
  }
  JsonWriter quoted;  // a JSON string is a YAML one
  quoted.value(text);
  return quoted.take();
}

}  // namespace pd::card
