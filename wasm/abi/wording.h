// A wording as JSON: for errors that cross to another tab, or are kept for another page.
//
//   [digest, [text, ["value", ...], [part, ...]]]      part: [text, values, parts]
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/json_writer.h"

namespace pd::abi {

// The members "message" and, where there is one, "wording" of an object that `out` is in.
void write_error(JsonWriter& out, std::string_view message_name, const Error& error);
// Nothing for what is none, or was written by another release: texts are numbers.
std::optional<Wording> read_wording(const nlohmann::json& from);

}  // namespace pd::abi
