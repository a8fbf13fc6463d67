// Instants, durations and the viewer's time zone. All pure: "now" is always an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace pd {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Duration>;

constexpr Time time_from_ms(std::int64_t ms) { return Time{Duration{ms}}; }
constexpr std::int64_t to_ms(Time time) { return time.time_since_epoch().count(); }

// RFC 3339 date-time ("2026-05-04T09:00:00Z", "...+02:00", fractions of a second accepted and cut
// to milliseconds, also a blank instead of the 'T'). Errors: kBadArgument.
Result<Time> parse_rfc3339(std::string_view text);

// "2026-05-04T09:00:00Z"; whole seconds, always UTC.
std::string format_rfc3339(Time time);

// A viewer's time zone as data: the offsets that hold around now, computed by the browser's Intl.
// `rules` ascend by `from`; the first one also holds for all earlier instants. Empty = UTC.
struct TimeZone {
  struct Rule {
    Time from;
    std::chrono::minutes offset{0};
    bool operator==(const Rule&) const = default;
  };
  std::string name;  // IANA name, for display
  std::vector<Rule> rules;

  std::chrono::minutes offset_at(Time time) const;
  bool operator==(const TimeZone&) const = default;
};

// A civil date and time of day in some zone.
struct CivilTime {
  int year = 1970;
  unsigned month = 1;    // 1..12
  unsigned day = 1;      // 1..31
  unsigned weekday = 4;  // 0 = Sunday
  int hour = 0;
  int minute = 0;
  int second = 0;
  bool operator==(const CivilTime&) const = default;
};
CivilTime civil_time(Time time, const TimeZone& zone);

}  // namespace pd
