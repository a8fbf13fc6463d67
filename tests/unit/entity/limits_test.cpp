// Inputs that are too large, too deep or too many, made here rather than kept as files.
#include <gtest/gtest.h>

#include <functional>

#include "entity/entity.h"
#include "entity/resolution_json.h"

namespace pd::entity {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

const std::string kEntity =
    "kind: Component\nmetadata:\n  name: checkout-api\n  annotations:\n    "
    "pagerduty.com/service-id: PABC123\n";
const std::string kJsonEntity =
    R"({"kind":"Component","metadata":{"name":"checkout-api","annotations":{"pagerduty.com/service-id":"PABC123"}},"x":)";

std::string padded_to(std::size_t bytes, std::string text, const std::string& padding) {
  text += padding.substr(0, bytes - text.size());
  return text;
}

std::string yaml_of(std::size_t bytes) {
  return padded_to(bytes, kEntity, repeat("# a comment line\n", bytes / 16));
}
std::string json_of(std::size_t bytes) {
  return padded_to(bytes, kJsonEntity + "1}", std::string(bytes, ' '));
}
std::string yaml_nested(std::size_t levels) {
  return kEntity + "x: " + std::string(levels, '[') + std::string(levels, ']') + "\n";
}
std::string json_nested(std::size_t levels) {
  return kJsonEntity + std::string(levels, '[') + std::string(levels, ']') + "}";
}

// Each level names the one below ten times: 10^levels values in a few lines.
std::string alias_bomb(std::size_t levels) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (std::size_t i = 1; i < levels; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below +
            repeat(", " + below, 9) + "]\n";
  }
  return text + kEntity;
}

std::string chain_of_merges(std::size_t links) {
  std::string text = "m0: &m0 {pagerduty.com/service-id: PABC123}\n";
  for (std::size_t i = 1; i < links; ++i) {
    text += "m" + std::to_string(i) + ": &m" + std::to_string(i) + " {<<: *m" +
            std::to_string(i - 1) + "}\n";
  }
  return text + "kind: Component\nmetadata:\n  name: checkout-api\n  annotations: *m" +
         std::to_string(links - 1) + "\n";
}

std::string flow_keys(std::size_t count) {
  std::string text = kEntity + "x: {";
  for (std::size_t i = 0; i < count; ++i) text += "k" + std::to_string(i) + ": 1, ";
  return text + "}\n";
}

// The code of what went wrong, or "" when the first document is an entity.
std::string outcome(const std::string& text) {
  const auto documents = read_documents(text, {.source = "catalog-info.yaml"});
  if (!documents) return std::string(error_code_name(documents.error().code));
  if (documents->front().error) return std::string(error_code_name(documents->front().error->code));
  return documents->front().entity ? "" : "empty";
}

struct LimitCase {
  std::string name;
  std::function<std::string()> text;
  std::string outcome;
};

class Limits : public testing::TestWithParam<LimitCase> {};

TEST_P(Limits, HoldExactly) { EXPECT_EQ(outcome(GetParam().text()), GetParam().outcome); }

INSTANTIATE_TEST_SUITE_P(
    Inputs, Limits,
    testing::Values(
        LimitCase{"YamlOf256Kilobytes", [] { return yaml_of(256 * 1024); }, ""},
        LimitCase{"YamlOfOneByteMore", [] { return yaml_of(256 * 1024 + 1); }, "too-large"},
        LimitCase{"YamlOf10Megabytes", [] { return yaml_of(10 * 1024 * 1024); }, "too-large"},
        LimitCase{"JsonOf4Megabytes", [] { return json_of(4 * 1024 * 1024); }, ""},
        LimitCase{"JsonOfOneByteMore", [] { return json_of(4 * 1024 * 1024 + 1); }, "too-large"},
        LimitCase{"JsonOf10Megabytes", [] { return json_of(10 * 1024 * 1024); }, "too-large"},
        LimitCase{"YamlNested64Deep", [] { return yaml_nested(63); }, ""},
        LimitCase{"YamlNested65Deep", [] { return yaml_nested(64); }, "too-deep"},
        LimitCase{"YamlNestedWithoutEnd",
                  [] { return kEntity + "x: " + std::string(200'000, '['); }, "too-deep"},
        LimitCase{"YamlBlockListsNestedWithoutEnd",
                  [] { return kEntity + "x:\n  " + repeat("- ", 100'000) + "1\n"; }, "too-deep"},
        LimitCase{"YamlMapsNestedWithoutEnd",
                  [] { return kEntity + "x: " + repeat("{a: ", 50'000); }, "too-deep"},
        LimitCase{"JsonNested64Deep", [] { return json_nested(63); }, ""},
        LimitCase{"JsonNested65Deep", [] { return json_nested(64); }, "too-deep"},
        LimitCase{"JsonNestedWithoutEnd", [] { return std::string(4 * 1024 * 1024, '['); },
                  "too-deep"},
        LimitCase{"AliasesWithinTheBudget", [] { return alias_bomb(4); }, ""},
        LimitCase{"AliasBomb", [] { return alias_bomb(9); }, "too-many-nodes"},
        LimitCase{"AliasesOneByOne",
                  [] { return "a: &a x\nb: [" + repeat("*a, ", 1000) + "]\n" + kEntity; }, ""},
        LimitCase{"OneAliasTooMany",
                  [] { return "a: &a x\nb: [" + repeat("*a, ", 1001) + "]\n" + kEntity; },
                  "too-many-nodes"},
        LimitCase{"LongChainOfMerges", [] { return chain_of_merges(200); }, ""},
        LimitCase{"TooLongChainOfMerges", [] { return chain_of_merges(900); }, "too-many-nodes"},
        LimitCase{"YamlOfManyValues",
                  [] { return kEntity + "x: [" + repeat("1, ", 49'000) + "]\n"; }, ""},
        LimitCase{"YamlOfTooManyValues",
                  [] { return kEntity + "x: [" + repeat("1, ", 51'000) + "]\n"; },
                  "too-many-nodes"},
        LimitCase{"JsonOfManyValues",
                  [] { return kJsonEntity + "[" + repeat("1,", 400'000) + "1]}"; }, ""},
        LimitCase{"JsonOfTooManyValues",
                  [] { return kJsonEntity + "[" + repeat("1,", 600'000) + "1]}"; },
                  "too-many-nodes"},
        LimitCase{"YamlOf10000Documents",
                  [] { return repeat("--- {}\n", 9'999) + "---\n" + kEntity; }, "not-an-entity"},
        LimitCase{"YamlOfTooManyDocuments", [] { return repeat("---\n", 10'001); },
                  "too-many-nodes"},
        LimitCase{"JsonOfTooManyEntities", [] { return "[" + repeat("{},", 10'000) + "{}]"; },
                  "too-many-nodes"},
        // Shapes that would take minutes if any step looked back over what it has read.
        LimitCase{"ManyKeysInOneLine", [] { return flow_keys(20'000); }, ""},
        LimitCase{"OneLongValue", [] { return kEntity + "x: " + std::string(200'000, 'a') + "\n"; },
                  ""},
        LimitCase{"ManyQuotedLines",
                  [] { return kEntity + "x: \"" + repeat("a\n  ", 40'000) + "\"\n"; }, ""},
        LimitCase{"OneLongBlockScalar", [] { return kEntity + "x: |\n" + repeat("  a\n", 50'000); },
                  ""},
        LimitCase{"ManyOpenQuotes", [] { return kEntity + repeat("- \"\n", 50'000); }, "syntax"},
        LimitCase{"ManyQuestionMarks",
                  [] { return kEntity + "x:\n  " + repeat("? ", 100'000) + "\n"; }, "too-deep"},
        LimitCase{"ManyBlankLines", [] { return kEntity + std::string(200'000, '\n'); }, ""},
        LimitCase{"ManyMultibyteCharacters",
                  [] { return kEntity + "x: [" + repeat("\xE6\x97\xA5, ", 40'000) + "]\n"; }, ""}),
    [](const auto& test) { return test.param.name; });

TEST(LimitErrors, SayHowMuchIsAllowedAndWhere) {
  struct Case {
    std::string name, text, message;
  };
  const Case cases[] = {
      {"bytes", yaml_of(256 * 1024 + 1),
       "a.yaml: 257 KB of YAML are more than the limit of 256 KB; name a smaller file."},
      {"depth", yaml_nested(70),
       "a.yaml:6:67: nested deeper than 64 levels; a descriptor needs few."},
      {"JSON depth", "{\n\"x\": " + std::string(70, '['),
       "a.yaml:2:69: nested deeper than 64 levels; a descriptor needs few."},
      {"aliases", alias_bomb(9),
       "a.yaml:5:25: more than 50,000 values once aliases are followed; split the file."},
  };
  for (const Case& c : cases) {
    const ResolvedFile file = resolve_file(c.text, "a.yaml", "");
    EXPECT_NE(file.json_lines.find(c.message), std::string::npos)
        << c.name << ": " << file.json_lines;
    EXPECT_TRUE(file.wrong) << c.name;
  }
}

TEST(LimitErrors, OfOneDocumentLeaveTheOthersReadable) {
  const auto documents = read_documents(alias_bomb(9) + "---\n" + kEntity);
  ASSERT_TRUE(documents);
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ(documents->at(0).error->code, ErrorCode::kTooManyNodes);
  EXPECT_EQ(documents->at(1).entity->service_id.text, "PABC123");
}

}  // namespace
}  // namespace pd::entity
