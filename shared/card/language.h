// The language of a card: its texts, and how numbers, times and lists read in it. Whatever the
// viewer reads is worded by one of these.
//
//   const Language language("de", &german, formatter);
//   language.fill(texts::kUpdated, {language.age(then, now)});     "Aktualisiert vor 5 Min."
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/texts.h"
#include "base/time.h"
#include "card/formatter.h"
#include "entity/target.h"

namespace pd::card {

// The whole minute that ages are counted from.
Time whole_minute(Time now);
inline constexpr Duration kCountsSeconds = std::chrono::minutes{2};

// A value; the table and the formatter are somebody else's.
class Language {
 public:
  // `tag`: BCP 47, as the page's `lang`. A text that `own` lacks is said in English.
  explicit Language(std::string tag = "en", const TextTable* own = nullptr,
                    const Formatter& formatter = english_formatter())
      : tag_(std::move(tag)), own_(own), formatter_(&formatter) {}

  std::string text_of(Text text) const { return std::string(pattern(text)); }
  // What went wrong, for the viewer.
  std::string text_of(const Error& error) const;
  std::string text_of(const entity::Diagnostic& diagnostic) const;
  std::string fill(Text text, std::initializer_list<std::string_view> values) const;
  // A plural text; {0} is the number.
  std::string count(Text plural, std::size_t number) const;

  // "just now", "5 min ago", "3 h ago", "2 days ago", "4 months ago".
  std::string age(Time then, Time now) const;
  // "less than a minute", "5 min", "3 h", "2 days".
  // "45 s" until `end`; "3 min" while there are more than kCountsSeconds.
  std::string countdown(Time end, Time now) const;
  std::string length(Duration duration) const;
  // "18:00" today, "Mon 09:00" within a week, "4 May 09:00" beyond.
  std::string moment(Time at, Time now, const TimeZone& zone) const;
  // "18:00"; "Mon 4"; "03:12" in a zone by its IANA name, empty when that is not known here.
  std::string clock(Time at, const TimeZone& zone) const;
  std::string day(Time at, const TimeZone& zone) const;
  std::string clock_in(Time at, std::string_view zone_name) const;
  // "Ana Example, Bo Example and 2 more".
  std::string names(const std::vector<std::string>& all, std::size_t most = 2) const;
  std::string number(double value) const;
  std::string number(std::integral auto count) const { return number(static_cast<double>(count)); }
  std::string percent(double ratio) const;

 private:
  std::string tag_;
  const TextTable* own_;
  const Formatter* formatter_;

  std::string_view pattern(Text text) const { return pattern_of(text, own_); }
};

}  // namespace pd::card
