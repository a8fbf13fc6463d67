// What a fuzzer requires of the code that it feeds.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"

namespace pd::fuzz {

inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

// Drawn as it is.
inline void require_display_text(std::string_view text) {
  require(is_valid_utf8(text), "text for display is UTF-8");
  require(display_text(text, text.size() + 1) == text, "text for display is safe as it is");
}

// The lines of an input; each may be empty.
template <typename Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    use(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace pd::fuzz
