// The words by which kinds of wants cross to the page, and to other tabs.
#pragma once

#include <array>
#include <string_view>

namespace pd::abi {

// In the order of client::Kind, as far as they are shared.
inline constexpr std::array<std::string_view, 7> kKindWords{
    "incidents", "on-calls", "service", "service-by-key", "changes", "metrics", "next-on-calls"};

}  // namespace pd::abi
