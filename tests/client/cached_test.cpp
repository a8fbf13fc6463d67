// Answers of a cache on the way, such as a portal's proxy: they are older than they come.
#include <gtest/gtest.h>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Want kOnCalls{Kind::kOnCalls, "", "E1"};

TEST(Cached, AnAnswerIsAsOldAsTheCacheSays) {
  const struct {
    const char* name;
    std::int64_t age_s;
    Duration age;
  } kRows[] = {
      {"of now", 0, seconds{0}},
      {"of a while ago", 250, seconds{250}},
      {"of the future", -250, seconds{0}},
      {"of another epoch", 1'700'000'000, hours{24}},
  };
  for (const auto& row : kRows) {
    Desk desk;
    desk.subscribe(1, {kIncidents});
    desk.answer("GET /incidents", 200, incidents_body({}), -1, row.age_s);
    EXPECT_EQ(desk.now - *desk.broker.answer(kIncidents).fetched_at, row.age) << row.name;
  }
}

TEST(Cached, AListIsAsOldAsItsOldestPage) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  const auto page = [](const char* id, bool more) {
    return list_body("incidents", {incident(id, "P1")}, more);
  };
  desk.answer("GET /incidents", 200, page("I1", true), -1, 40);
  desk.answer("GET /incidents", 200, page("I2", false), -1, 5);
  EXPECT_EQ(desk.broker.answer(kIncidents).incidents->size(), 2u);
  EXPECT_EQ(desk.now - *desk.broker.answer(kIncidents).fetched_at, seconds{40});
}

// What PagerDuty is asked while a cache gives the same answer again and again.
TEST(Cached, AnOldAnswerIsAskedForAgainNoSoonerThanANewOne) {
  for (const std::int64_t age_s : {0, 540}) {
    Desk desk;
    desk.subscribe(1, {kIncidents, {Kind::kService, "", "P1"}, {Kind::kChanges, "", "P1"}});
    for (int second = 0; second < 600; ++second) {
      desk.answer("GET /incidents", 200, incidents_body({}), -1, age_s);
      desk.answer("GET /services/P1?", 200, R"({"service":)" + service_body("P1", "E1") + "}", -1,
                  age_s);
      desk.answer("GET /services/P1/change_events", 200, list_body("change_events", {}), -1, age_s);
      desk.pass(seconds{1});
    }
    EXPECT_EQ(desk.count_sent("GET /incidents"), 21u) << age_s;
    EXPECT_EQ(desk.count_sent("GET /services/P1?"), 1u) << age_s;
    EXPECT_EQ(desk.count_sent("GET /services/P1/change_events"), 11u) << age_s;
  }
}

TEST(Cached, AShiftThatEndedSinceThenIsAskedForOnceAMinute) {
  Desk desk;
  desk.subscribe(1, {kOnCalls});
  desk.pass(minutes{6});
  desk.answer("GET /oncalls", 200, on_call_until("09:05:00"), -1, 200);
  desk.pass(seconds{59});
  EXPECT_FALSE(desk.has("GET /oncalls"));
  desk.pass(seconds{1});
  EXPECT_TRUE(desk.has("GET /oncalls"));
}

TEST(Cached, AShiftThatIsOnIsAskedForAtItsEnd) {
  Desk desk;
  desk.subscribe(1, {kOnCalls});
  desk.pass(minutes{2});
  desk.answer("GET /oncalls", 200, on_call_until("09:05:00"), -1, 60);
  desk.pass(seconds{179});
  EXPECT_FALSE(desk.has("GET /oncalls"));
  desk.pass(seconds{1});
  EXPECT_TRUE(desk.has("GET /oncalls"));
}

TEST(Cached, TheClockThatIsSetBackLeavesTheAgeAsItIs) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.answer("GET /incidents", 200, incidents_body({}), -1, 300);
  desk.now -= hours{5};
  desk.broker.tick(desk.now);
  desk.pass(seconds{10});
  EXPECT_EQ(desk.now - *desk.broker.answer(kIncidents).fetched_at, seconds{310});
  EXPECT_FALSE(desk.has("GET /incidents"));
  desk.pass(seconds{20});
  EXPECT_TRUE(desk.has("GET /incidents"));
}

TEST(Cached, AnotherTabIsToldHowOldItIsAndDoesNotAskForThat) {
  Desk leader;
  leader.broker.set_tab("", TabRole::kLeader, true, false, leader.now);
  leader.subscribe(1, {kIncidents});
  leader.pass(seconds{1});
  const Send send = leader.take("GET /incidents");
  Response response{send.request, 200, incidents_body({})};
  response.age_s = 300;
  leader.broker.handle(response, leader.now);
  Desk follower;
  follower.now = leader.now;
  follower.broker.set_tab("", TabRole::kFollower, true, false, follower.now);
  follower.subscribe(1, {kIncidents});
  for (const Effect& effect : leader.broker.take_effects(leader.now)) {
    const auto* shared = std::get_if<ShareAnswer>(&effect);
    if (shared != nullptr) follower.broker.hear_answer(shared->answer, false, follower.now);
  }
  EXPECT_EQ(follower.now - *follower.broker.answer(kIncidents).fetched_at, seconds{300});
  follower.pass(seconds{29});
  EXPECT_TRUE(follower.sent.empty());
}

TEST(Cached, AListOfBeforeTheWriteConfirmsNothing) {
  for (const std::int64_t age_s : {60, 0}) {
    Desk desk;
    desk.subscribe(1, {kIncidents});
    desk.pass(minutes{2});
    Intent intent;
    intent.kind = IntentKind::kReopen;
    intent.target = "triggered";
    intent.service_id = "P1";
    intent.incident_id = "I1";
    intent.key = "k";
    const IntentId id = desk.broker.submit(intent, desk.now);
    desk.collect();
    desk.lose("PUT /incidents");
    desk.answer("GET /incidents?service_ids", 200, incidents_body({incident("I1", "P1")}), -1,
                age_s);
    EXPECT_EQ(desk.intents[id].state, age_s == 0 ? IntentState::kSeen : IntentState::kUnconfirmed);
  }
}

TEST(Cached, WhatIsNewSinceTheCacheGotAListIsAskedForNext) {
  Desk desk;
  std::vector<std::string> items;
  for (int i = 0; i < 10; ++i) {
    const std::string service = "P" + std::to_string(i);
    desk.broker.subscribe(static_cast<SubscriberId>(i + 1), {{Kind::kChanges, "", service}},
                          seconds{30}, true, desk.now);
    items.push_back(R"({"id":"C)" + std::to_string(i) +
                    R"(","timestamp":"2026-05-04T08:00:00Z","services":[{"id":")" + service +
                    "\"}]}");
  }
  desk.collect();
  desk.answer("GET /change_events", 200, list_body("change_events", items), -1, 9 * 60);
  desk.pass(minutes{1});
  const Send next = desk.take("GET /change_events");
  EXPECT_NE(decode_path(next.what.path).find("since=2026-05-04T08:46:00Z"), std::string::npos)
      << decode_path(next.what.path);
}

}  // namespace
}  // namespace pd::client
