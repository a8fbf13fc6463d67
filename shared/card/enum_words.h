// The words of the view model's enums, one table each: what a snapshot, an effect and the page's
// messages call their values.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "card/view_model.h"

namespace pd::card {

// The words in the order of the enum's values.
template <typename Enum>
struct Words;
template <>
struct Words<Tone> {
  static constexpr std::array<std::string_view, 7> kAll{
      "neutral", "info", "ok", "warning", "critical", "maintenance", "disabled"};
};
template <>
struct Words<ActionStyle> {
  static constexpr std::array<std::string_view, 4> kAll{"primary", "secondary", "danger", "quiet"};
};
template <>
struct Words<Icon> {
  static constexpr std::array<std::string_view, 23> kAll{
      "none",     "refresh", "add",    "external",     "check",         "close",
      "copy",     "mail",    "phone",  "warning",      "info",          "user",
      "clock",    "bell",    "search", "chevron-down", "chevron-right", "arrow-up",
      "calendar", "note",    "wrench", "filter",       "chevron-left"};
};
template <>
struct Words<Toggle> {
  static constexpr std::array<std::string_view, 3> kAll{"none", "off", "on"};
};
template <>
struct Words<MarkKind> {
  static constexpr std::array<std::string_view, 2> kAll{"incident", "change"};
};
template <>
struct Words<SectionKind> {
  static constexpr std::array<std::string_view, 7> kAll{
      "status", "incidents", "changes", "oncall", "insights", "standards", "services"};
};
template <>
struct Words<SectionState> {
  static constexpr std::array<std::string_view, 4> kAll{"loading", "ready", "empty", "error"};
};
template <>
struct Words<FieldKind> {
  static constexpr std::array<std::string_view, 6> kAll{"text",   "multiline", "choice",
                                                        "select", "search",    "secret"};
};
template <>
struct Words<Layout> {
  static constexpr std::array<std::string_view, 4> kAll{"full", "compact", "oncall", "trigger"};
};

template <typename Enum>
constexpr std::string_view word_of(Enum value) {
  return Words<Enum>::kAll[static_cast<std::size_t>(value)];
}

// Absent for a word that is none of them.
template <typename Enum>
constexpr std::optional<Enum> value_of(std::string_view word) {
  constexpr auto& kWords = Words<Enum>::kAll;
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<Enum>(found - kWords.begin());
}

}  // namespace pd::card
