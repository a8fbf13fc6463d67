// How numbers, times and lists read in a language. The browser's Intl does it on a page
// (wasm/abi/host_formatter.h); natively there is English, the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/texts.h"
#include "base/time.h"

namespace pd::card {

enum class Unit : std::uint8_t { kMinute, kHour, kDay, kMonth, kYear, kSecond };
// How much of a moment is said: "18:00", "Mon 18:00", "4 May 18:00", "4 May 2026 18:00", "Mon 4".
enum class MomentStyle : std::uint8_t { kClock, kWeekday, kDate, kDateAndYear, kDay };

// `lang` is a BCP 47 tag such as the `lang` of a page; one that is none reads as English.
class Formatter {
 public:
  virtual ~Formatter() = default;
  // "5 min", "2 days".
  virtual std::string length(std::string_view lang, std::int64_t amount, Unit unit) const = 0;
  // "5 min ago".
  virtual std::string age(std::string_view lang, std::int64_t amount, Unit unit) const = 0;
  virtual std::string moment(std::string_view lang, Time at, MomentStyle style,
                             const TimeZone& zone) const = 0;
  // "18:00" in a zone by its IANA name; empty when that is not known here.
  virtual std::string clock_in(std::string_view lang, Time at,
                               std::string_view zone_name) const = 0;
  // "1,234"; of a ratio of 1 "100%".
  virtual std::string number(std::string_view lang, double value) const = 0;
  virtual std::string percent(std::string_view lang, double ratio) const = 0;
  // "Ana, Bo and Cleo".
  virtual std::string list(std::string_view lang, const std::vector<std::string>& items) const = 0;
  virtual Plural plural(std::string_view lang, double number) const = 0;
};

const Formatter& english_formatter();

}  // namespace pd::card
