#include "base/error.h"

#include <gtest/gtest.h>

#include <set>

namespace pd {
namespace {

TEST(ErrorCodes, HaveKebabCaseNamesOfTheirOwn) {
  std::set<std::string_view> names;
  int code = 0;
  for (; error_code_name(static_cast<ErrorCode>(code)) != "unknown"; ++code) {
    const std::string_view name = error_code_name(static_cast<ErrorCode>(code));
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos)
        << name;
    EXPECT_TRUE(!name.empty() && name.front() != '-' && name.back() != '-') << name;
  }
  EXPECT_EQ(code, static_cast<int>(ErrorCode::kBlockedByCors) + 1);
}

TEST(DescribeWhere, NamesWhatIsKnown) {
  struct Case {
    Where where;
    std::string text;
  };
  const Case cases[] = {
      {{}, ""},
      {{"a.yaml", 0, 0, {}}, "a.yaml: "},
      {{"a.yaml", 8, 0, {}}, "a.yaml:8: "},
      {{"a.yaml", 8, 5, {}}, "a.yaml:8:5: "},
      {{"", 8, 5, {}}, "line 8:5: "},
  };
  for (const Case& c : cases) EXPECT_EQ(describe_where(c.where), c.text);
}

TEST(Fail, CarriesWhereAndNothingElse) {
  const Result<int> result = fail(ErrorCode::kSyntax, "not YAML", {"a.yaml", 1, 2, {}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(),
            (Error{ErrorCode::kSyntax, "not YAML", std::nullopt, Where{"a.yaml", 1, 2, {}}}));
}

}  // namespace
}  // namespace pd
