// Some hours of a page: what the heap holds does not grow with time. `./run soak` plays a day.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include "box_source.h"
#include "heap.h"
#include "portal.h"

namespace pd::soak {
namespace {

constexpr Time kStart = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z

TEST(Soak, HoursOfVisitsLeaveNothingBehind) {
  fuzz::BoxSource source;
  Portal portal(source, 8, kStart);
  std::vector<std::size_t> bytes;
  portal.pass(std::chrono::hours{6}, [&](int) { bytes.push_back(heap_bytes()); });
  ASSERT_EQ(bytes.size(), 6);
  EXPECT_GT(portal.frames(), 6 * 60) << "nobody looked";
  EXPECT_GT(portal.requests(), 6 * 60) << "nothing was asked";
  // The company's incidents come and go: of two hours the fuller one counts.
  const std::size_t early = std::max(bytes[1], bytes[2]);
  const std::size_t late = std::max(bytes[4], bytes[5]);
  EXPECT_LE(late, early + early / 50) << "from " << early << " bytes to " << late;
}

}  // namespace
}  // namespace pd::soak
