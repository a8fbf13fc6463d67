// sessions: what a viewer goes through with a page of cards, in virtual time, drawn from a seed:
// clicks, faults of the network, colleagues who act at the same time, reloads at any moment; and
// whether each thing that was confirmed came to a true end that the viewer was told.
//
//   Tally tally;
//   const Outcome outcome = run_session({.seed = 42}, tally);
//   for (const std::string& violation : outcome.violations) print(violation);
//
// The whole logic but drawing takes part: card::Page. The network, PagerDuty, the page's journal
// and its clock are models. The same seed is the same session, natively and as WebAssembly.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace pd::sessions {

// All chance of a session comes from here.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {  // splitmix64
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  // 0 .. count - 1.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool percent(std::size_t share) { return below(100) < share; }
  Duration between_ms(std::size_t least, std::size_t most) {
    return Duration{static_cast<std::int64_t>(least + below(most - least + 1))};
  }
  // One of the rows, each with its `weight`.
  template <typename Row, std::size_t count>
  const Row& weighted(const Row (&rows)[count]) {
    std::size_t sum = 0;
    for (const Row& row : rows) sum += row.weight;
    std::size_t drawn = below(sum);
    for (const Row& row : rows) {
      if (drawn < row.weight) return row;
      drawn -= row.weight;
    }
    return rows[0];
  }

 private:
  std::uint64_t state_;
};

}  // namespace pd::sessions
