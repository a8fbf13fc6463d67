#include "bench/measure.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

namespace pd::bench {
namespace {

using Clock = std::chrono::steady_clock;

// One sample takes at least this long.
constexpr double kSampleUs = 20'000;
constexpr int kMaxCalls = 1'000'000;

double time_us(const std::function<void()>& call, int calls) {
  const auto begin = Clock::now();
  for (int i = 0; i < calls; ++i) call();
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
}

// How many calls make a sample; warms the caches by the way.
int calls_of(const std::function<void()>& call) {
  for (int calls = 1;; calls *= 2) {
    if (time_us(call, calls) >= kSampleUs || calls >= kMaxCalls) return calls;
  }
}

bool is_wanted(std::string_view name, const std::vector<std::string_view>& only) {
  return only.empty() || std::ranges::any_of(only, [&](std::string_view part) {
           return name.find(part) != std::string_view::npos;
         });
}

}  // namespace

void Bench::add(std::string name, std::function<void()> call) {
  cases_.push_back({std::move(name), std::move(call), 1, {}});
}

bool Bench::run(const RunOptions& options) {
  std::vector<Case*> wanted;
  for (Case& one : cases_) {
    // The first one is what the others are set against.
    if (&one == &cases_.front() || is_wanted(one.name, options.only)) wanted.push_back(&one);
  }
  if (wanted.size() < 2) return false;
  for (Case* one : wanted) one->calls = calls_of(one->call);
  for (int sample = 0; sample < options.samples; ++sample) {
    for (Case* one : wanted) {
      one->sample_us.push_back(time_us(one->call, one->calls) / one->calls);
    }
  }
  std::printf("%-48s %12s %12s %12s %10s\n", "case", "median us", "least", "greatest", "x first");
  double first_us = 0;
  for (Case* one : wanted) {
    std::ranges::sort(one->sample_us);
    const double median_us = one->sample_us[one->sample_us.size() / 2];
    if (first_us == 0) first_us = median_us;
    std::printf("%-48s %12.1f %12.1f %12.1f %10.2f\n", one->name.c_str(), median_us,
                one->sample_us.front(), one->sample_us.back(), median_us / first_us);
  }
  return true;
}

}  // namespace pd::bench
