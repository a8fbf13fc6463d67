// A small harness: cases are measured in turns, so that a noisy moment of the machine meets all of
// them, and each is set against the first one, so that a table from another machine can be
// compared.
//
//   Bench bench;
//   bench.add("copy 1 MiB", [] { ... });
//   bench.run({.only = "decode"});
//
// Prints for each case the median, the least and the greatest time of one call, and the median as a
// multiple of the first case's.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pd::bench {

struct RunOptions {
  std::vector<std::string_view> only;  // cases whose name has one of these in it; empty = all
  int samples = 9;
};

class Bench {
 public:
  void add(std::string name, std::function<void()> call);
  // False when no case is to be run.
  bool run(const RunOptions& options);

 private:
  struct Case {
    std::string name;
    std::function<void()> call;
    int calls = 1;  // of one sample: long enough for the clock
    std::vector<double> sample_us;
  };
  std::vector<Case> cases_;
};

// Keeps the optimiser from dropping what made `value`.
template <typename T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

}  // namespace pd::bench
