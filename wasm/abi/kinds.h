// The words by which kinds of wants cross to the page, and to other tabs.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "client/types.h"

namespace pd::abi {

// In the order of client::Kind.
inline constexpr std::array<std::string_view, 6> kKindWords{
    "incidents", "on-calls", "service", "service-by-key", "changes", "metrics"};

constexpr std::string_view word_of(client::Kind kind) {
  return kKindWords[static_cast<std::size_t>(kind)];
}
constexpr std::optional<client::Kind> kind_of(std::string_view word) {
  for (std::size_t i = 0; i < kKindWords.size(); ++i) {
    if (kKindWords[i] == word) return static_cast<client::Kind>(i);
  }
  return std::nullopt;
}

}  // namespace pd::abi
