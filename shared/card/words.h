// Texts that are no language's: lengths as PagerDuty's fields count them, and YAML.
#pragma once

#include <string>
#include <string_view>

namespace pd::card {

// PagerDuty takes 1,024 characters of title. Lengths count UTF-16 units, as the `maxlength` of the
// page's fields does.
inline constexpr int kMaxTitleLength = 1024;
inline constexpr int kMaxDetailsLength = 8192;
inline constexpr int kMaxSearchLength = 120;
std::size_t utf16_length(std::string_view text);
// The longest start of `text`, in whole graphemes, that is at most `most` units long.
std::string_view cut_to_utf16(std::string_view text, std::size_t most);

// `text` as a YAML scalar: as it is when that is safe, else in quotes.
std::string yaml_scalar(std::string_view text);

}  // namespace pd::card
