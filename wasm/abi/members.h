// How this folder reads JSON objects that the project wrote itself: messages and journal entries.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "pagerduty/models.h"

namespace pd::abi {

// Readers of an object's members. A member that is absent or of another kind gives the default: the
// page's TypeScript is typed against the same list, so a wrong kind is a bug there, not input.
inline std::string text(const nlohmann::json& object, const char* name) {
  const auto member = object.find(name);
  return member != object.end() && member->is_string() ? member->get_ref<const std::string&>()
                                                       : std::string();
}
// A number within what every use of it can hold; JSON's may be anything up to 1e308.
inline constexpr double kLargest =
    9'007'199'254'740'991.0;  // 2^53 - 1, JavaScript's largest safe integer
inline double within(const nlohmann::json& value, double otherwise) {
  return value.is_number() ? std::clamp(value.get<double>(), -kLargest, kLargest) : otherwise;
}
inline double number(const nlohmann::json& object, const char* name, double otherwise) {
  const auto member = object.find(name);
  return member != object.end() ? within(*member, otherwise) : otherwise;
}
inline float real(const nlohmann::json& object, const char* name, float otherwise = 0) {
  return static_cast<float>(number(object, name, static_cast<double>(otherwise)));
}
inline std::int64_t integer(const nlohmann::json& object, const char* name,
                            std::int64_t otherwise = 0) {
  return static_cast<std::int64_t>(number(object, name, static_cast<double>(otherwise)));
}
// An unsigned 32-bit number: an id, a colour. 0 for anything else.
inline std::uint32_t word32(double value) {
  return value >= 0 && value <= 0xFFFFFFFF ? static_cast<std::uint32_t>(value) : 0;
}
inline int small_integer(double value) {
  constexpr double kMost = 1e9;
  return static_cast<int>(std::clamp(value, -kMost, kMost));
}
inline bool flag(const nlohmann::json& object, const char* name, bool otherwise = false) {
  const auto member = object.find(name);
  return member != object.end() && member->is_boolean() ? member->get<bool>() : otherwise;
}
inline const nlohmann::json& member(const nlohmann::json& object, const char* name) {
  static const nlohmann::json kNone;
  const auto found = object.find(name);
  return found != object.end() ? *found : kNone;
}
using pagerduty::value_of;

template <typename T, std::size_t size>
T word(const std::array<std::pair<std::string_view, T>, size>& words, std::string_view name,
       T otherwise) {
  for (const auto& [known, value] : words) {
    if (known == name) return value;
  }
  return otherwise;
}

}  // namespace pd::abi
