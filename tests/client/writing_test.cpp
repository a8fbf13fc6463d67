#include <gtest/gtest.h>

#include "desk.h"

namespace pd::client {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Want kList{Kind::kIncidents, "", "P1"};

Intent make_trigger(Broker& broker) {
  Intent intent;
  intent.kind = IntentKind::kTrigger;
  intent.service_id = "P1";
  intent.subject = "Disk full";
  intent.title = intent.subject;
  intent.key = broker.make_key();
  intent.integration_key = "KEY1";
  return intent;
}
Intent make_create(Broker& broker) {
  Intent intent = make_trigger(broker);
  intent.kind = IntentKind::kCreate;
  return intent;
}
Intent make_resolve(const std::string& incident) {
  Intent intent;
  intent.kind = IntentKind::kResolve;
  intent.service_id = "P1";
  intent.incident_id = incident;
  intent.key = "write-of-" + incident;
  return intent;
}

struct Writing : testing::Test {
  Desk desk;
  IntentId id = 0;

  void SetUp() override {
    desk.subscribe(1, {kList});
    desk.answer("GET /incidents", 200, incidents_body({incident("I1", "P1")}));
    desk.sent.clear();
  }
  void submit(Intent intent) {
    id = desk.broker.submit(std::move(intent), desk.now);
    desk.collect();
  }
  // The viewer repeats what is in doubt; the look shows nothing.
  void retry_after_a_look() {
    desk.broker.retry(id, desk.now);
    desk.collect();
    ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200, incidents_body({})));
  }
  IntentState state() const { return desk.broker.intent(id)->state; }
  const std::string& key() const { return desk.broker.intent(id)->key; }
  std::size_t listed() const { return desk.broker.answer(kList).incidents->size(); }
};

TEST_F(Writing, AnAcceptedEventIsLookedUpByItsKeyUntilItIsThere) {
  submit(make_trigger(desk.broker));
  ASSERT_TRUE(
      desk.answer("POST /v2/enqueue", 202, R"({"status":"success","message":"Event processed"})"));
  EXPECT_EQ(state(), IntentState::kAccepted);
  desk.pass(Duration{500});
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200, incidents_body({})));
  EXPECT_EQ(state(), IntentState::kAccepted);
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200,
                          incidents_body({incident("I2", "P1", "triggered", key())})));
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(desk.broker.intent(id)->incident_id, "I2");
  EXPECT_EQ(listed(), 2u) << "shown before the list is read again";
}

TEST_F(Writing, AnIncidentWithAlertsIsFoundAlthoughItDoesNotTellItsKey) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 202);
  desk.pass(Duration{500});
  desk.answer("GET /incidents?incident_key=", 200, incidents_body({incident("I7", "P1")}));
  EXPECT_EQ(state(), IntentState::kSeen);
}

TEST_F(Writing, AnIncidentOfAnotherKeyConfirmsNothing) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 202);
  desk.pass(Duration{500});
  desk.answer("GET /incidents?incident_key=", 200,
              incidents_body({incident("I7", "P1", "triggered", "another")}));
  EXPECT_EQ(state(), IntentState::kAccepted);
}

TEST_F(Writing, AnAcceptedEventThatNeverShowsIsUnconfirmedAndStillLookedFor) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 202);
  int checks = 0;
  for (int i = 0; i < 40; ++i) {
    desk.pass(seconds{60});
    while (desk.answer("GET /incidents?incident_key=", 200, incidents_body({}))) ++checks;
    desk.answer("GET /incidents?service_ids", 200, incidents_body({}));
  }
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  EXPECT_TRUE(desk.broker.intent(id)->error.has_value());
  EXPECT_EQ(checks, 20) << "bounded";
  // The ordinary refresh of the list goes on, and settles it.
  desk.answer("GET /incidents?service_ids", 200, incidents_body({}));
  desk.pass(seconds{30});
  desk.answer("GET /incidents?service_ids", 200,
              incidents_body({incident("I2", "P1", "triggered", key())}));
  EXPECT_EQ(state(), IntentState::kSeen);
}

TEST_F(Writing, ACreatedIncidentIsShownFromTheAnswer) {
  submit(make_create(desk.broker));
  desk.answer("POST /incidents", 201,
              R"({"incident":)" + incident("I2", "P1", "triggered", key()) + "}");
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(desk.broker.answer(kList).incidents->front().id, "I2");
  desk.pass(seconds{2});
  EXPECT_TRUE(desk.has("GET /incidents?service_ids[]=P1")) << "read again once it has settled";
}

struct LossRow {
  const char* name;
  int status;  // 0: no answer at all
  FailureReason reason;
};

TEST_F(Writing, ALostAnswerIsUnconfirmedLookedUpAndNeverSentAgainByItself) {
  const LossRow rows[] = {
      {"network", 0, FailureReason::kNetwork},
      {"timeout", 0, FailureReason::kTimeout},
      {"aborted", 0, FailureReason::kAborted},
      {"too large an answer", 0, FailureReason::kTooLarge},
      {"server error", 500, {}},
      {"gateway timeout", 504, {}},
      {"no answer of PagerDuty's", 302, {}},
  };
  for (const LossRow& row : rows) {
    SCOPED_TRACE(row.name);
    submit(make_create(desk.broker));
    desk.sent.clear();
    if (row.status == 0) {
      desk.lose("POST /incidents", row.reason);
    } else {
      desk.answer("POST /incidents", row.status);
    }
    EXPECT_EQ(state(), IntentState::kUnconfirmed);
    desk.pass(Duration{500});
    ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200,
                            incidents_body({incident("I2", "P1", "resolved", key())})));
    EXPECT_EQ(state(), IntentState::kSeen) << "found, although it is resolved already";
    EXPECT_EQ(desk.count_sent("POST"), 0u);
  }
}

struct NoAnswerRow {
  const char* name;
  bool creates;
  int status;
  std::string body;
};

TEST_F(Writing, ASuccessThatDoesNotShowTheEffectIsNone) {
  const NoAnswerRow rows[] = {
      {"a web page", true, 200, "<!DOCTYPE html>"},
      {"an empty body", true, 204, ""},
      {"another schema", true, 201, R"({"unexpected":true})"},
      {"an incident without an id", true, 201, R"({"incident":{}})"},
      {"a web page", false, 200, "<!DOCTYPE html>"},
      {"another incident", false, 200, incidents_body({incident("I9", "P1", "resolved")})},
      {"the incident as it was", false, 200, incidents_body({incident("I1", "P1")})},
  };
  for (const NoAnswerRow& row : rows) {
    SCOPED_TRACE(row.name);
    submit(row.creates ? make_create(desk.broker) : make_resolve("I1"));
    desk.answer(row.creates ? "POST /incidents" : "PUT /incidents", row.status, row.body);
    EXPECT_EQ(state(), IntentState::kUnconfirmed);
    EXPECT_TRUE(desk.broker.intent(id)->in_doubt);
    desk.broker.forget(id);
  }
  EXPECT_EQ(listed(), 1u);
}

TEST_F(Writing, OnlyEventsOwnStatusAcceptsAnEvent) {
  for (const int status : {200, 204}) {
    SCOPED_TRACE(status);
    submit(make_trigger(desk.broker));
    desk.answer("POST /v2/enqueue", status);
    EXPECT_EQ(state(), IntentState::kUnconfirmed) << "a proxy's, a sign-in page's";
  }
}

TEST_F(Writing, AKeyThatIsOpenAlreadyIsAdopted) {
  submit(make_create(desk.broker));
  desk.lose("POST /incidents");
  retry_after_a_look();
  ASSERT_TRUE(desk.answer(
      "POST /incidents", 400,
      R"({"error":{"message":"Arguments Caused Error","code":2001,"errors":["Open incident with matching dedup key already exists on this service"]}})"));
  EXPECT_EQ(state(), IntentState::kAccepted);
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200,
                          incidents_body({incident("I2", "P1", "triggered", key())})));
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(listed(), 2u);
}

struct ForeignRow {
  const char* name;
  Intent (*make)(Broker& broker);
  const char* request;
};

TEST_F(Writing, AnAnswerThatIsNotPagerDutysConfirmsNothing) {
  const ForeignRow rows[] = {
      {"trigger", [](Broker& b) { return make_trigger(b); }, "POST /v2/enqueue"},
      {"create", [](Broker& b) { return make_create(b); }, "POST /incidents"},
      {"resolve", [](Broker&) { return make_resolve("I1"); }, "PUT /incidents"},
  };
  for (const ForeignRow& row : rows) {
    SCOPED_TRACE(row.name);
    submit(row.make(desk.broker));
    ASSERT_TRUE(desk.answer(row.request, 200, "<!doctype html><title>Sign in</title>"));
    EXPECT_EQ(state(), IntentState::kUnconfirmed);
    EXPECT_TRUE(desk.intents[id].in_doubt);
  }
}

TEST_F(Writing, AResolutionThatIsRefusedBecauseItIsDoneIsLookedUp) {
  submit(make_resolve("I1"));
  ASSERT_TRUE(desk.answer(
      "PUT /incidents", 400,
      R"({"error":{"message":"Incident Already Resolved","code":1001,"errors":["Incident Already Resolved"]}})"));
  EXPECT_EQ(state(), IntentState::kAccepted);
  ASSERT_TRUE(desk.answer("GET /incidents/I1", 200,
                          "{\"incident\":" + incident("I1", "P1", "resolved") + "}"));
  EXPECT_EQ(state(), IntentState::kSeen);
}

TEST_F(Writing, ARetryHasTheSameKeyAndOneSubmissionOneRequest) {
  submit(make_trigger(desk.broker));
  const std::string body = desk.open.back().what.body;
  desk.broker.retry(id, desk.now);  // while it is under way: nothing
  desk.collect();
  EXPECT_EQ(desk.count_sent("POST"), 1u);
  desk.lose("POST /v2/enqueue");
  retry_after_a_look();
  desk.broker.retry(id, desk.now);
  desk.collect();
  EXPECT_EQ(desk.count_sent("POST"), 2u);
  EXPECT_EQ(desk.take("POST").what.body, body);
}

TEST_F(Writing, ARefusedRepetitionDoesNotSayThatTheFirstTryFailed) {
  submit(make_create(desk.broker));
  desk.lose("POST /incidents");
  retry_after_a_look();
  desk.answer("POST /incidents", 403);
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.pass(Duration{500});
  EXPECT_TRUE(desk.has("GET /incidents?incident_key="));
}

TEST_F(Writing, NoTwoKeysAreEqual) {
  Broker other(8);
  EXPECT_NE(desk.broker.make_key(), desk.broker.make_key());
  EXPECT_NE(desk.broker.make_key(), other.make_key());
  EXPECT_EQ(other.make_key().size(), 36u);
}

struct RefusalRow {
  const char* name;
  int status;
  ErrorCode code;
};

TEST_F(Writing, ARefusalFailsAndCanBeTriedAgain) {
  for (const RefusalRow& row : {RefusalRow{"bad request", 400, ErrorCode::kInvalidRequest},
                                {"not in the plan", 402, ErrorCode::kPlanRequired},
                                {"forbidden", 403, ErrorCode::kForbidden},
                                {"unknown", 404, ErrorCode::kNotFound}}) {
    SCOPED_TRACE(row.name);
    submit(make_create(desk.broker));
    desk.answer("POST /incidents", row.status);
    EXPECT_EQ(state(), IntentState::kFailed);
    EXPECT_EQ(desk.broker.intent(id)->error->code, row.code);
    desk.broker.retry(id, desk.now);
    desk.collect();
    EXPECT_EQ(state(), IntentState::kPending);
    desk.answer("POST /incidents", 201,
                R"({"incident":)" + incident("I2", "P1", "triggered", key()) + "}");
    EXPECT_EQ(state(), IntentState::kSeen);
  }
}

TEST_F(Writing, ALimitSendsItAgainAfterThePauseThreeTimesAtMost) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 429, "", 10);
  EXPECT_EQ(state(), IntentState::kPending);
  EXPECT_EQ(desk.broker.paused_until("", desk.now), std::nullopt)
      << "the key's limit is not the account's";
  desk.pass(seconds{9});
  EXPECT_EQ(desk.count_sent("POST"), 1u);
  desk.pass(seconds{1});
  EXPECT_EQ(desk.count_sent("POST"), 2u);
  desk.answer("POST /v2/enqueue", 429, "", 10);
  desk.pass(seconds{10});
  desk.answer("POST /v2/enqueue", 429, "", 10);
  EXPECT_EQ(state(), IntentState::kFailed);
  desk.pass(minutes{10});
  EXPECT_EQ(desk.count_sent("POST"), 3u);
}

TEST_F(Writing, ARefusedKeyOfEventsDoesNotStopTheAccount) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 401);
  EXPECT_EQ(state(), IntentState::kFailed);
  EXPECT_EQ(desk.broker.health(""), AccountHealth::kGood);
  EXPECT_TRUE(desk.auth_required.empty());
  submit(make_create(desk.broker));
  desk.answer("POST /incidents", 401);
  EXPECT_EQ(desk.broker.health(""), AccountHealth::kRefused);
  EXPECT_EQ(desk.auth_required.size(), 1u);
}

TEST_F(Writing, AResolutionIsShownFromTheAnswer) {
  submit(make_resolve("I1"));
  desk.answer("PUT /incidents", 200, incidents_body({incident("I1", "P1", "resolved")}));
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(listed(), 0u);
}

TEST_F(Writing, ALostResolutionIsLookedUpByTheIncident) {
  submit(make_resolve("I1"));
  desk.lose("PUT /incidents", FailureReason::kTimeout);
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.pass(Duration{500});
  ASSERT_TRUE(
      desk.answer("GET /incidents/I1", 200, R"({"incident":)" + incident("I1", "P1") + "}"));
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.pass(seconds{1});
  ASSERT_TRUE(desk.answer("GET /incidents/I1", 200,
                          R"({"incident":)" + incident("I1", "P1", "resolved") + "}"));
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(listed(), 0u);
  EXPECT_EQ(desk.count_sent("PUT"), 1u);
}

TEST_F(Writing, AListThatLeftBeforeTheWriteDoesNotUndoIt) {
  desk.broker.refresh(1, desk.now);
  desk.collect();
  submit(make_resolve("I1"));
  desk.answer("PUT /incidents", 200, incidents_body({incident("I1", "P1", "resolved")}));
  ASSERT_TRUE(
      desk.answer("GET /incidents?service_ids", 200, incidents_body({incident("I1", "P1")})));
  EXPECT_EQ(listed(), 0u);
  ASSERT_TRUE(
      desk.answer("GET /incidents?service_ids", 200, incidents_body({incident("I9", "P1")})))
      << "asked for again at once";
  EXPECT_EQ(listed(), 1u);
}

TEST_F(Writing, ChecksWaitForAVisiblePageAndAConnection) {
  submit(make_trigger(desk.broker));
  desk.answer("POST /v2/enqueue", 202);
  desk.broker.set_page_visible(false, desk.now);
  desk.pass(minutes{30});
  EXPECT_EQ(state(), IntentState::kAccepted) << "not looked for is not missing";
  EXPECT_EQ(desk.count_sent("GET"), 0u);
  EXPECT_EQ(desk.broker.next_wake(desk.now), std::nullopt);
  desk.broker.set_page_visible(true, desk.now);
  desk.collect();
  EXPECT_EQ(desk.count_sent("GET /incidents?incident_key="), 1u);
}

TEST_F(Writing, GoesOnWhenItsSubscriberIsGone) {
  submit(make_create(desk.broker));
  desk.broker.unsubscribe(1, desk.now);
  desk.lose("POST /incidents");
  desk.pass(Duration{500});
  desk.answer("GET /incidents?incident_key=", 200,
              incidents_body({incident("I2", "P1", "triggered", key())}));
  EXPECT_EQ(state(), IntentState::kSeen);
}

TEST_F(Writing, WhatIsForgottenIsNotAskedAbout) {
  submit(make_trigger(desk.broker));
  desk.lose("POST /v2/enqueue");
  desk.broker.forget(id);
  desk.pass(minutes{5});
  EXPECT_EQ(desk.broker.intent(id), nullptr);
  EXPECT_EQ(desk.count_sent("GET /incidents?incident_key="), 0u);
}

TEST_F(Writing, OnItsWayIsNotForgotten) {
  submit(make_trigger(desk.broker));
  desk.broker.forget(id);
  desk.collect();
  EXPECT_EQ(state(), IntentState::kPending);
  desk.answer("POST /v2/enqueue", 202);
  desk.broker.forget(id);
  desk.collect();
  EXPECT_EQ(state(), IntentState::kAccepted);
  EXPECT_EQ(desk.journal.count(key()), 1u);
}

// ---- The journal ----

TEST_F(Writing, IsKeptBeforeItLeavesAndDroppedWhenItsEndIsKnown) {
  desk.broker.submit(make_create(desk.broker), desk.now);
  const std::vector<Effect> effects = desk.broker.take_effects(desk.now);
  ASSERT_EQ(effects.size(), 3u);
  ASSERT_TRUE(std::holds_alternative<KeepIntent>(effects[0])) << "before the request";
  EXPECT_TRUE(std::holds_alternative<IntentChanged>(effects[1])) << "other cards show it, too";
  EXPECT_TRUE(std::holds_alternative<Send>(effects[2]));
  EXPECT_EQ(std::get<KeepIntent>(effects[0]).intent.integration_key, "") << "no secret";
  const auto send = std::get<Send>(effects[2]);
  desk.broker.handle(Response{send.request, 201, R"({"incident":)" + incident("I2", "P1") + "}"},
                     desk.now);
  desk.collect();
  EXPECT_TRUE(desk.journal.empty());
}

TEST_F(Writing, OfAPageThatIsGoneIsLookedForAndSeen) {
  submit(make_create(desk.broker));
  Intent kept = desk.journal.begin()->second;

  Desk next;
  next.subscribe(1, {kList});
  next.broker.restore(kept, next.now);
  next.collect();
  ASSERT_EQ(next.broker.intents().size(), 1u);
  EXPECT_EQ(next.broker.intents()[0].state, IntentState::kUnconfirmed);
  ASSERT_TRUE(next.answer("GET /incidents?incident_key=" + kept.key, 200,
                          incidents_body({incident("I2", "P1", "triggered", kept.key)})));
  EXPECT_EQ(next.broker.intents()[0].state, IntentState::kSeen);
  EXPECT_TRUE(next.journal.empty());
  EXPECT_EQ(next.count_sent("POST"), 0u);
}

TEST_F(Writing, OfAPageThatIsGoneIsRepeatedOnlyOnTheViewersWordAndWithItsKey) {
  submit(make_trigger(desk.broker));
  const Intent kept = desk.journal.begin()->second;

  Desk next;
  next.broker.restore(kept, next.now);
  next.collect();
  ASSERT_TRUE(next.answer("GET /incidents?incident_key=", 200, incidents_body({})));
  next.pass(minutes{30});
  EXPECT_EQ(next.count_sent("POST"), 0u);
  const IntentId found = next.broker.intents()[0].id;
  next.broker.lend_key(found, "KEY1");
  next.broker.retry(found, next.now);
  next.collect();
  while (next.answer("GET /incidents?incident_key=", 200, incidents_body({}))) continue;
  const Send send = next.take("POST /v2/enqueue");
  EXPECT_NE(send.what.body.find(kept.key), std::string::npos) << send.what.body;
  EXPECT_NE(send.what.body.find("KEY1"), std::string::npos);
  EXPECT_NE(send.what.body.find("Disk full"), std::string::npos);
}

TEST_F(Writing, WithoutItsKeyATriggerFromTheJournalStaysUnconfirmedAndSaysWhy) {
  submit(make_trigger(desk.broker));
  Desk next;
  next.broker.restore(desk.journal.begin()->second, next.now);
  next.collect();
  next.broker.retry(next.broker.intents()[0].id, next.now);
  next.collect();
  while (next.answer("GET /incidents?incident_key=", 200, incidents_body({}))) continue;
  EXPECT_EQ(next.broker.intents()[0].state, IntentState::kUnconfirmed);
  EXPECT_NE(next.broker.intents()[0].error->message.find("integration key"), std::string::npos);
  EXPECT_EQ(next.count_sent("POST"), 0u);
}

TEST_F(Writing, AFailedOneOfAPageThatIsGoneIsStillTold) {
  submit(make_create(desk.broker));
  desk.answer("POST /incidents", 403);
  Desk next;
  next.broker.restore(desk.journal.begin()->second, next.now);
  next.collect();
  EXPECT_EQ(next.broker.intents()[0].state, IntentState::kFailed);
  EXPECT_TRUE(next.sent.empty());
  next.broker.forget(next.broker.intents()[0].id);
  next.collect();
  EXPECT_TRUE(next.journal.empty());
}

TEST_F(Writing, TheSameOneIsNotRestoredTwice) {
  submit(make_create(desk.broker));
  const Intent kept = desk.journal.begin()->second;
  desk.broker.restore(kept, desk.now);
  EXPECT_EQ(desk.broker.intents().size(), 1u);
}

TEST_F(Writing, OfLongAgoIsDropped) {
  submit(make_create(desk.broker));
  Desk next;
  next.now += std::chrono::days{8};
  next.journal = desk.journal;
  next.broker.restore(desk.journal.begin()->second, next.now);
  next.collect();
  EXPECT_TRUE(next.broker.intents().empty());
  EXPECT_TRUE(next.journal.empty());
}

// ---- Looking before repeating ----

TEST_F(Writing, InDoubtIsLookedForBeforeItIsRepeated) {
  submit(make_resolve("I1"));
  desk.lose("PUT /incidents");
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  desk.broker.retry(id, desk.now);
  desk.collect();
  EXPECT_EQ(state(), IntentState::kPending);
  EXPECT_FALSE(desk.has("PUT /incidents"));
  ASSERT_TRUE(
      desk.answer("GET /incidents/I1", 200, R"({"incident":)" + incident("I1", "P1") + "}"));
  EXPECT_TRUE(desk.has("PUT /incidents")) << "it is still triggered";
}

TEST_F(Writing, InDoubtIsNotRepeatedWhenItWorked) {
  submit(make_resolve("I1"));
  desk.lose("PUT /incidents");
  desk.broker.retry(id, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("GET /incidents/I1", 200,
                          R"({"incident":)" + incident("I1", "P1", "resolved") + "}"));
  EXPECT_EQ(state(), IntentState::kSeen);
  EXPECT_EQ(desk.count_sent("PUT"), 1u);
}

TEST_F(Writing, InDoubtIsNotRepeatedWhenTheLookFails) {
  submit(make_resolve("I1"));
  desk.lose("PUT /incidents");
  desk.broker.retry(id, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.lose("GET /incidents/I1"));
  EXPECT_EQ(state(), IntentState::kUnconfirmed);
  EXPECT_EQ(desk.count_sent("PUT"), 1u);
}

TEST_F(Writing, InDoubtIsRepeatedWhenTheIncidentIsUnknownSoThatPagerDutySaysWhy) {
  submit(make_resolve("I1"));
  desk.lose("PUT /incidents");
  desk.broker.retry(id, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("GET /incidents/I1", 404));
  EXPECT_TRUE(desk.has("PUT /incidents"));
}

TEST_F(Writing, InDoubtIsNotRepeatedWhenTheListOfItsKeyIsUnknown) {
  submit(make_create(desk.broker));
  desk.lose("POST /incidents");
  desk.broker.retry(id, desk.now);
  desk.collect();
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=", 404));
  EXPECT_EQ(state(), IntentState::kUnconfirmed) << "PagerDuty has such a list, if empty";
  EXPECT_EQ(desk.count_sent("POST"), 1u);
}

TEST_F(Writing, InDoubtIsLookedForAgainAfterAPause) {
  submit(make_create(desk.broker));
  desk.lose("POST /incidents");
  retry_after_a_look();
  desk.answer("POST /incidents", 429, "", 60);
  desk.pass(seconds{60});
  EXPECT_EQ(desk.count_sent("POST"), 2u) << "the look is a minute old";
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200,
                          incidents_body({incident("I2", "P1", "resolved", key())})));
  EXPECT_EQ(state(), IntentState::kSeen) << "the first try came late, and was resolved meanwhile";
  EXPECT_EQ(desk.count_sent("POST"), 2u);
}

TEST_F(Writing, AnOlderLookThatTellsLateCountsForNothing) {
  submit(make_create(desk.broker));
  desk.lose("POST /incidents");
  desk.pass(Duration{500});
  const Send older = desk.take("GET /incidents?incident_key=");
  ASSERT_NE(older.request, 0u);
  desk.broker.retry(id, desk.now);
  desk.collect();
  desk.broker.handle(Response{older.request, 200, incidents_body({}), -1, -1}, desk.now);
  desk.collect();
  EXPECT_EQ(desk.count_sent("POST"), 1u);
  ASSERT_TRUE(desk.answer("GET /incidents?incident_key=" + key(), 200,
                          incidents_body({incident("I2", "P1", "triggered", key())})));
  EXPECT_EQ(state(), IntentState::kSeen);
}

}  // namespace
}  // namespace pd::client
