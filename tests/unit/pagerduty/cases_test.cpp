// Each case folder: body.json decodes to expected.json. UPDATE_GOLDENS=1 rewrites the expectations.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "case_files.h"
#include "members.h"
#include "pagerduty/decode.h"

namespace pd::pagerduty {
namespace {

using Json = nlohmann::ordered_json;

TEST(DecodeCases, DecodeToWhatIsExpected) {
  const char* update = std::getenv("UPDATE_GOLDENS");
  const std::vector<Case> cases = all_cases();
  ASSERT_FALSE(cases.empty());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.folder + "/" + one.name);
    const Result<std::string> decoded =
        decode_to_json(one.operation, read_file(one.path / "body.json"));
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    const std::string actual = Json::parse(*decoded).dump(2) + "\n";
    if (update != nullptr && std::string_view(update) == "1") {
      std::ofstream(one.path / "expected.json", std::ios::binary) << actual;
    }
    EXPECT_EQ(actual, read_file(one.path / "expected.json"));
  }
}

TEST(DecodeCases, CoverEachOperationWithAWholeBody) {
  const std::vector<Case> cases = all_cases();
  for (const std::string_view name : decodable_operations()) {
    const Operation* operation = operation_of(name);
    ASSERT_NE(operation, nullptr) << name << " is missing in members.cpp";
    EXPECT_EQ(operation->name, name);
    // Operations with the same answer share a case.
    const auto covers = [&](const Case& one) {
      const Operation* other = operation_of(one.operation);
      return one.name == "whole" && other != nullptr && other->root == operation->root &&
             other->inside.data() == operation->inside.data();
    };
    EXPECT_TRUE(std::ranges::any_of(cases, covers)) << name;
  }
}

}  // namespace
}  // namespace pd::pagerduty
