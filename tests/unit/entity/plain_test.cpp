// read_plain() and resolve_plain(): what they take, the careful readers take too, and make the same of it.
#include <gtest/gtest.h>

#include "entity/entity.h"
#include "entity/target.h"
#include "files.h"
#include "places.h"

namespace pd::entity {
namespace {

std::optional<Resolution> plainly(const std::string& text, const ExplicitValues& values = {}) {
  const std::optional<Entity> entity = read_plain(text, "input.json");
  return entity ? resolve_plain(&*entity, values) : std::nullopt;
}

void expect_same(const std::string& text, const ExplicitValues& values = {}) {
  SCOPED_TRACE(text.substr(0, 400));
  const std::optional<Entity> plain = read_plain(text, "input.json");
  ASSERT_TRUE(plain);
  const std::optional<Resolution> resolution = resolve_plain(&*plain, values);
  ASSERT_TRUE(resolution);
  const auto documents = read_documents(text, {.source = "input.json", .only_json = true});
  ASSERT_TRUE(documents) << documents.error().message;
  ASSERT_EQ(documents->size(), 1U);
  ASSERT_TRUE(documents->front().entity);
  const Entity& whole = *documents->front().entity;
  EXPECT_EQ(plain->kind, whole.kind);
  EXPECT_EQ(plain->name, whole.name);
  EXPECT_EQ(plain->title, whole.title);
  EXPECT_EQ(plain->namespace_name, whole.namespace_name);
  EXPECT_EQ(plain->entity_ref, whole.entity_ref);
  const Resolution careful = resolve_target(&whole, values);
  EXPECT_EQ(resolution->target, careful.target);
  EXPECT_EQ(resolution->service_id, careful.service_id);
  EXPECT_EQ(resolution->integration_key, careful.integration_key);
  EXPECT_EQ(resolution->account, careful.account);
  // What is not said of a plain one is not said on a card, either.
  for (const Diagnostic& diagnostic : careful.diagnostics) {
    EXPECT_EQ(diagnostic.code, DiagnosticCode::kOverridden) << diagnostic.message;
  }
}

std::string entity_with(const std::string& annotations, const std::string& more = "") {
  return R"({"apiVersion":"backstage.io/v1alpha1","kind":"Component","metadata":{"name":"Checkout",)"
         R"("annotations":{)" +
         annotations + "}}" + more + "}";
}
const std::string kId = R"("pagerduty.com/service-id":"PCHKOUT")";

TEST(ReadPlain, TakesOfAllCasesOnlyWhatTheCarefulReaderHasNothingToSayAbout) {
  int taken = 0;
  for (const auto& folder :
       std::filesystem::directory_iterator(source_dir() / "tests/cases/entity")) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().stem() != "input") continue;
      const std::string text = read_file(file.path());
      if (!plainly(text)) continue;
      expect_same(text);
      ++taken;
    }
  }
  EXPECT_GE(taken, 1);
}

TEST(ReadPlain, TakesWhatACatalogAnswers) {
  expect_same(entity_with(kId));
  expect_same("\xEF\xBB\xBF" + entity_with(kId));
  expect_same(entity_with(R"("pagerduty.com/integration-key":"0123456789abcdef0123456789abcdef")"));
  expect_same(
      entity_with(kId + R"(,"pagerduty.com/account":"acme","backstage.io/techdocs-ref":"dir:.")"),
      {});
  expect_same(entity_with(kId), {.service_id = "", .integration_key = "", .account = "acme"});
  // What is not read may be anything, and have the same names elsewhere.
  expect_same(
      R"({"metadata":{"namespace":"Shop","name":"checkout","title":"Check \"out\" \u202E","uid":1,"tags":["a",{"kind":1}],)"
      R"("labels":{"name":"x","title":null},"links":[{"title":"x","annotations":{"kind":[[]]}}],"annotations":{)" +
      kId +
      R"(,"metadata":"x"}},"spec":{"kind":true,"metadata":{"name":-1.5e3}},"kind":"API","relations":[]})");
}

TEST(ReadPlain, LeavesToTheCarefulReaderWhatNeedsAWord) {
  const std::string left[] = {
      "",
      "[]",
      "7",
      "[" + entity_with(kId) + "]",
      R"({"items":[)" + entity_with(kId) + "]}",
      R"({"entity":)" + entity_with(kId) + "}",
      entity_with(""),
      entity_with(kId) + "x",
      entity_with(kId) + std::string(1, '\0') + "x",
      entity_with(kId).substr(0, 140),
      entity_with(kId + "," + kId),
      entity_with(kId, R"(,"kind":"API")"),
      entity_with(kId, R"(,"spec":{"a":1,"b":{"a":1},"a":2})"),
      entity_with(kId, R"(,"metadata":{"name":"other"})"),
      entity_with(kId, R"(,"spec":{"annotations":{"pagerduty.com/integration-key":"x"}})"),
      entity_with(kId + R"(,"PagerDuty.com/Service_Id":"PLOYALT")"),
      entity_with(kId + R"(,"pagerduty.com/api-token":"x")"),
      entity_with(R"("pagerduty.com/service-id":7)"),
      entity_with(R"("pagerduty.com/service-id":null)"),
      entity_with(R"("pagerduty.com/service-id":["PCHKOUT"])"),
      entity_with(R"("pagerduty.com/service-id":{"PCHKOUT":1})"),
      entity_with(R"("pagerduty.com/service-id":"")"),
      entity_with(R"("pagerduty.com/service-id":" PCHKOUT")"),
      entity_with(R"("pagerduty.com/service-id":"${{ values.id }}")"),
      entity_with(R"("pagerduty.com/account":"acme")"),
      R"({"kind":"Component","metadata":{"name":"x","annotations":"none"}})",
      R"({"kind":"Component","metadata":[{"name":"x","annotations":{)" + kId + "}}]}",
      R"({"metadata":{"name":"x","annotations":{)" + kId + "}}}",
      R"({"kind":"Component","metadata":{"name":7,"annotations":{)" + kId + "}}}",
      R"({"kind":"Component","metadata":{"name":"x","namespace":"","annotations":{)" + kId + "}}}",
      entity_with(kId, R"(,"spec":)" + std::string(40, '[') + std::string(40, ']')),
      entity_with(kId, R"(,"spec":")" + std::string(70'000, 'x') + "\""),
  };
  for (const std::string& text : left) EXPECT_FALSE(plainly(text)) << text.substr(0, 300);
}

TEST(ResolvePlain, LetsWhatIsGivenWinWhereBothArePlain) {
  const std::string annotated = entity_with(kId + R"(,"pagerduty.com/account":"acme")");
  expect_same(annotated);
  expect_same(annotated, {"PLOYALT", "", ""});
  expect_same(annotated, {"PCHKOUT", "", "acme"});
  expect_same(annotated, {"", "0123456789abcdef0123456789abcdef", "other"});
  EXPECT_FALSE(plainly(annotated, {"<service-id>", "", ""}));
  EXPECT_FALSE(plainly(annotated, {"", "", "", {"token"}}));
  EXPECT_FALSE(
      plainly(entity_with(R"("pagerduty.com/service-id":"<service-id>")"), {"PLOYALT", "", ""}));
}

}  // namespace
}  // namespace pd::entity
