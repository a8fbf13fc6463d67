// A write as the text that the page keeps in its journal, and back. Without secrets: what the
// journal needs to look for the write's effect, and to repeat it on the viewer's word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/types.h"

namespace pd::abi {

std::string write_intent(const client::Intent& intent);
// Nothing for what is no intent: a journal of another version, or not ours.
std::optional<client::Intent> read_intent(std::string_view entry);

}  // namespace pd::abi
