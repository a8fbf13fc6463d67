// Numbers, times and lists by the browser's Intl. The page does the work
// (web/src/runtime/formats.ts); this is the function that the module imports for it.
#pragma once

#include <cstdint>

#include "card/formatter.h"

namespace pd::abi {

// What is to be formatted, as formats.ts numbers it.
enum class HostFormat : std::uint32_t {
  kLength,
  kAge,
  kMoment,
  kNumber,
  kPercent,
  kList,
  kPlural,
  kClockIn
};

const card::Formatter& host_formatter();

}  // namespace pd::abi

// Provided by the page: hostFunctions() of web/src/runtime/engine.ts, under these import names.
extern "C" {
// `style`: a Unit or MomentStyle. `text`: a time zone by its IANA name, or a list's items with a NUL between
// two. Writes UTF-8 to `out`, `capacity` bytes at most, and returns how many the whole answer has;
// of kPlural the category, as Plural numbers it.
[[clang::import_module("host"), clang::import_name("format")]] std::uint32_t pdc_host_format(
    const char* lang, std::uint32_t lang_size, std::uint32_t what, double number,
    std::uint32_t style, const char* text, std::uint32_t text_size, char* out,
    std::uint32_t capacity);
}
