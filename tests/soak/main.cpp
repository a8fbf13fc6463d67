// soak [HOURS [CARDS]]: a page of CARDS (50) cards for HOURS (24) of virtual time; what the heap holds at the end of each hour, and what
// is left of it when all cards have gone. Exits with 1 when more is left after HOURS than after the first two: a percent or more of what
// the page holds.
#include <chrono>
#include <cstdio>
#include <cstdlib>

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
  double held = 0;
  const auto left_after = [&](int count) {
    portal.pass(std::chrono::hours{count}, [&](int hour) {
      held = static_cast<double>(soak::heap_bytes());
      std::printf("%3d h %10.0f bytes\n", hour, held);
      std::fflush(stdout);
    });
    portal.close_all();
    return static_cast<double>(soak::heap_bytes());
  };
  constexpr int kFirst = 2;
  const double early = left_after(kFirst);
  portal.open_all();
  const double late = left_after(hours - kFirst);
  const double growth = (late - early) / held * 100;
  std::printf("left: %.0f, then %.0f bytes\n%lld frames, %lld requests; growth %.2f %%\n", early,
              late, static_cast<long long>(portal.frames()),
              static_cast<long long>(portal.requests()), growth);
  return growth < 1 ? 0 : 1;
}
