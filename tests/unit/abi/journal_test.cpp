#include "abi/journal.h"

#include <gtest/gtest.h>

namespace pd::abi {
namespace {

using client::Intent;
using client::IntentKind;
using client::IntentState;

Intent make_trigger() {
  Intent intent;
  intent.kind = IntentKind::kTrigger;
  intent.account = "eu";
  intent.service_id = "PCHKOUT";
  intent.subject = intent.title = "Disk \"full\" \xF0\x9F\x94\xA5";
  intent.details = "df -h\n  100 %";
  intent.key = "pdc-1";
  intent.source = "component:default/checkout";
  intent.page_url = "https://portal.example/checkout";
  intent.integration_key = "SECRET";
  intent.asked_at = time_from_ms(1'777'885'200'123);
  intent.begins_at = time_from_ms(1'777'885'200'456);
  intent.known_at = time_from_ms(1'777'885'100'000);
  return intent;
}

TEST(Journal, GivesBackWhatAWriteNeedsToBeLookedForAndRepeated) {
  const Intent kept = make_trigger();
  const auto read = read_intent(write_intent(kept));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->kind, kept.kind);
  EXPECT_EQ(read->account, kept.account);
  EXPECT_EQ(read->service_id, kept.service_id);
  EXPECT_EQ(read->subject, kept.subject);
  EXPECT_EQ(read->title, kept.title);
  EXPECT_EQ(read->details, kept.details);
  EXPECT_EQ(read->key, kept.key);
  EXPECT_EQ(read->source, kept.source);
  EXPECT_EQ(read->page_url, kept.page_url);
  EXPECT_EQ(read->high_urgency, kept.high_urgency);
  EXPECT_EQ(read->asked_at, kept.asked_at);
  EXPECT_EQ(read->begins_at, kept.begins_at);
  EXPECT_EQ(read->known_at, kept.known_at);
}

TEST(Journal, TellsAPersonFromAnEscalationPolicyThatIsAskedToHelp) {
  Intent kept;
  kept.kind = IntentKind::kAddResponder;
  kept.incident_id = "Q1";
  kept.key = "pdc-2";
  kept.policy = "PEPAY";
  const auto read = read_intent(write_intent(kept));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->policy, "PEPAY");
  EXPECT_EQ(read->person, "");
}

TEST(Journal, NeverHoldsTheIntegrationKey) {
  EXPECT_EQ(write_intent(make_trigger()).find("SECRET"), std::string::npos);
  EXPECT_EQ(read_intent(write_intent(make_trigger()))->integration_key, "");
}

TEST(Journal, KeepsTheWordingOfAnErrorForThePageAfterThisOne) {
  Intent failed = make_trigger();
  failed.state = IntentState::kFailed;
  failed.error = make_error(
      ErrorCode::kForbidden,
      {texts::kSentences, {}, {{texts::kPermissionMissing}, {texts::kScopeMissing, {"x.write"}}}});
  const std::string entry = write_intent(failed);
  const auto read = read_intent(entry);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->error->message, failed.error->message);
  EXPECT_EQ(read->error->wording, failed.error->wording);

  // Numbers of texts are another release's after an update: the English message stays.
  std::string older = entry;
  const std::string digest = std::to_string(texts_digest());
  older.replace(older.find(digest), digest.size(), "1");
  EXPECT_EQ(read_intent(older)->error->message, failed.error->message);
  EXPECT_FALSE(read_intent(older)->error->wording.has_value());
}

TEST(Wording, ThatIsNoneReadsAsNothing) {
  const std::string digest = std::to_string(texts_digest());
  std::string deep = "[0,[],[]]";
  for (int i = 0; i < 9; ++i) deep = "[0,[],[" + deep + "]]";
  const std::string none[] = {"[99999,[],[]]", "[-1,[],[]]", "[0,[],[],[]]", "[0,[1],[]]",
                              "[0,{},[]]",     "[0,[],[7]]", "null",         deep};
  for (const std::string& wording : none) {
    const std::string entry = R"({"kind":"resolve","incident":"Q1","key":"k","error":"It failed.",)"
                              R"("wording":[)" +
                              digest + "," + wording + "]}";
    const auto read = read_intent(entry);
    ASSERT_TRUE(read.has_value()) << entry;
    EXPECT_FALSE(read->error->wording.has_value()) << entry;
  }
}

TEST(Journal, TellsAFailedWriteFromOneThatMayHaveWorked) {
  Intent failed;
  failed.kind = IntentKind::kResolve;
  failed.incident_id = "Q1";
  failed.key = "pdc-2";
  failed.state = IntentState::kFailed;
  failed.error = Error{ErrorCode::kForbidden, "It may not.", std::nullopt, std::nullopt};
  const auto read = read_intent(write_intent(failed));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->state, IntentState::kFailed);
  EXPECT_FALSE(read->in_doubt);
  EXPECT_EQ(read->error->message, "It may not.");
}

TEST(Journal, IgnoresWhatIsNoIntent) {
  for (const char* text :
       {"", "null", "[]", "{}", R"({"kind":"trigger"})", R"({"kind":"trigger","key":"pdc-1"})",
        R"({"kind":"explode","key":"pdc-1","service":"P1"})",
        R"({"kind":"resolve","key":"pdc-1","service":"P1"})", R"({"kind":1,"key":2,"at":"x"})"}) {
    EXPECT_FALSE(read_intent(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace pd::abi
