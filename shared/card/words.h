// Ages, times and names in words. English; every sentence that takes a number or a name is made
// here or in texts.h, so that another language is another table.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace pd::card {

// The whole minute that ages are counted from.
Time whole_minute(Time now);

// "just now", "5 min ago", "3 h ago", "2 days ago", "4 months ago".
std::string age(Time then, Time now);
// "less than a minute", "5 min", "3 h", "2 days".
std::string length(Duration duration);
// "18:00" today, "Mon 09:00" within a week, "4 May 09:00" beyond.
std::string moment(Time at, Time now, const TimeZone& zone);
// "Ana Example, Bo Example and 2 more".
std::string names(const std::vector<std::string>& all, std::size_t most = 2);
// Replaces {0}, {1}, ... by the values.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values);

// PagerDuty takes 1,024 characters of title. Lengths count UTF-16 units, as the `maxlength` of the
// page's fields does.
inline constexpr int kMaxTitleLength = 1024;
inline constexpr int kMaxDetailsLength = 8192;
std::size_t utf16_length(std::string_view text);
// The longest start of `text`, in whole graphemes, that is at most `most` units long.
std::string_view cut_to_utf16(std::string_view text, std::size_t most);

// `text` as a YAML scalar: as it is when that is safe, else in quotes.
std::string yaml_scalar(std::string_view text);

}  // namespace pd::card
