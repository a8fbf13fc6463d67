// The words by which kinds of wants cross to the page, and to other tabs.
#pragma once

#include <array>
#include <string_view>

namespace pd::abi {

// In the order of client::Kind.
inline constexpr std::array<std::string_view, 6> kKindWords{
    "incidents", "on-calls", "service", "service-by-key", "changes", "metrics"};

}  // namespace pd::abi
