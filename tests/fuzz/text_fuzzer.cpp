// Any bytes as text from outside, as a time and as a text with places for values.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/texts.h"
#include "base/time.h"
#include "promise.h"

namespace {

using pd::fuzz::require;

void check_display(std::string_view text) {
  for (const std::size_t most : {std::size_t{3}, std::size_t{1024}}) {
    const std::string shown = pd::display_text(text, most);
    pd::fuzz::require_display_text(shown);
    require(pd::grapheme_count(shown) <= most, "no more is shown than was asked for");
    require(shown.find('\n') == std::string::npos, "text for display is one line");
  }
  const std::string lines = pd::display_lines(text);
  require(pd::is_valid_utf8(lines), "lines for display are UTF-8");
  require(pd::display_lines(lines) == lines, "lines for display are safe as they are");
}

void check_graphemes(std::string_view text) {
  std::size_t clusters = 0;
  for (std::size_t at = 0; at < text.size(); ++clusters) {
    const std::size_t next = pd::next_grapheme(text, at);
    require(next > at && next <= text.size(), "a cluster has bytes, and ends with the text");
    at = next;
  }
  require(clusters == pd::grapheme_count(text), "clusters are counted as they are found");
}

void check_case(std::string_view text) {
  const std::string lower = pd::to_lower(text);
  require(pd::to_lower(lower) == lower, "what is lower case stays");
  require(pd::is_valid_utf8(lower) || !pd::is_valid_utf8(text), "lower case of UTF-8 is UTF-8");
  const std::string_view trimmed = pd::trim(text);
  require(pd::trim(trimmed) == trimmed, "what is trimmed stays");
}

void check_time(std::string_view text) {
  const auto time = pd::parse_rfc3339(text);
  if (!time) {
    require(!time.error().message.empty(), "a time that is none is said why");
    return;
  }
  const std::string written = pd::format_rfc3339(*time);
  const auto again = pd::parse_rfc3339(written);
  require(again.has_value(), "a time that is written can be read");
  require(pd::format_rfc3339(*again) == written, "and is the same");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_display(text);
  check_graphemes(text);
  check_case(text);
  check_time(text);
  const std::string said = pd::fill(text, {text.substr(0, 8), "5 min."});
  require(said.size() <= text.size() * 9 + 16, "values stand only where they have a place");
  return 0;
}
