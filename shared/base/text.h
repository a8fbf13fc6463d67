// Text from outside, made safe to show. Everything the card draws passes display_text() once, where
// it is decoded; later layers may trust it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pd {

// Decodes the code point that starts at `text[offset]` and moves `offset` behind it. An invalid or
// truncated sequence gives U+FFFD and moves one byte.
char32_t next_code_point(std::string_view text, std::size_t& offset);
void append_utf8(std::string& text, char32_t code_point);
bool is_valid_utf8(std::string_view text);
std::string code_point_name(char32_t code_point);  // "U+200B"

// `text` without control, bidi-override and -isolate, tag, zero-width (but ZWJ/ZWNJ inside a
// sequence) and non-character code points, runs of white space as one blank, trimmed, at most
// `max_graphemes` user-perceived characters (an ellipsis replaces what is cut), combining marks
// capped per base. Sources: Unicode UAX #9, UAX #29, UTR #36.
std::string display_text(std::string_view text, std::size_t max_graphemes = 1024);
// The same, but keeps line breaks (for bodies of notes and details).
std::string display_lines(std::string_view text, std::size_t max_graphemes = 8192);

// The offset behind the grapheme cluster that starts at `offset`; `text.size()` at the end.
std::size_t next_grapheme(std::string_view text, std::size_t offset);

// Number of extended grapheme clusters, approximately as UAX #29 (enough to count what a person
// typed).
std::size_t grapheme_count(std::string_view text);

std::string_view trim(std::string_view text);       // ASCII and Unicode white space, also U+FEFF
std::string to_lower_ascii(std::string_view text);  // other bytes as they are

// Latin, Greek and Cyrillic letters lower-cased one by one; other characters, and bytes that are
// not UTF-8, as they are. How Backstage compares the parts of entity refs
// (toLocaleLowerCase('en-US')).
std::string to_lower(std::string_view text);

}  // namespace pd
