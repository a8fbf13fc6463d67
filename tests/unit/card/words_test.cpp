#include "card/words.h"

#include <gtest/gtest.h>

namespace pd::card {
namespace {

TEST(Utf16, CountsAsTheFieldsOfThePageDo) {
  EXPECT_EQ(utf16_length(""), 0u);
  EXPECT_EQ(utf16_length("abc"), 3u);
  EXPECT_EQ(utf16_length("\xC3\xA9\xE6\x97\xA5"), 2u);  // e with acute, a CJK character
  EXPECT_EQ(utf16_length("\xF0\x9F\x94\xA5"), 2u);      // fire
}

TEST(Utf16, CutsBetweenGraphemesOnly) {
  EXPECT_EQ(cut_to_utf16("abcdef", 4), "abcd");
  EXPECT_EQ(cut_to_utf16("abc", 4), "abc");
  EXPECT_EQ(cut_to_utf16("a\xF0\x9F\x94\xA5", 2), "a") << "half a fire is none";
  EXPECT_EQ(cut_to_utf16("ae\xCC\x81", 2), "a") << "nor is a letter without its accent";
}

TEST(YamlScalar, IsQuotedWhenYamlWouldReadSomethingElse) {
  EXPECT_EQ(yaml_scalar("checkout-api"), "checkout-api");
  EXPECT_EQ(yaml_scalar("backstage.io/v1alpha1"), "backstage.io/v1alpha1");
  EXPECT_EQ(yaml_scalar("No"), "\"No\"");
  EXPECT_EQ(yaml_scalar("123"), "\"123\"");
  EXPECT_EQ(yaml_scalar("a: b"), "\"a: b\"");
  EXPECT_EQ(yaml_scalar(""), "\"\"");
}

}  // namespace
}  // namespace pd::card
