// A view model as JSON and back: the element's snapshot(), `pdcard render SNAPSHOT.json`, the
// golden states' inputs. Member names are the C++ names; enums are kebab-case words ("critical").
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "card/view_model.h"

namespace pd::card {

std::string write_snapshot(const ViewModel& view_model);

// Unknown members are ignored, missing ones keep their default. Errors: kSyntax, kBadArgument (with
// the member's path). In its own .cpp: the browser's bundle does not link it.
Result<ViewModel> read_snapshot(std::string_view json);

}  // namespace pd::card
