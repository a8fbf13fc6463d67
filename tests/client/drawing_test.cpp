// What the broker says reads differently, and what does not: cards are drawn again for the one only.
// That nothing else changes what a card shows is what the sessions check (tests/faults/sessions:
// "drawn").
#include <gtest/gtest.h>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Want kOthers{Kind::kIncidents, "", "P2"};
const Want kOnCalls{Kind::kOnCalls, "", "E1"};
const std::string kOne = incidents_body({incident("I1", "P1")});
const std::string kTwo = incidents_body({incident("I2", "P1"), incident("I1", "P1")});

// An answer that comes to what is known: drawn or not.
struct Drawing : testing::Test {
  Desk desk;
  void know(const Want& want, const std::string& body, std::int64_t age_s = 0) {
    desk.subscribe(1, {want}, minutes{5});
    desk.answer("GET /", 200, body, -1, age_s);
    desk.drawn.clear();
  }
  std::size_t drawn_for(const std::string& body, Duration later = seconds{30},
                        std::int64_t age_s = 0) {
    desk.pass(later);
    desk.broker.refresh(1, desk.now);
    desk.collect();
    const std::size_t landed = desk.landed.size();
    desk.answer("GET /", 200, body, -1, age_s);
    EXPECT_GT(desk.landed.size(), landed) << "the page is told in any case";
    return desk.drawn.size();
  }
};

TEST_F(Drawing, TheSameAgainWithinAMinuteIsNotDrawn) {
  know(kIncidents, kOne);
  EXPECT_EQ(drawn_for(kOne), 0u);
  EXPECT_EQ(desk.broker.answer(kIncidents).fetched_at, desk.now) << "but is known to be new";
  EXPECT_EQ(drawn_for(kOne), 0u);
  EXPECT_EQ(drawn_for(kTwo), 1u);
  EXPECT_EQ(drawn_for(kTwo), 1u);
  EXPECT_EQ(drawn_for(kOne), 2u);
}

TEST_F(Drawing, AnAgeThatWasToldIsToldAnew) {
  know(kIncidents, kOne);
  EXPECT_EQ(drawn_for(kOne, minutes{1}), 1u);
}

TEST_F(Drawing, ACachesAnswerIsAsOldAsItSays) {
  know(kIncidents, kOne);
  EXPECT_EQ(drawn_for(kOne, seconds{30}, 90), 1u);
  EXPECT_EQ(drawn_for(kOne, seconds{30}, 0), 2u);
}

TEST_F(Drawing, WhatIsWellAgainIsDrawn) {
  know(kIncidents, kOne);
  desk.pass(seconds{10});
  desk.broker.refresh(1, desk.now);
  desk.collect();
  desk.answer("GET /incidents", 403);
  EXPECT_EQ(desk.drawn.size(), 1u);
  EXPECT_EQ(drawn_for(kOne, seconds{10}), 2u);
  EXPECT_EQ(drawn_for(kOne, seconds{10}), 2u);
}

TEST_F(Drawing, WhereAnythingOfTheAccountFailsAllIsDrawn) {
  desk.subscribe(1, {kIncidents, {Kind::kService, "", "P1"}}, minutes{5});
  desk.answer("GET /incidents", 200, kOne);
  desk.answer("GET /services", 403);
  desk.drawn.clear();
  desk.pass(seconds{10});
  desk.broker.refresh(1, desk.now);
  desk.collect();
  desk.answer("GET /incidents", 200, kOne);
  EXPECT_EQ(desk.drawn, std::vector<Want>{kIncidents});
}

TEST_F(Drawing, AShiftThatEndedMeanwhileIsDrawn) {
  know(kOnCalls, on_call_until("09:05:00"));
  EXPECT_EQ(drawn_for(on_call_until("09:05:00")), 0u);
  know(kOnCalls, on_call_until("09:00:50"));
  EXPECT_EQ(drawn_for(on_call_until("09:00:50"), seconds{25}), 1u);
}

TEST_F(Drawing, WhatAWriteChangedIsDrawnWhenTheListSaysOtherwise) {
  know(kIncidents, kOne);
  Intent intent;
  intent.kind = IntentKind::kResolve;
  intent.service_id = "P1";
  intent.incident_id = "I1";
  intent.key = "k";
  desk.broker.submit(intent, desk.now);
  desk.collect();
  desk.answer("PUT /incidents", 200, incidents_body({incident("I1", "P1", "resolved")}));
  EXPECT_TRUE(desk.broker.answer(kIncidents).incidents->empty());
  desk.drawn.clear();
  desk.pass(seconds{3});
  ASSERT_TRUE(desk.answer("GET /incidents", 200, kOne));
  EXPECT_EQ(desk.drawn.size(), 1u);
}

// One alone gets whatever comes, several get what names them.
TEST_F(Drawing, TheSameBytesForOneAndForSeveralAreNotTheSame) {
  const std::string stranger = incidents_body({incident("I9", "P9")});
  desk.subscribe(1, {kIncidents}, seconds{30});
  desk.answer("GET /", 200, stranger);
  desk.drawn.clear();
  desk.subscribe(2, {kOthers}, seconds{30});
  desk.answer("GET /", 200, stranger);
  desk.pass(seconds{30});
  desk.drawn.clear();
  ASSERT_TRUE(desk.answer("GET /incidents?service_ids[]=P1&service_ids[]=P2", 200, stranger));
  EXPECT_EQ(desk.drawn, (std::vector<Want>{kIncidents, kOthers}));
}

TEST_F(Drawing, WhatAnotherTabSaysAgainIsNotDrawn) {
  know(kIncidents, kOne);
  const auto hear = [&](const std::string& body, bool truncated = false) {
    desk.pass(seconds{10});
    desk.broker.hear_answer({kIncidents, desk.now, desk.now, truncated, body, {}, {}}, false,
                            desk.now);
    desk.collect();
    return desk.drawn.size();
  };
  EXPECT_EQ(hear(kOne), 1u) << "a tab writes it by itself";
  EXPECT_EQ(hear(kOne), 1u);
  EXPECT_EQ(hear(kTwo), 2u);
  EXPECT_EQ(hear(kTwo, true), 3u);
}

// ---- What concerns all cards of an account ----

TEST(Health, IsToldWhenItChangesAndNotElse) {
  Desk desk;
  desk.subscribe(1, {kIncidents, {Kind::kService, "", "P1"}});
  desk.answer("GET /services", 200, R"({"service":)" + service_body("P1", "E1") + "}");
  EXPECT_EQ(desk.healths, 0u);
  desk.answer("GET /incidents", 401);
  EXPECT_EQ(desk.healths, 1u) << "refused";
  desk.broker.refresh(1, desk.now);
  desk.collect();
  EXPECT_EQ(desk.healths, 2u) << "tried again";
  desk.answer("GET /incidents", 429, "", 20);
  EXPECT_EQ(desk.healths, 3u) << "paused";
  desk.pass(seconds{20});
  desk.answer("GET /incidents", 200, kOne);
  EXPECT_EQ(desk.healths, 3u);
}

TEST(Health, IsToldOfAClockThatDiffersByOtherMinutes) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  const auto hear = [&](Duration ahead) {
    const Send send = desk.take("GET /incidents");
    desk.broker.handle(Response{send.request, 200, kOne, -1, -1, desk.now + ahead, 0}, desk.now);
    desk.collect();
    desk.pass(seconds{30});
    return desk.healths;
  };
  EXPECT_EQ(hear(seconds{40}), 0u) << "an ordinary difference";
  EXPECT_EQ(hear(minutes{7}), 1u);
  EXPECT_EQ(hear(minutes{7} + seconds{9}), 1u);
  EXPECT_EQ(desk.broker.told_server_time("", desk.now) - desk.now, minutes{7});
  EXPECT_EQ(hear(minutes{9}), 2u);
  EXPECT_EQ(hear(seconds{0}), 3u);
}

TEST(Health, IsToldWhenThisDevicesClockIsSetBack) {
  Desk desk;
  desk.subscribe(1, {kIncidents});
  desk.now -= minutes{10};
  desk.broker.tick(desk.now);
  desk.collect();
  EXPECT_EQ(desk.healths, 1u);
}

}  // namespace
}  // namespace pd::client
