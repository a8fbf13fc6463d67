#include "card/language.h"

namespace pd::card {
namespace {

struct Amount {
  std::int64_t number;
  Unit unit;
};

// In the largest unit of which there are some.
Amount amount_of(Duration duration) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(duration).count();
  if (minutes < 60) return {minutes, Unit::kMinute};
  if (minutes < 48 * 60) return {minutes / 60, Unit::kHour};
  const auto days = minutes / (24 * 60);
  if (days < 60) return {days, Unit::kDay};
  if (days < 730) return {days / 30, Unit::kMonth};
  return {days / 365, Unit::kYear};
}

}  // namespace

Time whole_minute(Time now) { return std::chrono::floor<std::chrono::minutes>(now); }

std::string Language::text_of(const Error& error) const {
  if (own_ == nullptr || !error.wording) return error.message;
  return (error.where ? describe_where(*error.where, own_) : "") + say(*error.wording, own_);
}

std::string Language::text_of(const entity::Diagnostic& diagnostic) const {
  if (own_ == nullptr) return diagnostic.message;
  return describe_where(diagnostic.where, own_) + say(diagnostic.wording, own_);
}

std::string Language::fill(Text text, std::initializer_list<std::string_view> values) const {
  return pd::fill(pattern(text), values);
}

std::string Language::count(Text plural, std::size_t number) const {
  const auto value = static_cast<double>(number);
  const auto form_of = [plural](Plural category) {
    return static_cast<Text>(static_cast<std::size_t>(plural) + static_cast<std::size_t>(category));
  };
  std::string_view form = pattern(form_of(formatter_->plural(tag_, value)));
  if (form.empty()) form = pattern(form_of(Plural::kOther));
  return pd::fill(form, {this->number(value)});
}

std::string Language::length(Duration duration) const {
  const auto [number, unit] = amount_of(duration);
  if (number < 1) return text_of(texts::kLessThanAMinute);
  return formatter_->length(tag_, number, unit);
}

std::string Language::countdown(Time end, Time now) const {
  if (end - now > kCountsSeconds) return length(end - whole_minute(now));
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(end - now).count();
  return formatter_->length(tag_, std::max<std::int64_t>(seconds, 0), Unit::kSecond);
}

std::string Language::age(Time then, Time now) const {
  const auto [number, unit] = amount_of(whole_minute(now) - then);
  if (number < 1) return text_of(texts::kJustNow);
  return formatter_->age(tag_, number, unit);
}

std::string Language::moment(Time at, Time now, const TimeZone& zone) const {
  const CivilTime then = civil_time(at, zone);
  const CivilTime today = civil_time(now, zone);
  const bool is_this_year = then.year == today.year;
  MomentStyle style = is_this_year ? MomentStyle::kDate : MomentStyle::kDateAndYear;
  if (std::chrono::abs(at - now) < std::chrono::days{6}) style = MomentStyle::kWeekday;
  if (is_this_year && then.month == today.month && then.day == today.day) {
    style = MomentStyle::kClock;
  }
  return formatter_->moment(tag_, at, style, zone);
}

std::string Language::clock(Time at, const TimeZone& zone) const {
  return formatter_->moment(tag_, at, MomentStyle::kClock, zone);
}
std::string Language::day(Time at, const TimeZone& zone) const {
  return formatter_->moment(tag_, at, MomentStyle::kDay, zone);
}
std::string Language::clock_in(Time at, std::string_view zone_name) const {
  return zone_name.empty() ? std::string() : formatter_->clock_in(tag_, at, zone_name);
}

std::string Language::names(const std::vector<std::string>& all, std::size_t most) const {
  // The browser would open how the language writes lists, which takes as long as a frame.
  if (all.size() <= 1) return all.empty() ? std::string() : all.front();
  if (all.size() <= most + 1) return formatter_->list(tag_, all);
  std::vector<std::string> shown(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most));
  shown.push_back(count(texts::kMore, all.size() - most));
  return formatter_->list(tag_, shown);
}

std::string Language::number(double value) const { return formatter_->number(tag_, value); }
std::string Language::percent(double ratio) const { return formatter_->percent(tag_, ratio); }

}  // namespace pd::card
