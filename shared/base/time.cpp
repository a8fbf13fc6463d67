#include "base/time.h"

#include <charconv>
#include <cstddef>

#include "base/text.h"

namespace pd {
namespace {

// Reads exactly `digits` decimal digits at `text[offset]` and moves behind them.
std::optional<int> read_digits(std::string_view text, std::size_t& offset, std::size_t digits) {
  if (offset + digits > text.size()) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[offset + i];
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  offset += digits;
  return number;
}

bool skip(std::string_view text, std::size_t& offset, char expected) {
  if (offset >= text.size() || text[offset] != expected) return false;
  ++offset;
  return true;
}

// "Z", "+hh:mm" or "-hh:mm", up to the end of the text.
std::optional<std::chrono::minutes> read_offset(std::string_view text, std::size_t& offset) {
  if (skip(text, offset, 'Z') || skip(text, offset, 'z')) return std::chrono::minutes{0};
  const bool west = offset < text.size() && text[offset] == '-';
  if (!west && !(offset < text.size() && text[offset] == '+')) return std::nullopt;
  ++offset;
  const auto hours = read_digits(text, offset, 2);
  skip(text, offset, ':');
  const auto minutes = read_digits(text, offset, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes size{*hours * 60 + *minutes};
  return west ? -size : size;
}

std::optional<int> read_milliseconds(std::string_view text, std::size_t& offset) {
  if (!skip(text, offset, '.') && !skip(text, offset, ',')) return 0;
  int milliseconds = 0;
  int digits = 0;
  while (offset < text.size() && text[offset] >= '0' && text[offset] <= '9') {
    if (digits < 3) milliseconds = milliseconds * 10 + (text[offset] - '0');
    ++digits;
    ++offset;
  }
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits) milliseconds *= 10;
  return milliseconds;
}

std::optional<Time> read_date_time(std::string_view text) {
  std::size_t at = 0;
  const auto year = read_digits(text, at, 4);
  if (!year || !skip(text, at, '-')) return std::nullopt;
  const auto month = read_digits(text, at, 2);
  if (!month || !skip(text, at, '-')) return std::nullopt;
  const auto day = read_digits(text, at, 2);
  if (!day || !(skip(text, at, 'T') || skip(text, at, 't') || skip(text, at, ' '))) {
    return std::nullopt;
  }
  const auto hour = read_digits(text, at, 2);
  if (!hour || !skip(text, at, ':')) return std::nullopt;
  const auto minute = read_digits(text, at, 2);
  if (!minute || !skip(text, at, ':')) return std::nullopt;
  const auto second = read_digits(text, at, 2);
  if (!second) return std::nullopt;
  const auto milliseconds = read_milliseconds(text, at);
  const auto offset = read_offset(text, at);
  if (!milliseconds || !offset || at != text.size()) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  // A leap second (60) counts as the second before it.
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  // As milliseconds first: 32-bit minutes, as WebAssembly has them, end in the year 6053.
  return Time{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
         std::chrono::minutes{*minute} + std::chrono::seconds{*second == 60 ? 59 : *second} +
         std::chrono::milliseconds{*milliseconds} - *offset;
}

void append_number(std::string& text, int number, std::size_t digits) {
  char buffer[12];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  const auto size = static_cast<std::size_t>(end - buffer);
  if (size < digits) text.append(digits - size, '0');
  text.append(buffer, size);
}

}  // namespace

Result<Time> parse_rfc3339(std::string_view text) {
  if (const auto time = read_date_time(text)) return *time;
  return fail(ErrorCode::kBadArgument,
              "\"" + display_text(text, 40) +
                  "\" is not a date and time like 2026-05-04T09:00:00Z (RFC 3339).");
}

std::string format_rfc3339(Time time) {
  const CivilTime civil = civil_time(time, {});
  std::string text;
  append_number(text, civil.year, 4);
  text += '-';
  append_number(text, static_cast<int>(civil.month), 2);
  text += '-';
  append_number(text, static_cast<int>(civil.day), 2);
  text += 'T';
  append_number(text, civil.hour, 2);
  text += ':';
  append_number(text, civil.minute, 2);
  text += ':';
  append_number(text, civil.second, 2);
  text += 'Z';
  return text;
}

std::chrono::minutes TimeZone::offset_at(Time time) const {
  if (rules.empty()) return std::chrono::minutes{0};
  std::chrono::minutes offset = rules.front().offset;
  for (const Rule& rule : rules) {
    if (rule.from > time) break;
    offset = rule.offset;
  }
  return offset;
}

CivilTime civil_time(Time time, const TimeZone& zone) {
  const Time local = time + zone.offset_at(time);
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{days};
  const auto of_day = std::chrono::duration_cast<std::chrono::seconds>(local - days).count();
  CivilTime civil;
  civil.year = static_cast<int>(date.year());
  civil.month = static_cast<unsigned>(date.month());
  civil.day = static_cast<unsigned>(date.day());
  civil.weekday = std::chrono::weekday{days}.c_encoding();
  civil.hour = static_cast<int>(of_day / 3600);
  civil.minute = static_cast<int>(of_day / 60 % 60);
  civil.second = static_cast<int>(of_day % 60);
  return civil;
}

}  // namespace pd
