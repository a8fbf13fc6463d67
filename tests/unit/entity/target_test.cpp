// What the cases of tests/cases/entity do not reach: resolution without an entity, and each rule by
// itself.
#include "entity/target.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "files.h"
#include "places.h"

namespace pd::entity {
namespace {

Entity entity_with(Annotation service_id) {
  Entity entity;
  entity.service_id = std::move(service_id);
  return entity;
}

std::string codes_of(const Resolution& resolution) {
  std::string codes;
  for (const Diagnostic& d : resolution.diagnostics) {
    codes += (codes.empty() ? "" : " ") + std::string(diagnostic_code_name(d.code));
  }
  return codes;
}

TEST(ResolveTarget, NeedsNoEntityWhenValuesAreGiven) {
  const Resolution resolution = resolve_target(
      nullptr, {.service_id = " PABC123 ", .integration_key = "", .account = "acme"});
  EXPECT_EQ(resolution.target, (Target{"PABC123", "", "acme"}));
  EXPECT_EQ(resolution.service_id.source, ValueSource::kExplicit);
  EXPECT_EQ(resolution.integration_key.source, ValueSource::kNone);
  EXPECT_EQ(codes_of(resolution), "whitespace-trimmed");
}

TEST(ResolveTarget, SaysThatNothingIsAnnotatedWithoutCallingItAnError) {
  const Resolution resolution = resolve_target(nullptr);
  EXPECT_FALSE(resolution.target);
  ASSERT_EQ(codes_of(resolution), "not-annotated");
  EXPECT_EQ(resolution.diagnostics.front().severity, Severity::kInfo);
}

TEST(ResolveTarget, JudgesServiceIdsByTheirForm) {
  struct Case {
    std::string value;
    ValueClass value_class;
    std::string codes;
  };
  using enum ValueClass;
  const Case cases[] = {
      {"PABC123", kLiteral, ""},
      {"PX97", kLiteral, ""},
      {"Q1KZ8TLDRMU7X2", kLiteral, ""},
      {"ABCDEF", kLiteral, ""},
      {"P1", kLiteral, "malformed-service-id"},
      {"pabc123", kLiteral, "malformed-service-id"},
      {"P-ABC", kLiteral, "malformed-service-id"},
      {std::string(33, 'P'), kLiteral, "malformed-service-id"},
      {std::string(256, 'P'), kMalformed, "malformed-service-id"},
      {"P ABC", kMalformed, "malformed-service-id"},
      {"P\nABC", kMalformed, "malformed-service-id"},
      {"P\x7F"
       "ABC",
       kMalformed, "malformed-service-id"},
      {"P\xC3\x84"
       "BC",
       kMalformed, "malformed-service-id"},
      {"<", kLiteral, "malformed-service-id"},
      {"<x>", kPlaceholder, "template-left-in"},
      {"<%= id %>", kPlaceholder, "template-left-in"},
      {"[service id]", kPlaceholder, "template-left-in"},
      {"${ID}", kPlaceholder, "template-left-in"},
      {"P${ID}", kPlaceholder, "template-left-in"},
      {"$ID", kPlaceholder, "template-left-in"},
      {"%ID%", kPlaceholder, "template-left-in"},
      {"%", kLiteral, "malformed-service-id"},
      {"#{ID}#", kPlaceholder, "template-left-in"},
      {"{{ id }}", kPlaceholder, "template-left-in"},
      {"your-service-id", kPlaceholder, "template-left-in"},
      {"Your Service ID", kPlaceholder, "template-left-in"},
      {"insert id here", kPlaceholder, "template-left-in"},
      {"REPLACE_ME", kPlaceholder, "template-left-in"},
      {"TBD", kPlaceholder, "template-left-in"},
  };
  for (const Case& c : cases) {
    const Entity entity = entity_with({ScalarKind::kString, c.value, {}});
    const Resolution resolution = resolve_target(&entity);
    EXPECT_EQ(resolution.service_id.value_class, c.value_class) << c.value;
    EXPECT_EQ(resolution.target.has_value(), c.value_class == kLiteral) << c.value;
    EXPECT_EQ(codes_of(resolution), c.codes) << c.value;
  }
}

TEST(ResolveTarget, JudgesIntegrationKeysByTheirForm) {
  struct Case {
    std::string value, codes;
  };
  const Case cases[] = {
      {"e93facc04764012d7bfb002500d5d1a6", ""},
      {"R0ABCDEFGHIJKLMNOPQRSTUVWXYZ0123", ""},
      {"e93facc04764012d7bfb002500d5d1a", "malformed-integration-key"},
      {"e93facc04764012d7bfb002500d5d1a6a", "malformed-integration-key"},
      {"e93facc0-4764-012d-7bfb-002500d5d1a6", "malformed-integration-key"},
  };
  for (const Case& c : cases) {
    const Resolution resolution =
        resolve_target(nullptr, {.service_id = "", .integration_key = c.value, .account = ""});
    EXPECT_EQ(codes_of(resolution), c.codes) << c.value;
    EXPECT_EQ(resolution.target, (Target{"", c.value, ""})) << c.value;
  }
}

TEST(ResolveTarget, QuotesNoIntegrationKeyInAMessage) {
  for (const std::string key : {"e93facc04764012d", "e93facc0 4764012d", "e93facc04764012d\x01"}) {
    const Resolution resolution =
        resolve_target(nullptr, {.service_id = "", .integration_key = key, .account = ""});
    ASSERT_FALSE(resolution.diagnostics.empty()) << key;
    EXPECT_EQ(resolution.diagnostics.front().message.find("e93facc0"), std::string::npos) << key;
  }
}

TEST(ResolveTarget, TellsAnApiKeyByItsFormAndNeverQuotesIt) {
  struct Case {
    std::string value;
    bool is_secret;
  };
  const Case cases[] = {
      {"y_NotAKeyOfAnybody01", true},
      {"u+NotAKeyOfAnybody-1", true},
      {"  y_NotAKeyOfAnybody01\n", true},
      {"Token token=y_NotAKeyOfAnybody01", true},
      {"PABC123 y_NotAKeyOfAnybody01", true},
      {"NotAKeyOfAnybody", false},       // 16
      {"y_NotAKeyOfAnybody012", false},  // 21
      {"78743832u48973894798", false},   // 20, of one case
      {"ABCDEFGHIJKLMNOPQRST", false},   // 20, as a service id may look
      {"checkout-service-eu1", false},   // 20, a name
      {"{{ values.pagerDutyServiceKeys }}", false},
      {"e93facc04764012d7bfb002500d5d1a6", false},
      {"R0ABCDEFGHIJKLMNOPQRSTUVWXYZ0123", false},
  };
  for (const Case& c : cases) {
    const ExplicitValues both_ways[] = {
        {.service_id = c.value, .integration_key = {}, .account = {}},
        {.service_id = {}, .integration_key = c.value, .account = {}}};
    for (const ExplicitValues& values : both_ways) {
      const Resolution resolution = resolve_target(nullptr, values);
      EXPECT_EQ(codes_of(resolution).starts_with("secret"), c.is_secret) << c.value;
      if (!c.is_secret) continue;
      EXPECT_FALSE(resolution.target) << c.value;
      EXPECT_EQ(resolution.diagnostics.front().message.find("NotAKey"), std::string::npos);
      EXPECT_EQ(resolution.service_id.value + resolution.integration_key.value, "");
    }
  }
}

TEST(ResolveTarget, TakesAnAccountOfAnyName) {
  const Resolution resolution = resolve_target(
      nullptr, {.service_id = "PABC123", .integration_key = {}, .account = "AcmeCorpProductionEU"});
  EXPECT_EQ(codes_of(resolution), "");
  EXPECT_EQ(resolution.target, (Target{"PABC123", "", "AcmeCorpProductionEU"}));
}

TEST(ResolveTarget, NamesTheAttributesThatHoldASecretAndWorksOn) {
  const Resolution resolution = resolve_target(nullptr, {.service_id = "PABC123",
                                                         .integration_key = {},
                                                         .account = {},
                                                         .secrets = {"token", "entity (?token)"}});
  EXPECT_EQ(resolution.target, (Target{"PABC123", "", ""}));
  ASSERT_EQ(codes_of(resolution), "secret secret");
  EXPECT_TRUE(resolution.diagnostics[1].message.starts_with("The attribute entity (?token) holds"));
}

TEST(ResolveTarget, DoesNotJudgeAnAnnotationThatAnExplicitValueReplaces) {
  const Entity entity = entity_with({ScalarKind::kString, "<service-id>", {"a.yaml", 3, 5, {}}});
  const Resolution resolution =
      resolve_target(&entity, {.service_id = "PXYZ789", .integration_key = "", .account = ""});
  EXPECT_EQ(resolution.target, (Target{"PXYZ789", "", ""}));
  ASSERT_EQ(codes_of(resolution), "overridden");
  EXPECT_EQ(resolution.diagnostics.front().message,
            "a.yaml:3:5: pagerduty.com/service-id is not used; the page gives another service-id.");
}

// The page decides by the same file whether a card needs what reads entities:
// tests/browser/module-parts.test.mjs.
TEST(ResolvePlain, TakesWhatNeedsNoWordAndMakesTheSameOfIt) {
  const auto cases = nlohmann::json::parse(
      read_file(source_dir() / "tests/cases/plain-values.json"), nullptr, false);
  ASSERT_TRUE(cases.is_array());
  for (const nlohmann::json& values : cases) {
    const ExplicitValues given{.service_id = values.value("serviceId", ""),
                               .integration_key = values.value("integrationKey", ""),
                               .account = values.value("account", "")};
    const std::optional<Resolution> plain = resolve_plain(nullptr, given);
    ASSERT_EQ(plain.has_value(), values.at("plain").get<bool>()) << values.dump();
    if (!plain) continue;
    const Resolution whole = resolve_target(nullptr, given);
    EXPECT_EQ(codes_of(whole), "") << values.dump();
    EXPECT_EQ(plain->target, whole.target) << values.dump();
    EXPECT_EQ(plain->service_id, whole.service_id) << values.dump();
    EXPECT_EQ(plain->integration_key, whole.integration_key) << values.dump();
    EXPECT_EQ(plain->account, whole.account) << values.dump();
  }
  EXPECT_FALSE(resolve_plain(nullptr, {"PCHKOUT", "", "", {"token"}})) << "a secret needs a word";
}

TEST(DiagnosticCodes, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  int code = 0;
  for (; !diagnostic_code_name(static_cast<DiagnosticCode>(code)).empty(); ++code) {
    names.insert(diagnostic_code_name(static_cast<DiagnosticCode>(code)));
  }
  EXPECT_EQ(code, static_cast<int>(DiagnosticCode::kSecret) + 1);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(code));
}

TEST(ValueClasses, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  int value_class = 0;
  for (; !value_class_name(static_cast<ValueClass>(value_class)).empty(); ++value_class) {
    names.insert(value_class_name(static_cast<ValueClass>(value_class)));
  }
  EXPECT_EQ(value_class, static_cast<int>(ValueClass::kSecret) + 1);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(value_class));
}

}  // namespace
}  // namespace pd::entity
