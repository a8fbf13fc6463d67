// What `pdcard resolve` prints, as plain text in and out: one JSON line for each document.
#pragma once

#include <string>
#include <string_view>

#include "entity/target.h"

namespace pd::entity {

struct ResolvedFile {
  std::string json_lines;
  bool wrong = false;     // the file cannot be read, or an annotation of PagerDuty's is wrong
};

// `ref`: only the entity that it names; empty = all. `file` is printed and named in messages.
ResolvedFile resolve_file(std::string_view text, std::string_view file, std::string_view ref,
                          const ExplicitValues& values = {});

}  // namespace pd::entity
