// The words of the view model's enums, for both directions of a snapshot. Internal to this folder.
#pragma once

#include <array>
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
  static constexpr std::array<std::string_view, 17> kAll{
      "none",  "refresh", "add",    "external",     "check",        "close",
      "copy",  "mail",    "phone",  "warning",      "info",         "user",
      "clock", "bell",    "search", "chevron-down", "chevron-right"};
};
template <>
struct Words<SectionKind> {
  static constexpr std::array<std::string_view, 6> kAll{"status", "incidents", "changes",
                                                        "oncall", "insights",  "standards"};
};
template <>
struct Words<SectionState> {
  static constexpr std::array<std::string_view, 4> kAll{"loading", "ready", "empty", "error"};
};
template <>
struct Words<FieldKind> {
  static constexpr std::array<std::string_view, 3> kAll{"text", "multiline", "choice"};
};
template <>
struct Words<Layout> {
  static constexpr std::array<std::string_view, 4> kAll{"full", "compact", "oncall", "trigger"};
};

}  // namespace pd::card
