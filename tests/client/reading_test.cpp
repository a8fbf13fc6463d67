#include <gtest/gtest.h>

#include <cstdio>
#include <set>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Want service(const std::string& id) { return {Kind::kService, "", id}; }
Want incidents(const std::string& id) { return {Kind::kIncidents, "", id}; }
Want on_calls(const std::string& id) { return {Kind::kOnCalls, "", id}; }
Want changes(const std::string& id) { return {Kind::kChanges, "", id}; }
Want by_key(const std::string& key) { return {Kind::kServiceByKey, "", key}; }

TEST(Reading, AsksOnceForWhatTwoWant) {
  Desk desk;
  desk.subscribe(1, {service("P1")});
  desk.subscribe(2, {service("P1")});
  EXPECT_EQ(desk.sent.size(), 1u);
  ASSERT_TRUE(
      desk.answer("GET /services/P1", 200, R"({"service":)" + service_body("P1", "E1") + "}"));
  ASSERT_NE(desk.broker.answer(service("P1")).service, nullptr);
  EXPECT_EQ(desk.broker.answer(service("P1")).service->name, "Service P1");
}

TEST(Reading, CutsABatchWhereTheUrlWouldGrowTooLong) {
  Desk desk;
  std::vector<Want> wants;
  wants.reserve(300);
  for (int i = 0; i < 300; ++i)
    wants.push_back(incidents("P" + std::string(80, 'A') + std::to_string(i)));
  desk.subscribe(1, wants);
  for (int i = 0; i < 20 && desk.answer("GET /incidents", 200, incidents_body({})); ++i) {
  }
  std::size_t ids = 0;
  for (const std::string& sent : desk.sent) {
    EXPECT_LT(sent.size(), 4'000u);
    for (std::size_t at = sent.find("service_ids"); at != std::string::npos;
         at = sent.find("service_ids", at + 1))
      ++ids;
  }
  EXPECT_EQ(ids, 300u);
}

TEST(Reading, GivesEachServiceOfABatchItsOwnIncidents) {
  Desk desk;
  desk.subscribe(1, {incidents("P1"), incidents("P2"), incidents("P3")});
  ASSERT_EQ(desk.sent.size(), 1u);
  desk.answer("GET /incidents", 200,
              incidents_body({incident("I1", "P1"), incident("I2", "P2"), incident("I3", "P1")}));
  EXPECT_EQ(desk.broker.answer(incidents("P1")).incidents->size(), 2u);
  EXPECT_EQ(desk.broker.answer(incidents("P2")).incidents->size(), 1u);
  EXPECT_TRUE(desk.broker.answer(incidents("P3")).incidents->empty());
}

TEST(Reading, FindsTheOneBadIdOfABatchAndKeepsTheOthersTogether) {
  Desk desk;
  std::vector<Want> wants;
  wants.reserve(64);
  for (int i = 0; i < 64; ++i) wants.push_back(incidents("P" + std::to_string(100 + i)));
  desk.subscribe(1, wants);
  const auto answer_all = [&] {
    while (!desk.open.empty()) {
      const bool bad = decode_path(desk.open.front().what.path).find("=P137&") != std::string::npos;
      desk.answer("GET /incidents", bad ? 404 : 200, bad ? "{}" : incidents_body({}));
    }
  };
  answer_all();
  EXPECT_LE(desk.sent.size(), 16u);
  EXPECT_EQ(desk.broker.answer(incidents("P137")).error->code, ErrorCode::kNotFound);
  EXPECT_TRUE(desk.broker.answer(incidents("P136")).has_data());
  const std::size_t before = desk.sent.size();
  desk.pass(seconds{31});
  answer_all();
  EXPECT_EQ(desk.sent.size() - before, 1u) << "the 63 good ones are one request again";
}

TEST(Reading, AMissingScopeIsNotSoughtAmongTheIds) {
  Desk desk;
  desk.subscribe(1, {incidents("P1"), incidents("P2")});
  desk.answer("GET /incidents", 403,
              R"({"error":{"message":"Forbidden","required_scopes":"incidents.read"}})");
  EXPECT_TRUE(desk.open.empty());
  EXPECT_EQ(desk.broker.answer(incidents("P2")).error->code, ErrorCode::kForbidden);
}

TEST(Reading, FindsAServiceByKeyOnlyWhenAnIntegrationHasIt) {
  Desk desk;
  desk.subscribe(1, {by_key("KEY1"), by_key("KEY2")});
  const std::string found =
      list_body("services", {service_body("P1", "E1", "OTHER"), service_body("P2", "E1", "KEY1")});
  ASSERT_TRUE(desk.answer("GET /services?query=KEY1", 200, found));
  ASSERT_TRUE(desk.answer("GET /services?query=KEY2", 200, found));
  EXPECT_EQ(desk.broker.answer(by_key("KEY1")).service->id, "P2");
  EXPECT_EQ(desk.broker.answer(by_key("KEY2")).service, nullptr);
  EXPECT_EQ(desk.broker.answer(by_key("KEY2")).error->code, ErrorCode::kNotFound);
}

// ---- Paging ----

TEST(Paging, ReadsToTheEndAndCountsWhatOverlapsOnce) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer("GET /incidents", 200,
              list_body("incidents", {incident("I3", "P1"), incident("I2", "P1")}, true));
  ASSERT_TRUE(desk.has("GET /incidents"));
  EXPECT_NE(desk.sent.back().find("offset=100"), std::string::npos);
  desk.answer("GET /incidents", 200,
              list_body("incidents", {incident("I2", "P1"), incident("I1", "P1")}, false, 100));
  EXPECT_EQ(desk.broker.answer(incidents("P1")).incidents->size(), 3u);
  EXPECT_FALSE(desk.broker.answer(incidents("P1")).truncated);
}

TEST(Paging, GoesOnBySizeOfThePagesThatItGets) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer(
      "GET /incidents", 200,
      R"({"incidents":[)" + incident("I1", "P1") + R"(],"limit":25,"offset":0,"more":true})");
  EXPECT_NE(desk.sent.back().find("offset=25"), std::string::npos);
}

struct EndRow {
  const char* name;
  bool repeats;  // the same page again and again
  bool empty;    // pages of nothing
  std::size_t most_requests;
};

TEST(Paging, EndsWithAServerThatAlwaysHasMore) {
  const EndRow rows[] = {{"the same page", true, false, 2},
                         {"empty pages", false, true, 1},
                         {"new ones for ever", false, false, 100}};
  for (const EndRow& row : rows) {
    SCOPED_TRACE(row.name);
    Desk desk;
    desk.subscribe(1, {incidents("P1")});
    int page = 0;
    for (int i = 0; i < 200; ++i) {
      const std::string id = "I" + std::to_string(row.repeats ? 0 : page++);
      if (!desk.answer(
              "GET /incidents", 200,
              list_body("incidents",
                        row.empty ? std::vector<std::string>() : std::vector{incident(id, "P1")},
                        true)))
        break;
    }
    EXPECT_EQ(desk.sent.size(), row.most_requests);
    EXPECT_TRUE(desk.broker.answer(incidents("P1")).has_data());
    EXPECT_TRUE(desk.broker.answer(incidents("P1")).truncated);
  }
}

TEST(Paging, APageThatFailsLosesNothingThatWasKnown) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
  desk.pass(seconds{30});
  desk.answer("GET /incidents", 200, list_body("incidents", {incident("I2", "P1")}, true));
  desk.answer("GET /incidents", 500);
  EXPECT_EQ(desk.broker.answer(incidents("P1")).incidents->front().id, "I1");
  EXPECT_EQ(desk.broker.answer(incidents("P1")).error->code, ErrorCode::kServerError);
}

// ---- When it asks ----

struct AgeRow {
  const char* name;
  Want want;
  std::string body;
  Duration fresh_for;
};

TEST(Refreshing, AsksAgainWhenAnAnswerHasItsAge) {
  const AgeRow rows[] = {
      {"incidents, as the subscriber says", incidents("P1"), incidents_body({}), seconds{30}},
      {"service", service("P1"), R"({"service":)" + service_body("P1", "E1") + "}", minutes{15}},
      {"changes", changes("P1"), list_body("change_events", {}), minutes{1}},
      {"on-calls", on_calls("E1"), list_body("oncalls", {on_call("E1", "U1", "")}), minutes{5}},
      {"on-calls whose shift ends before", on_calls("E1"),
       list_body("oncalls", {on_call("E1", "U1", "2026-05-04T09:02:00Z")}), minutes{2}},
      {"on-calls whose shift has ended", on_calls("E1"),
       list_body("oncalls", {on_call("E1", "U1", "2026-05-04T08:59:00Z")}), minutes{5}},
  };
  for (const AgeRow& row : rows) {
    SCOPED_TRACE(row.name);
    Desk desk;
    desk.subscribe(1, {row.want});
    desk.answer("GET /", 200, row.body);
    ASSERT_TRUE(desk.broker.answer(row.want).has_data());
    desk.pass(row.fresh_for - Duration{1});
    EXPECT_EQ(desk.sent.size(), 1u);
    desk.pass(Duration{1});
    EXPECT_EQ(desk.sent.size(), 2u);
  }
}

TEST(Refreshing, FollowsTheSubscriberInTheGreatestHurry) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")}, Duration::zero());
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.pass(minutes{60});
  EXPECT_EQ(desk.sent.size(), 1u) << "never by itself";
  desk.subscribe(2, {incidents("P1")}, seconds{60});
  EXPECT_EQ(desk.sent.size(), 2u) << "one that came later wants it fresh";
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.subscribe(3, {incidents("P1")}, seconds{10});
  desk.pass(seconds{10});
  EXPECT_EQ(desk.sent.size(), 3u);
}

TEST(Refreshing, AsksAtOnceWhenTheViewerDoes) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")}, Duration::zero());
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.broker.refresh(1, desk.now);
  desk.collect();
  desk.broker.refresh(1, desk.now);
  desk.collect();
  EXPECT_EQ(desk.sent.size(), 2u) << "and once for two clicks";
}

struct QuietRow {
  const char* name;
  void (*enter)(Desk&);
  void (*leave)(Desk&);
};

TEST(Refreshing, AsksNothingWhileNobodyCanLookOrAnswer) {
  const QuietRow rows[] = {
      {"hidden page", [](Desk& d) { d.broker.set_page_visible(false, d.now); },
       [](Desk& d) { d.broker.set_page_visible(true, d.now); }},
      {"offline", [](Desk& d) { d.broker.set_online(false, d.now); },
       [](Desk& d) { d.broker.set_online(true, d.now); }},
      {"invisible card", [](Desk& d) { d.subscribe(1, {incidents("P1")}, seconds{30}, false); },
       [](Desk& d) { d.subscribe(1, {incidents("P1")}, seconds{30}, true); }},
      {"no credentials", [](Desk& d) { d.broker.set_account("", false, d.now); },
       [](Desk& d) { d.broker.set_account("", true, d.now); }},
  };
  for (const QuietRow& row : rows) {
    SCOPED_TRACE(row.name);
    Desk desk;
    desk.subscribe(1, {incidents("P1")});
    desk.answer("GET /incidents", 200, incidents_body({}));
    row.enter(desk);
    desk.collect();
    EXPECT_EQ(desk.broker.next_wake(desk.now), std::nullopt) << "no timer either";
    desk.pass(minutes{10});
    EXPECT_EQ(desk.sent.size(), 1u);
    row.leave(desk);
    desk.collect();
    EXPECT_EQ(desk.sent.size(), 2u) << "what became old is asked for at once";
  }
}

TEST(Refreshing, GivesUpAReadThatNobodyWaitsFor) {
  Desk desk;
  desk.subscribe(1, {service("P1"), incidents("P1")});
  desk.subscribe(2, {incidents("P1")});
  desk.broker.unsubscribe(1, desk.now);
  desk.collect();
  EXPECT_FALSE(desk.has("GET /services/P1"));
  EXPECT_TRUE(desk.has("GET /incidents"));
  desk.subscribe(2, {incidents("P2")});
  EXPECT_EQ(desk.open.size(), 1u) << "also when it wants something else now";
}

TEST(Refreshing, KeepsAnswersForWhoComesNext) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
  desk.broker.unsubscribe(1, desk.now);
  desk.pass(seconds{20});
  desk.subscribe(2, {incidents("P1")});
  EXPECT_EQ(desk.sent.size(), 1u);
  EXPECT_TRUE(desk.broker.answer(incidents("P1")).has_data());
}

// ---- Errors ----

TEST(ReadErrors, ALimitPausesTheWholeAccountAndNoOther) {
  Desk desk;
  desk.broker.set_account("eu", true, desk.now);
  desk.subscribe(1, {incidents("P1"), service("P1"), {Kind::kService, "eu", "P9"}});
  desk.answer("GET /incidents", 429, "", 20);
  desk.answer("GET /services/P1", 200, R"({"service":)" + service_body("P1", "E1") + "}");
  desk.answer("GET /services/P9", 200, R"({"service":)" + service_body("P9", "E1") + "}");
  desk.subscribe(2, {changes("P1"), {Kind::kChanges, "eu", "P9"}});
  EXPECT_TRUE(desk.has("GET /services/P9/change_events"));
  EXPECT_FALSE(desk.has("GET /services/P1/change_events"));
  EXPECT_EQ(desk.broker.paused_until("", desk.now), desk.now + seconds{20});
  desk.pass(seconds{19});
  EXPECT_EQ(desk.open.size(), 1u);
  desk.pass(seconds{1});
  EXPECT_TRUE(desk.has("GET /services/P1/change_events"));
  EXPECT_TRUE(desk.has("GET /incidents"));
}

TEST(ReadErrors, ARefusedCredentialStopsTheAccountAndIsAskedForOnce) {
  Desk desk;
  desk.subscribe(1, {incidents("P1"), service("P1"), changes("P1")});
  desk.answer("GET /incidents", 401);
  desk.answer("GET /services/P1?", 401);
  desk.answer("GET /services/P1/change_events", 401);
  EXPECT_EQ(desk.auth_required, std::vector<std::string>{""});
  desk.pass(minutes{60});
  EXPECT_EQ(desk.sent.size(), 3u);
  EXPECT_EQ(desk.broker.health(""), AccountHealth::kRefused);
  desk.broker.set_account("", true, desk.now);
  desk.collect();
  EXPECT_EQ(desk.sent.size(), 6u);
  desk.answer("GET /incidents", 401);
  EXPECT_EQ(desk.auth_required.size(), 2u) << "for the new credential, again";
}

TEST(ReadErrors, TellingTheSameAccountAgainAsksForNothing) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer("GET /incidents", 200, incidents_body({}));
  desk.broker.set_account("", true, desk.now);
  desk.collect();
  EXPECT_EQ(desk.sent.size(), 1u);
}

struct SectionRow {
  const char* name;
  int status;
};

TEST(ReadErrors, OneRefusedSectionLeavesTheOthersAlive) {
  for (const SectionRow& row : {SectionRow{"402", 402}, {"403", 403}, {"404", 404}}) {
    SCOPED_TRACE(row.name);
    Desk desk;
    desk.subscribe(1, {incidents("P1"), changes("P1")});
    desk.answer("GET /services/P1/change_events", row.status);
    desk.answer("GET /incidents", 200, incidents_body({}));
    desk.pass(seconds{30});
    EXPECT_TRUE(desk.has("GET /incidents"));
    EXPECT_FALSE(desk.has("GET /services/P1/change_events"));
    desk.pass(minutes{5});
    EXPECT_TRUE(desk.has("GET /services/P1/change_events")) << "tried again at the long interval";
  }
}

TEST(ReadErrors, RetriesFiveTimesWithGrowingDelaysThenEveryFiveMinutes) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  for (int i = 0; i < 9; ++i) {
    ASSERT_TRUE(desk.answer("GET /incidents", 503)) << i;
    desk.pass(*desk.broker.answer(incidents("P1")).retry_at - desk.now);
  }
  for (std::size_t i = 1; i <= 5; ++i) {
    const Duration wait = desk.sent_at[i] - desk.sent_at[i - 1];
    EXPECT_GE(wait, Duration{200});
    EXPECT_LE(wait, seconds{1 << i});
  }
  for (std::size_t i = 6; i < 9; ++i) EXPECT_EQ(desk.sent_at[i] - desk.sent_at[i - 1], minutes{5});
}

TEST(ReadErrors, RetriesOfTwoPagesFallOnDifferentInstants) {
  std::set<std::int64_t> waits;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Broker broker(seed);
    broker.set_account("", true, kStart);
    broker.subscribe(1, {incidents("P1")}, seconds{30}, true, kStart);
    broker.take_effects(kStart);
    broker.handle(Failure{1, FailureReason::kNetwork}, kStart);
    waits.insert(to_ms(*broker.next_wake(kStart)));
  }
  EXPECT_GE(waits.size(), 12u);
}

TEST(ReadErrors, TriesAtOnceWhenTheConnectionIsBack) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.broker.set_online(false, desk.now);
  desk.lose("GET /incidents");
  EXPECT_TRUE(desk.open.empty());
  desk.broker.set_online(true, desk.now);
  desk.collect();
  EXPECT_TRUE(desk.has("GET /incidents"));
}

TEST(ReadErrors, AnAnswerThatIsNoJsonKeepsWhatWasKnown) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
  desk.pass(seconds{30});
  desk.answer("GET /incidents", 200, "<html>");
  const Answer& answer = desk.broker.answer(incidents("P1"));
  EXPECT_EQ(answer.error->code, ErrorCode::kBadResponse);
  EXPECT_EQ(answer.incidents->size(), 1u);
  EXPECT_EQ(answer.fetched_at, kStart);
}

TEST(ReadErrors, IgnoresASecondAnswerToTheSameRequest) {
  Desk desk;
  desk.subscribe(1, {incidents("P1")});
  const Send send = desk.open.front();
  desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
  desk.broker.handle(Response{send.request, 500, "", -1, -1}, desk.now);
  desk.broker.handle(Failure{999, FailureReason::kNetwork}, desk.now);
  desk.collect();
  EXPECT_FALSE(desk.broker.answer(incidents("P1")).error.has_value());
}

}  // namespace
}  // namespace pd::client
