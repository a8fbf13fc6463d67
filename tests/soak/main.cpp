// soak [HOURS [CARDS]]: a page of CARDS (50) cards for HOURS (24) of virtual time; what the heap holds at the end of each hour.
// Exits with 1 when it grew by a percent or more: the last quarter of the time against the one after the first hours.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "box_source.h"
#include "heap.h"
#include "portal.h"

int main(int argc, char** argv) {
  using namespace pd;
  const int hours = argc > 1 ? std::atoi(argv[1]) : 24;
  const int cards = argc > 2 ? std::atoi(argv[2]) : 50;
  if (hours < 8 || cards < 1) {
    std::fprintf(stderr, "usage: soak [HOURS [CARDS]], at least 8 hours and a card\n");
    return 2;
  }
  fuzz::BoxSource source;
  soak::Portal portal(source, cards, time_from_ms(1'777'885'200'000));
  std::vector<double> bytes;
  portal.pass(std::chrono::hours{hours}, [&](int hour) {
    bytes.push_back(static_cast<double>(soak::heap_bytes()));
    std::printf("%3d h %10.0f bytes\n", hour, bytes.back());
    std::fflush(stdout);
  });
  // The same number of hours each, so that incidents that come and go weigh alike.
  const auto quarter = static_cast<std::ptrdiff_t>(bytes.size() / 4);
  const double early = *std::max_element(bytes.begin() + 2, bytes.begin() + 2 + quarter);
  const double late = *std::max_element(bytes.end() - quarter, bytes.end());
  const double growth = (late / early - 1) * 100;
  std::printf("%lld frames, %lld requests; growth %.2f %%\n",
              static_cast<long long>(portal.frames()), static_cast<long long>(portal.requests()),
              growth);
  return growth < 1 ? 0 : 1;
}
