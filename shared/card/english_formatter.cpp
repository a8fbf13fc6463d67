#include <array>
#include <cmath>

#include "card/formatter.h"

namespace pd::card {
namespace {

constexpr std::string_view kWeekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
// By Unit.
constexpr std::string_view kUnits[] = {"min", "h", "day", "month", "year", "s"};

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

class EnglishFormatter final : public Formatter {
 public:
  std::string length(std::string_view, std::int64_t amount, Unit unit) const override {
    std::string text = std::to_string(amount) + " ";
    text += kUnits[static_cast<std::size_t>(unit)];
    if (unit >= Unit::kDay && unit <= Unit::kYear && amount != 1) text += "s";
    return text;
  }
  std::string age(std::string_view lang, std::int64_t amount, Unit unit) const override {
    return length(lang, amount, unit) + " ago";
  }
  std::string moment(std::string_view, Time at, MomentStyle style,
                     const TimeZone& zone) const override {
    const CivilTime then = civil_time(at, zone);
    std::string clock = two_digits(then.hour) + ":" + two_digits(then.minute);
    if (style == MomentStyle::kClock) return clock;
    if (style == MomentStyle::kWeekday) return std::string(kWeekdays[then.weekday]) + " " + clock;
    if (style == MomentStyle::kDay) {
      return std::string(kWeekdays[then.weekday]) + " " + std::to_string(then.day);
    }
    std::string date = std::to_string(then.day) + " " + std::string(kMonths[then.month - 1]);
    if (style == MomentStyle::kDateAndYear) date += " " + std::to_string(then.year);
    return date + " " + clock;
  }
  // Natively there is no table of zones but of those that need none.
  std::string clock_in(std::string_view lang, Time at, std::string_view name) const override {
    const bool is_utc = name == "UTC" || name == "Etc/UTC";
    return is_utc ? moment(lang, at, MomentStyle::kClock, {}) : std::string();
  }
  // Whole numbers without groups of digits, others with one digit behind the point.
  std::string number(std::string_view, double value) const override {
    const auto tenths = std::llround(value * 10);
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += "." + std::to_string(std::abs(tenths % 10));
    return text;
  }
  std::string percent(std::string_view, double ratio) const override {
    return std::to_string(std::llround(ratio * 100)) + "%";
  }
  std::string list(std::string_view, const std::vector<std::string>& items) const override {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
      text += items[i];
    }
    return text;
  }
  Plural plural(std::string_view, double number) const override {
    return number == 1 ? Plural::kOne : Plural::kOther;
  }
};

}  // namespace

const Formatter& english_formatter() {
  static const EnglishFormatter kFormatter;
  return kFormatter;
}

}  // namespace pd::card
