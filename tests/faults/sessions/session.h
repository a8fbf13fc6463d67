// One session: a viewer at a page of cards in changing weather, then a clear sky, and what has to
// hold then.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "browser.h"
#include "tally.h"

namespace pd::sessions {

struct Options {
  std::uint64_t seed = 0;
  Mutation mutation = Mutation::kNone;
  bool wants_log = false;
};

struct Outcome {
  std::vector<std::string> violations;
  std::string log;
};

// Adds to `tally`.
Outcome run_session(const Options& options, Tally& tally);

}  // namespace pd::sessions
