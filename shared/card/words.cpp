#include "card/words.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace pd::card {
namespace {

constexpr std::string_view kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

Time whole_minute(Time now) { return std::chrono::floor<std::chrono::minutes>(now); }

std::string length(Duration duration) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(duration).count();
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return std::to_string(minutes) + " min";
  if (minutes < 48 * 60) return std::to_string(minutes / 60) + " h";
  const auto days = minutes / (24 * 60);
  if (days < 60) return std::to_string(days) + " days";
  if (days < 730) return std::to_string(days / 30) + " months";
  return std::to_string(days / 365) + " years";
}

std::string age(Time then, Time now) {
  const Duration since = whole_minute(now) - then;
  return since < std::chrono::minutes{1} ? "just now" : length(since) + " ago";
}

std::string moment(Time at, Time now, const TimeZone& zone) {
  const CivilTime then = civil_time(at, zone);
  const CivilTime today = civil_time(now, zone);
  std::string clock = two_digits(then.hour) + ":" + two_digits(then.minute);
  if (then.year == today.year && then.month == today.month && then.day == today.day) return clock;
  const Duration days = std::chrono::abs(at - now);
  if (days < std::chrono::days{6}) return std::string(kWeekdays[then.weekday]) + " " + clock;
  std::string date = std::to_string(then.day) + " " + std::string(kMonths[then.month - 1]);
  if (then.year != today.year) date += " " + std::to_string(then.year);
  return date + " " + clock;
}

std::string names(const std::vector<std::string>& all, std::size_t most) {
  std::string text;
  const std::size_t shown = all.size() <= most + 1 ? all.size() : most;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == all.size() ? " and " : ", ";
    text += all[i];
  }
  if (shown < all.size()) text += " and " + std::to_string(all.size() - shown) + " more";
  return text;
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 1] >= '0' &&
                      pattern[i + 1] <= '9' && pattern[i + 2] == '}';
    if (!slot) {
      text += pattern[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (index < values.size()) text += *(values.begin() + index);
    i += 2;
  }
  return text;
}

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    units += next_code_point(text, at) > 0xFFFF ? std::size_t{2} : std::size_t{1};
  }
  return units;
}

std::string_view cut_to_utf16(std::string_view text, std::size_t most) {
  std::size_t units = 0, end = 0;
  while (end < text.size()) {
    const std::size_t next = next_grapheme(text, end);
    units += utf16_length(text.substr(end, next - end));
    if (units > most) break;
    end = next;
  }
  return text.substr(0, end);
}

std::string yaml_scalar(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_plain = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  };
  constexpr std::string_view kOtherTypes[] = {"true", "false", "null", "yes", "no", "on", "off"};
  const std::string lower = to_lower_ascii(text);
  if (!text.empty() && is_letter(text.front()) && std::ranges::all_of(text, is_plain) &&
      std::ranges::find(kOtherTypes, lower) == std::end(kOtherTypes)) {
    return std::string(text);
  }
  JsonWriter quoted;  // a JSON string is a YAML one
  quoted.value(text);
  return quoted.take();
}

}  // namespace pd::card
