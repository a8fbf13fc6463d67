// sessions [COUNT] [--from SEED] [--jobs N]   many sessions, and what they add up to
// sessions --seed SEED [--log]                one, with what happened in it
// Both take --mutation NAME.
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "session.h"

namespace pd::sessions {
namespace {

constexpr std::uint64_t kUsualCount = 1'000'000;
constexpr std::size_t kMostShown = 20;

struct Arguments {
  std::uint64_t count = kUsualCount, from = 1, jobs = 2;
  std::optional<std::uint64_t> seed;
  Mutation mutation = Mutation::kNone;
  bool wants_log = false;

  Options session(std::uint64_t of_seed, bool with_log) const {
    return {of_seed, mutation, with_log};
  }
};

void print_usage() {
  std::fputs(
      "sessions [COUNT] [--from SEED] [--jobs N]   many sessions, and what they add up to\n"
      "sessions --seed SEED [--log]                one, with what happened in it\n"
      "  --mutation NAME    breaks something on purpose:",
      stderr);
  for (const MutationName& row : kMutations) {
    std::fprintf(stderr, " %s", std::string(row.name).c_str());
  }
  std::fputc('\n', stderr);
}

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_mutation(std::string_view name, Mutation& mutation) {
  for (const MutationName& row : kMutations) {
    if (row.name != name) continue;
    mutation = row.mutation;
    return true;
  }
  return false;
}

std::optional<Arguments> read_arguments(std::vector<std::string_view> given) {
  Arguments arguments;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string_view name = given[i];
    arguments.wants_log = arguments.wants_log || name == "--log";
    if (name == "--log") continue;
    const bool is_option = name.starts_with("--");
    if (is_option && i + 1 == given.size()) return std::nullopt;
    const std::string_view value = is_option ? given[++i] : name;
    bool is_good = false;
    if (!is_option) is_good = read_number(value, arguments.count);
    if (name == "--from") is_good = read_number(value, arguments.from);
    if (name == "--jobs") is_good = read_number(value, arguments.jobs) && arguments.jobs > 0;
    if (name == "--seed") is_good = read_number(value, arguments.seed.emplace());
    if (name == "--mutation") is_good = read_mutation(value, arguments.mutation);
    if (!is_good) return std::nullopt;
  }
  return arguments;
}

void print_violations(std::uint64_t seed, const Outcome& outcome) {
  for (const std::string& violation : outcome.violations) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), violation.c_str());
  }
}

int run_one(const Arguments& arguments) {
  Tally tally;
  const Outcome outcome =
      run_session(arguments.session(*arguments.seed, arguments.wants_log), tally);
  std::fputs(outcome.log.c_str(), stdout);
  print_violations(*arguments.seed, outcome);
  std::printf("%zu violations\n", outcome.violations.size());
  return outcome.violations.empty() ? 0 : 1;
}

// The sessions of many seeds, shared by some threads.
class Runs {
 public:
  explicit Runs(const Arguments& arguments) : arguments_(arguments) {}

  int run() {
    std::vector<std::thread> threads;
    threads.reserve(arguments_.jobs);
    for (std::uint64_t i = 0; i < arguments_.jobs; ++i) threads.emplace_back([this] { work(); });
    for (std::thread& thread : threads) thread.join();
    std::fputs(tally_.summary().c_str(), stdout);
    if (first_bad_) print_first_bad();
    return first_bad_ ? 1 : 0;
  }

 private:
  void work() {
    Tally tally;
    for (std::uint64_t i = next_++; i < arguments_.count; i = next_++) {
      const std::uint64_t seed = arguments_.from + i;
      const Outcome outcome = run_session(arguments_.session(seed, false), tally);
      if (!outcome.violations.empty()) report(seed, outcome);
      tell_how_far(i);
    }
    const std::lock_guard lock(mutex_);
    tally_.add(tally);
  }

  void report(std::uint64_t seed, const Outcome& outcome) {
    const std::lock_guard lock(mutex_);
    if (bad_++ < kMostShown) print_violations(seed, outcome);
    if (!first_bad_ || seed < *first_bad_) first_bad_ = seed;
  }
  void tell_how_far(std::uint64_t done) {
    constexpr std::uint64_t kStep = 50'000;
    if (done > 0 && done % kStep == 0) {
      std::fprintf(stderr, "%llu sessions\n", static_cast<unsigned long long>(done));
    }
  }
  void print_first_bad() {
    Tally ignored;
    const Outcome outcome = run_session(arguments_.session(*first_bad_, true), ignored);
    std::printf("\nWhat happened with the seed %llu:\n%s",
                static_cast<unsigned long long>(*first_bad_), outcome.log.c_str());
    print_violations(*first_bad_, outcome);
    std::printf(
        "%llu sessions with violations. To see this one again:\n  ./run sessions --seed %llu --log",
        static_cast<unsigned long long>(bad_), static_cast<unsigned long long>(*first_bad_));
    for (const MutationName& row : kMutations) {
      if (row.mutation == arguments_.mutation) {
        std::printf(" --mutation %s", std::string(row.name).c_str());
      }
    }
    std::puts("");
  }

  const Arguments& arguments_;
  std::atomic<std::uint64_t> next_ = 0;
  std::mutex mutex_;  // of what follows
  Tally tally_;
  std::uint64_t bad_ = 0;
  std::optional<std::uint64_t> first_bad_;
};

}  // namespace
}  // namespace pd::sessions

int main(int argc, char** argv) {
  const auto arguments = pd::sessions::read_arguments({argv + 1, argv + argc});
  if (!arguments) {
    pd::sessions::print_usage();
    return 2;
  }
  return arguments->seed ? pd::sessions::run_one(*arguments) : pd::sessions::Runs(*arguments).run();
}
