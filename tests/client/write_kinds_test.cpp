// Each kind of write: what it asks, what tells that it was done, and where it is looked for when its
// answer was lost.
#include <gtest/gtest.h>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct Row {
  IntentKind kind;
  const char* request;  // how it begins
  int status;
  const char* done;   // a good answer to it
  const char* look;   // how the look begins
  const char* there;  // an answer to the look that shows it
  const char* absent;
  const char* policy = "";  // instead of the person
};
// kStart is 2026-05-04T09:00:00Z.
const Row kRows[] = {
    {IntentKind::kReopen, "PUT /incidents", 200,
     R"({"incidents":[{"id":"Q1","status":"triggered","service":{"id":"P1"}}]})",
     "GET /incidents/Q1", R"({"incident":{"id":"Q1","status":"acknowledged"}})",
     R"({"incident":{"id":"Q1","status":"resolved"}})"},
    {IntentKind::kReassign, "PUT /incidents", 200,
     R"({"incidents":[{"id":"Q1","status":"triggered","assignments":[{"assignee":{"id":"U2"}}]}]})",
     "GET /incidents/Q1",
     R"({"incident":{"id":"Q1","status":"triggered","assignments":[{"assignee":{"id":"U2"}}]}})",
     R"({"incident":{"id":"Q1","status":"triggered","assignments":[{"assignee":{"id":"U1"}}]}})"},
    {IntentKind::kEscalate, "PUT /incidents", 200,
     R"({"incidents":[{"id":"Q1","status":"triggered"}]})", "GET /incidents/Q1/log_entries",
     R"({"log_entries":[{"id":"R1","type":"escalate_log_entry","created_at":"2026-05-04T09:00:01Z"}]})",
     R"({"log_entries":[{"id":"R1","type":"escalate_log_entry","created_at":"2026-05-04T08:00:00Z"}]})"},
    {IntentKind::kSetPriority, "PUT /incidents", 200,
     R"({"incidents":[{"id":"Q1","status":"triggered","priority":{"id":"T1","name":"P1"}}]})",
     "GET /incidents/Q1",
     R"({"incident":{"id":"Q1","status":"triggered","priority":{"id":"T1","name":"P1"}}})",
     R"({"incident":{"id":"Q1","status":"triggered","priority":{"id":"PR2","name":"P2"}}})"},
    {IntentKind::kSnooze, "POST /incidents/Q1/snooze", 201,
     R"({"incident":{"id":"Q1","status":"acknowledged"}})", "GET /incidents/Q1/log_entries",
     R"({"log_entries":[{"id":"R1","type":"snooze_log_entry","created_at":"2026-05-04T09:00:00Z"}]})",
     R"({"log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-05-04T09:00:00Z"}]})"},
    {IntentKind::kAddNote, "POST /incidents/Q1/notes", 200,
     R"({"note":{"id":"N1","content":"Rolled back."}})", "GET /incidents/Q1/notes",
     R"({"notes":[{"id":"N1","content":"Rolled back.","created_at":"2026-05-04T09:00:02Z"}]})",
     R"({"notes":[{"id":"N1","content":"Rolled back.","created_at":"2026-05-03T09:00:02Z"}]})"},
    {IntentKind::kAddResponder, "POST /incidents/Q1/responder_requests", 200,
     R"({"responder_request":{"message":"Rolled back."}})", "GET /incidents/Q1",
     R"({"incident":{"id":"Q1","incidents_responders":[
          {"user":{"id":"U2"},"requested_at":"2026-05-04T09:00:01Z"}]}})",
     R"({"incident":{"id":"Q1","incidents_responders":[
          {"user":{"id":"U2"},"requested_at":"2026-05-04T08:00:00Z"},
          {"user":{"id":"U3"},"requested_at":"2026-05-04T09:00:01Z"}]}})"},
    {IntentKind::kAddResponder, "POST /incidents/Q1/responder_requests", 200,
     R"({"responder_request":{"message":"Rolled back."}})", "GET /incidents/Q1",
     R"({"incident":{"id":"Q1","responder_requests":[{"requested_at":"2026-05-04T09:00:01Z",
          "responder_request_targets":[{"responder_request_target":{"id":"E1"}}]}]}})",
     R"({"incident":{"id":"Q1","incidents_responders":[{"user":{"id":"U2"}}],
          "responder_requests":[{"requested_at":"2026-05-04T08:00:00Z",
          "responder_request_targets":[{"responder_request_target":{"id":"E1"}}]}]}})",
     "E1"},
    {IntentKind::kOverride, "POST /schedules/T1/overrides", 201,
     R"([{"status":201,"override":{"id":"O1","user":{"id":"U2"}}}])", "GET /schedules/T1",
     R"({"schedule":{"id":"T1","overrides_subschedule":{"rendered_schedule_entries":[
          {"user":{"id":"U2"},"start":"2026-05-04T09:00:00Z","end":"2026-05-04T10:00:00Z"}]}}})",
     R"({"schedule":{"id":"T1","overrides_subschedule":{"rendered_schedule_entries":[
          {"user":{"id":"U1"},"start":"2026-05-04T09:00:00Z","end":"2026-05-04T10:00:00Z"}]}}})"},
    {IntentKind::kStartMaintenance, "POST /maintenance_windows", 201,
     R"({"maintenance_window":{"id":"W1"}})", "GET /maintenance_windows",
     R"({"maintenance_windows":[{"id":"W1","description":"Moving","start_time":"2026-05-04T09:00:01Z"}]})",
     R"({"maintenance_windows":[{"id":"W1","description":"Moving","start_time":"2026-05-05T09:00:00Z"}]})"},
    {IntentKind::kEndMaintenance, "DELETE /maintenance_windows/T1", 204, "",
     "GET /maintenance_windows", R"({"maintenance_windows":[{"id":"W9"}]})",
     R"({"maintenance_windows":[{"id":"T1"}]})"},
};

std::string name_of(IntentKind kind) {
  return std::string(kIntentWords[static_cast<std::size_t>(kind)]);
}

struct WriteKinds : testing::TestWithParam<Row> {
  Desk desk;
  IntentId id = 0;

  void SetUp() override {
    Intent intent;
    intent.kind = GetParam().kind;
    intent.service_id = "P1";
    intent.incident_id = is_of_incident(intent.kind) ? "Q1" : "";
    intent.target = intent.kind == IntentKind::kReopen ? "triggered" : "T1";
    intent.policy = GetParam().policy;
    if (intent.policy.empty()) intent.person = "U2";
    intent.number = intent.kind == IntentKind::kEscalate ? 2 : 3600;
    intent.details = "Rolled back.";
    intent.title = "Moving";
    intent.subject = "#1 Disk full";
    intent.key = desk.broker.make_key();
    id = desk.broker.submit(std::move(intent), desk.now);
    desk.collect();
  }
  IntentState state() const { return desk.intents.at(id).state; }
};

TEST_P(WriteKinds, AreSeenWhenTheAnswerShowsThem) {
  ASSERT_TRUE(desk.answer(GetParam().request, GetParam().status, GetParam().done))
      << desk.sent.back();
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_TRUE(desk.journal.empty());
}

TEST_P(WriteKinds, AreNotSeenInAnAnswerThatIsAnothers) {
  ASSERT_TRUE(desk.answer(GetParam().request, 200, "<html>Sign in</html>"));
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
}

TEST_P(WriteKinds, FailWhenPagerDutyRefuses) {
  ASSERT_TRUE(desk.answer(GetParam().request, 403));
  EXPECT_EQ(state(), IntentState::kFailed);
  EXPECT_EQ(desk.intents.at(id).error->code, ErrorCode::kForbidden);
}

TEST_P(WriteKinds, AreLookedForWhenTheirAnswerIsLost) {
  ASSERT_TRUE(desk.lose(GetParam().request));
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer(GetParam().look, 200, GetParam().absent)) << desk.sent.back();
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.pass(seconds{2});
  ASSERT_TRUE(desk.answer(GetParam().look, 200, GetParam().there)) << desk.sent.back();
  EXPECT_EQ(state(), IntentState::kSeen);
}

TEST_P(WriteKinds, AreNotRepeatedBeforeALookShowedThatTheyHaveNoEffect) {
  ASSERT_TRUE(desk.lose(GetParam().request));
  desk.broker.retry(id, desk.now);
  desk.collect();
  EXPECT_FALSE(desk.has(GetParam().request));
  ASSERT_TRUE(desk.has(GetParam().look));
  ASSERT_TRUE(desk.answer(GetParam().look, 200, GetParam().absent));
  EXPECT_TRUE(desk.has(GetParam().request)) << "now it is sent again";
  ASSERT_TRUE(desk.answer(GetParam().request, GetParam().status, GetParam().done));
  EXPECT_EQ(state(), IntentState::kSeen);
}

INSTANTIATE_TEST_SUITE_P(All, WriteKinds, testing::ValuesIn(kRows), [](const auto& row) {
  std::string name = name_of(row.param.kind);
  std::erase(name, '-');
  return name + row.param.policy;
});

// ---- What is read again afterwards ----

TEST(WriteKindsAnd, RefreshWhatTheyMadeOld) {
  Desk desk;
  desk.subscribe(1,
                 {{Kind::kNotes, "", "Q1"}, {Kind::kNotes, "", "Q2"}, {Kind::kWindows, "", "P1"}},
                 minutes{5});
  desk.answer("GET /incidents/Q1/notes", 200, R"({"notes":[]})");
  desk.answer("GET /incidents/Q2/notes", 200, R"({"notes":[]})");
  desk.answer("GET /maintenance_windows", 200, R"({"maintenance_windows":[]})");
  Intent intent;
  intent.kind = IntentKind::kAddNote;
  intent.service_id = "P1";
  intent.incident_id = "Q1";
  intent.details = "Rolled back.";
  intent.key = "k1";
  desk.broker.submit(std::move(intent), desk.now);
  desk.collect();
  desk.answer("POST /incidents/Q1/notes", 200, R"({"note":{"id":"N1","content":"Rolled back."}})");
  desk.sent.clear();
  desk.pass(seconds{3});
  EXPECT_EQ(desk.sent, std::vector<std::string>{"GET /incidents/Q1/notes"});
}

TEST(WriteKindsAnd, AListThatHasTheIncidentDoesNotTellThatItWasEscalated) {
  Desk desk;
  desk.subscribe(1, {{Kind::kIncidents, "", "P1"}});
  desk.answer("GET /incidents", 200, incidents_body({incident("Q1", "P1")}));
  Intent intent;
  intent.kind = IntentKind::kEscalate;
  intent.service_id = "P1";
  intent.incident_id = "Q1";
  intent.number = 2;
  intent.key = "k1";
  const IntentId id = desk.broker.submit(std::move(intent), desk.now);
  desk.collect();
  desk.lose("PUT /incidents");
  desk.broker.refresh(1, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("GET /incidents?", 200, incidents_body({incident("Q1", "P1")})));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kUnconfirmed);
}

TEST(WriteKindsAnd, APolicyThatIsAskedAfterAReloadIsAskedAsAPolicy) {
  Intent intent;
  intent.kind = IntentKind::kAddResponder;
  intent.service_id = "P1";
  intent.incident_id = "Q1";
  intent.target = "U1";
  intent.policy = "E1";
  intent.details = "Please help.";
  intent.key = "k1";
  Desk desk;
  intent.asked_at = intent.begins_at = desk.now;
  desk.broker.restore(std::move(intent), desk.now);
  desk.broker.retry(desk.broker.intents().front().id, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("GET /incidents/Q1", 200, R"({"incident":{"id":"Q1"}})"));
  EXPECT_EQ(desk.take("POST /incidents/Q1/responder_requests").what.body,
            R"({"requester_id":"U1","message":"Please help.","responder_request_targets":[)"
            R"({"responder_request_target":{"id":"E1","type":"escalation_policy_reference"}}]})");
}

Intent snooze_of_q1() {
  Intent intent;
  intent.kind = IntentKind::kSnooze;
  intent.service_id = "P1";
  intent.incident_id = "Q1";
  intent.number = 3600;
  intent.key = "k1";
  return intent;
}

TEST(WriteKindsAnd, ARepetitionThatIsRefusedFailsOnceALookShowsThatNothingHappened) {
  Desk desk;
  const IntentId id = desk.broker.submit(snooze_of_q1(), desk.now);
  desk.collect();
  desk.lose("POST /incidents/Q1/snooze");
  desk.broker.retry(id, desk.now);
  desk.collect();
  const std::string nothing = R"({"log_entries":[]})";
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, nothing));
  ASSERT_TRUE(desk.answer("POST /incidents/Q1/snooze", 400,
                          R"({"error":{"errors":["Incident Already Resolved"]}})"));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kUnconfirmed) << "the first may have worked";
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, nothing));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kFailed);
  EXPECT_NE(desk.intents.at(id).error->message.find("Already Resolved"), std::string::npos);
}

TEST(WriteKindsAnd, WhatALogHasOfAClockThatIsAMinuteBehindOursIsFound) {
  Desk desk;
  const IntentId id = desk.broker.submit(snooze_of_q1(), desk.now);
  desk.collect();
  desk.lose("POST /incidents/Q1/snooze");
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer(
      "GET /incidents/Q1/log_entries", 200,
      R"({"log_entries":[{"type":"snooze_log_entry","created_at":"2026-05-04T08:59:00Z"}]})"));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kSeen);
}

std::string log_with(std::string_view entries) {
  return R"({"log_entries":[)" + std::string(entries) + "]}";
}
constexpr std::string_view kFirstSnooze =
    R"({"id":"L1","type":"snooze_log_entry","created_at":"2026-05-04T09:00:00Z"})";
constexpr std::string_view kSecondSnooze =
    R"({"id":"L2","type":"snooze_log_entry","created_at":"2026-05-04T09:00:31Z"})";

TEST(WriteKindsAnd, WhatTheLogHadBeforeIsNotTheEffectOfAnotherLikeIt) {
  Desk desk;
  desk.subscribe(1, {{Kind::kLogEntries, "", "Q1"}});
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, log_with(kFirstSnooze)));
  desk.pass(seconds{1});
  const IntentId id = desk.broker.submit(snooze_of_q1(), desk.now);
  desk.collect();
  desk.lose("POST /incidents/Q1/snooze");
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, log_with(kFirstSnooze)));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kUnconfirmed);
}

TEST(WriteKindsAnd, TheEffectOfOneIsNotThatOfTheNextLikeIt) {
  Desk desk;
  const IntentId first = desk.broker.submit(snooze_of_q1(), desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("POST /incidents/Q1/snooze", 201,
                          R"({"incident":{"id":"Q1","updated_at":"2026-05-04T09:00:00Z"}})"));
  ASSERT_EQ(desk.intents.at(first).state, IntentState::kSeen);
  desk.pass(seconds{30});
  Intent again = snooze_of_q1();
  again.key = "k2";
  const IntentId second = desk.broker.submit(std::move(again), desk.now);
  desk.collect();
  desk.lose("POST /incidents/Q1/snooze");
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, log_with(kFirstSnooze)));
  EXPECT_EQ(desk.intents.at(second).state, IntentState::kUnconfirmed);
  desk.pass(seconds{10});
  const std::string both = std::string(kSecondSnooze) + "," + std::string(kFirstSnooze);
  ASSERT_TRUE(desk.answer("GET /incidents/Q1/log_entries", 200, log_with(both)));
  EXPECT_EQ(desk.intents.at(second).state, IntentState::kSeen);
}

TEST(WriteKindsAnd, ANoteThatIsWrittenTwiceIsThereTwice) {
  Desk desk;
  const auto submit = [&](const char* key) {
    Intent note = snooze_of_q1();
    note.kind = IntentKind::kAddNote;
    note.details = "Rolled back.";
    note.key = key;
    const IntentId id = desk.broker.submit(std::move(note), desk.now);
    desk.collect();
    return id;
  };
  submit("k1");
  constexpr std::string_view kNote =
      R"({"id":"N1","content":"Rolled back.","created_at":"2026-05-04T09:00:00Z"})";
  ASSERT_TRUE(
      desk.answer("POST /incidents/Q1/notes", 200, R"({"note":)" + std::string(kNote) + "}"));
  desk.pass(seconds{30});
  const IntentId second = submit("k2");
  desk.lose("POST /incidents/Q1/notes");
  desk.pass(seconds{1});
  ASSERT_TRUE(
      desk.answer("GET /incidents/Q1/notes", 200, R"({"notes":[)" + std::string(kNote) + "]}"));
  EXPECT_EQ(desk.intents.at(second).state, IntentState::kUnconfirmed);
}

TEST(WriteKindsAnd, AWindowThatIsGoneNeedsNoEnd) {
  Desk desk;
  Intent intent;
  intent.kind = IntentKind::kEndMaintenance;
  intent.service_id = "P1";
  intent.target = "W1";
  intent.key = "k1";
  const IntentId id = desk.broker.submit(std::move(intent), desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("DELETE /maintenance_windows/W1", 404));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kAccepted);
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /maintenance_windows", 200, R"({"maintenance_windows":[]})"));
  EXPECT_EQ(desk.intents.at(id).state, IntentState::kSeen);
}

}  // namespace
}  // namespace pd::client
