// JSON text -> nlohmann/json's value, the one way to it: the library's parser is a template, and each
// other way in which it is called is one more copy of it in the bundle.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace pd::pagerduty {

using Json = nlohmann::json;

// A discarded value when `text` is not JSON (RFC 8259). The caller sets the limits.
Json parse_json(std::string_view text);

}  // namespace pd::pagerduty
