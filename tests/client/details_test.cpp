// What is read by itself, when somebody looks closer: by kind, what is asked and what it becomes.
#include <gtest/gtest.h>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct Row {
  Kind kind;
  const char* id;
  const char* asks;  // how the request begins
  const char* body;  // with one item
};
// kStart is 2026-05-04T09:00:00Z.
const Row kRows[] = {
    {Kind::kResolved, "P1",
     "GET /incidents?service_ids[]=P1&statuses[]=resolved&since=2026-04-27T09:00:00Z",
     R"({"incidents":[{"id":"Q1"}]})"},
    {Kind::kLogEntries, "Q1", "GET /incidents/Q1/log_entries", R"({"log_entries":[{"id":"R1"}]})"},
    {Kind::kNotes, "Q1", "GET /incidents/Q1/notes", R"({"notes":[{"id":"N1"}]})"},
    {Kind::kAlerts, "Q1", "GET /incidents/Q1/alerts", R"({"alerts":[{"id":"A1"}]})"},
    {Kind::kWindows, "P1", "GET /maintenance_windows?service_ids[]=P1&filter=open",
     R"({"maintenance_windows":[{"id":"W1"}]})"},
    {Kind::kDependencies, "P1", "GET /service_dependencies/technical_services/P1",
     R"({"relationships":[{"supporting_service":{"id":"P2"},"dependent_service":{"id":"P1"}}]})"},
    {Kind::kStandards, "P1", "GET /standards/scores/technical_services/P1",
     R"({"resource_id":"P1","score":{"passing":1,"total":2},"standards":[{"id":"S1"}]})"},
    {Kind::kMetricsBefore, "P1", "POST /analytics/metrics/incidents/services",
     R"({"data":[{"service_id":"P1"}]})"},
    {Kind::kMetricsUrgent, "P1", "POST /analytics/metrics/incidents/services",
     R"({"data":[{"service_id":"P1"}]})"},
    {Kind::kMetricsDaily, "P1", "POST /analytics/metrics/incidents/services",
     R"({"data":[{"service_id":"P1"}]})"},
    {Kind::kShifts, "E1",
     "GET /oncalls?escalation_policy_ids[]=E1&include[]=users&since=2026-05-04T09:00:00Z&until="
     "2026-05-18T09:00:00Z&limit",
     R"({"oncalls":[{"user":{"id":"U1"}}]})"},
    {Kind::kSchedule, "S1", "GET /schedules/S1?since=2026-05-04T09:00:00Z",
     R"({"schedule":{"id":"S1"}})"},
    {Kind::kPriorities, "", "GET /priorities", R"({"priorities":[{"id":"PR1"}]})"},
    {Kind::kUsers, "T1", "GET /users?team_ids[]=T1", R"({"users":[{"id":"U1"}]})"},
    {Kind::kUsers, "", "GET /users?limit", R"({"users":[{"id":"U1"}]})"},
    {Kind::kPolicies, "", "GET /escalation_policies?sort_by=name&limit=100",
     R"({"escalation_policies":[{"id":"E1"}]})"},
    {Kind::kCurrentUser, "", "GET /users/me", R"({"user":{"id":"U1"}})"},
};

template <typename... Lists>
std::size_t size_of_any(const Detail& detail) {
  std::size_t size = 0;
  ((size +=
    detail.as<std::vector<Lists>>() != nullptr ? detail.as<std::vector<Lists>>()->size() : 0),
   ...);
  return size;
}
// Of a list its length, of a single thing 1.
std::size_t count_items(const Detail& detail) {
  using namespace pagerduty;
  const bool is_one = detail.as<StandardsScore>() != nullptr || detail.as<Schedule>() != nullptr ||
                      detail.as<User>() != nullptr;
  return is_one ? 1
                : size_of_any<Incident, LogEntry, Note, Alert, MaintenanceWindow, Dependency,
                              ServiceAnalytics, OnCall, Priority, User, EscalationPolicy>(detail);
}

TEST(Details, AreAskedForOneByOneAndKept) {
  for (const Row& row : kRows) {
    Desk desk;
    const Want want{row.kind, "", row.id};
    desk.subscribe(1, {want});
    EXPECT_EQ(desk.sent.size(), 1u) << row.asks;
    ASSERT_TRUE(desk.answer(row.asks, 200, row.body))
        << row.asks << " was not asked, but " << desk.sent.front();
    const Answer& answer = desk.broker.answer(want);
    EXPECT_TRUE(answer.has_data()) << row.asks;
    ASSERT_TRUE(answer.detail.has_value()) << row.asks;
    EXPECT_EQ(count_items(answer.detail), 1u) << row.asks;
    EXPECT_EQ(desk.landed, std::vector<Want>{want}) << row.asks;
  }
}

TEST(Details, KeepWhatWasKnownWhenTheNextAnswerIsNoGood) {
  for (const Row& row : kRows) {
    Desk desk;
    const Want want{row.kind, "", row.id};
    desk.subscribe(1, {want});
    ASSERT_TRUE(desk.answer(row.asks, 200, row.body));
    desk.broker.refresh(1, desk.now);
    desk.collect();
    ASSERT_TRUE(desk.answer("", 200, "<html>")) << row.asks;
    const Answer& answer = desk.broker.answer(want);
    ASSERT_TRUE(answer.error) << row.asks;
    EXPECT_EQ(answer.error->code, ErrorCode::kBadResponse) << row.asks;
    EXPECT_EQ(count_items(answer.detail), 1u) << row.asks;
  }
}

TEST(Details, AreNotAskedForWhenNobodyLooksAnyMore) {
  Desk desk;
  desk.subscribe(1, {{Kind::kNotes, "", "Q1"}});
  desk.subscribe(1, {});
  EXPECT_TRUE(desk.open.empty()) << "given up under way";
  desk.pass(minutes{10});
  EXPECT_EQ(desk.sent.size(), 1u);
}

TEST(Details, OfAnIncidentAreReadAgainAfterHalfAMinute) {
  Desk desk;
  desk.subscribe(1, {{Kind::kNotes, "", "Q1"}});
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/notes", 200, R"({"notes":[]})"));
  desk.pass(seconds{29});
  EXPECT_FALSE(desk.has("GET /incidents/Q1/notes"));
  desk.pass(seconds{1});
  EXPECT_TRUE(desk.has("GET /incidents/Q1/notes"));
}

TEST(Details, AreNoOtherTabsBusiness) {
  Desk desk;
  desk.broker.set_tab("", TabRole::kFollower, true, false, desk.now);
  desk.subscribe(1, {{Kind::kNotes, "", "Q1"}});
  EXPECT_TRUE(desk.has("GET /incidents/Q1/notes")) << "a leader is not waited for";
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/notes", 200, R"({"notes":[]})"));
  for (const Effect& effect : desk.broker.take_effects(desk.now)) {
    EXPECT_FALSE(std::holds_alternative<ShareAnswer>(effect));
    EXPECT_FALSE(std::holds_alternative<ShareWants>(effect));
  }
}

TEST(NextOnCalls, OfManyPoliciesAreOneRequest) {
  Desk desk;
  desk.subscribe(1, {{Kind::kNextOnCalls, "", "E1"}, {Kind::kNextOnCalls, "", "E2"}});
  ASSERT_EQ(desk.sent.size(), 1u);
  EXPECT_TRUE(desk.sent.front().starts_with(
      "GET /oncalls?escalation_policy_ids[]=E1&escalation_policy_ids[]=E2&include[]=users&since="))
      << desk.sent.front();
  EXPECT_NE(desk.sent.front().find("earliest=true"), std::string::npos);
  const auto shift = [](const char* policy, const char* user) {
    return std::string(R"({"escalation_level":1,"escalation_policy":{"id":")") + policy +
           R"("},"user":{"id":")" + user + R"("},"start":"2026-05-05T08:00:00Z"})";
  };
  desk.answer("GET /oncalls", 200,
              list_body("oncalls", {shift("E1", "U1"), shift("E2", "U2"), shift("E2", "U3")}));
  EXPECT_EQ(desk.broker.answer({Kind::kNextOnCalls, "", "E1"}).on_calls->size(), 1u);
  EXPECT_EQ(desk.broker.answer({Kind::kNextOnCalls, "", "E2"}).on_calls->size(), 2u);
}

}  // namespace
}  // namespace pd::client
