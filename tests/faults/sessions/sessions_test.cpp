#include <gtest/gtest.h>

#include "session.h"

namespace pd::sessions {
namespace {

constexpr std::uint64_t kSlice = 2'000;
constexpr std::uint64_t kEnough = 3'000;

std::string told(std::uint64_t seed, const Outcome& outcome) {
  std::string text = "./run sessions --seed " + std::to_string(seed) + " --log\n";
  for (const std::string& violation : outcome.violations) text += violation + "\n";
  return text;
}

TEST(Sessions, EachConfirmedWriteComesToATrueEndThatTheViewerIsTold) {
  Tally tally;
  for (std::uint64_t seed = 1; seed <= kSlice; ++seed) {
    const Outcome outcome = run_session({.seed = seed}, tally);
    ASSERT_TRUE(outcome.violations.empty()) << told(seed, outcome);
  }
  for (const client::IntentKind kind : kPlayedKinds) {
    const auto& ends = tally.writes[static_cast<std::size_t>(kind)];
    EXPECT_GT(ends[static_cast<std::size_t>(End::kSeen)], kSlice / 40)
        << client::kIntentWords[static_cast<std::size_t>(kind)];
  }
  EXPECT_GT(tally.settled_by_retry, 0u) << tally.summary();
}

TEST(Sessions, TheSameSeedIsTheSameSession) {
  Tally tally;
  const Outcome once = run_session({.seed = 7, .wants_log = true}, tally);
  EXPECT_EQ(once.log, run_session({.seed = 7, .wants_log = true}, tally).log);
  EXPECT_NE(once.log, run_session({.seed = 8, .wants_log = true}, tally).log);
}

struct Break {
  MutationName row;
  std::string_view found_as;  // how its violation begins
};

TEST(Sessions, WhatIsBrokenOnPurposeIsFound) {
  constexpr Break kBreaks[] = {
      {kMutations[0], "told:"},  {kMutations[1], "once:"},  {kMutations[2], "looked for:"},
      {kMutations[3], "told:"},  {kMutations[4], "true:"},  {kMutations[5], "unasked:"},
      {kMutations[6], "state:"}, {kMutations[7], "drawn:"},
  };
  static_assert(std::size(kBreaks) == std::size(kMutations));
  for (const Break& broken : kBreaks) {
    SCOPED_TRACE(broken.row.name);
    bool is_found = false;
    Tally tally;
    for (std::uint64_t seed = 1; seed <= kEnough && !is_found; ++seed) {
      for (const std::string& violation :
           run_session({.seed = seed, .mutation = broken.row.mutation}, tally).violations) {
        is_found = is_found || violation.starts_with(broken.found_as);
      }
    }
    EXPECT_TRUE(is_found);
  }
}

}  // namespace
}  // namespace pd::sessions
