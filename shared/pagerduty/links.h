// Which URLs may become links on the card.
#pragma once

#include <string>
#include <string_view>

namespace pd::pagerduty {

// True for "https://<host>[/...]" where host is pagerduty.com or a sub-domain of it, without user
// info, port, characters outside ASCII, controls, blanks, backslashes, angle brackets, double
// quotes or backticks; below 2 KB. Anything else stays plain text.
bool is_pagerduty_page(std::string_view url);

// True for https URLs of any host, by the same strictness: which addresses of a change event are
// worth showing as text.
bool is_safe_web_link(std::string_view url);

}  // namespace pd::pagerduty
