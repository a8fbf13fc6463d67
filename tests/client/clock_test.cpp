// Clocks: this device's may be wrong, be set, or sleep; PagerDuty's is right.
#include <gtest/gtest.h>

#include "client/server_clock.h"
#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string incident_of(const std::string& created_at) {
  return R"({"incidents":[{"id":"I1","status":"triggered","service":{"id":"P1"},"created_at":")" +
         created_at + R"("}],"more":false})";
}

TEST(ServerClock, IsOursWhileNothingSaysOtherwise) {
  ServerClock clock;
  EXPECT_EQ(clock.offset(), Duration::zero());
  clock.see_past(kStart + seconds{30}, kStart);
  clock.set(kStart - seconds{80}, kStart);
  EXPECT_EQ(clock.offset(), Duration::zero()) << "ordinary differences";
}

TEST(ServerClock, KnowsHowFarItIsFromADateHeader) {
  ServerClock clock;
  clock.set(kStart + minutes{7}, kStart);
  EXPECT_EQ(clock.offset(), minutes{7});
  clock.set(kStart - hours{2}, kStart);
  EXPECT_EQ(clock.offset(), -hours{2});
}

TEST(ServerClock, LearnsFromWhatHasHappenedInItsFuture) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.answer("GET /incidents", 200, incident_of("2026-05-04T09:07:00Z"));
  EXPECT_EQ(desk.broker.server_time("", desk.now), desk.now + minutes{7});
  desk.pass(seconds{30});
  desk.answer("GET /incidents", 200, incident_of("2026-05-04T08:00:00Z"));
  EXPECT_EQ(desk.broker.server_time("", desk.now), desk.now + minutes{7})
      << "the past says nothing";
}

TEST(ServerClock, LearnsFromAnIncidentOfThisMoment) {
  Desk desk;
  Intent intent;
  intent.kind = IntentKind::kCreate;
  intent.service_id = "P1";
  intent.key = "k";
  desk.broker.submit(intent, desk.now);
  desk.collect();
  desk.answer(
      "POST /incidents", 201,
      R"({"incident":{"id":"I1","status":"triggered","created_at":"2026-05-04T06:00:00Z"}})");
  EXPECT_EQ(desk.broker.server_time("", desk.now), desk.now - hours{3});
}

TEST(Clock, SetBackTakesAllInstantsWithIt) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.pass(seconds{10});
  desk.now -= hours{5};
  desk.broker.tick(desk.now);
  EXPECT_EQ(desk.now - *desk.broker.answer(kIncidents).fetched_at, seconds{10});
  desk.pass(seconds{20});
  EXPECT_TRUE(desk.has("GET /incidents")) << "not five hours later";
}

TEST(Clock, SetBackDuringAPauseKeepsItsLength) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.answer("GET /incidents", 429, "{}", 60);
  desk.pass(seconds{10});
  desk.now -= hours{5};
  desk.broker.tick(desk.now);
  desk.pass(seconds{49});
  EXPECT_TRUE(desk.open.empty());
  desk.pass(seconds{2});
  EXPECT_TRUE(desk.has("GET /incidents"));
}

TEST(Clock, AfterASleepAllIsAskedForAtOnceAndOnce) {
  Desk desk;
  const Want service{Kind::kService, "", "P1"};
  desk.subscribe(1, {kIncidents, service});
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.answer("GET /services", 200, R"({"service":)" + service_body("P1", "E1") + "}");
  const std::size_t before = desk.sent.size();
  desk.now += hours{8};  // no timer rang
  desk.broker.tick(desk.now);
  desk.collect();
  EXPECT_EQ(desk.sent.size() - before, 2u);
}

}  // namespace
}  // namespace pd::client
