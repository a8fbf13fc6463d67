// Some hours of a page: what the heap holds does not grow with time. `./run soak` plays a day.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>

#include "box_source.h"
#include "heap.h"
#include "portal.h"

namespace pd::soak {
namespace {

constexpr Time kStart = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z

TEST(Soak, HoursOfVisitsLeaveNothingBehind) {
  fuzz::BoxSource source;
  Portal portal(source, 8, kStart);
  const auto left_after = [&](int hours) {
    portal.pass(std::chrono::hours{hours}, [](int) {});
    portal.close_all();
    return heap_bytes();
  };
  const std::size_t early = left_after(2);
  portal.open_all();
  const std::size_t late = left_after(4);
  EXPECT_GT(portal.frames(), 6 * 60) << "nobody looked";
  EXPECT_GT(portal.requests(), 6 * 60) << "nothing was asked";
  // What is kept of text that was drawn fills up to its bounds in these hours.
  EXPECT_LE(late, early + early / 50) << "from " << early << " bytes to " << late;
}

}  // namespace
}  // namespace pd::soak
