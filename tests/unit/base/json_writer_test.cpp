#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pd {
namespace {

TEST(JsonWriter, PutsCommasBetweenMembersAndItemsOnly) {
  JsonWriter json;
  json.begin_object();
  json.member("a", 1).member("b", true);
  json.key("c")
      .begin_array()
      .begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .null()
      .value("x")
      .end_array();
  json.key("d").raw("{\"e\":2}").key("f").begin_object().member("g", "h").end_object();
  json.end_object();
  EXPECT_EQ(json.text(), R"({"a":1,"b":true,"c":[{},[],null,"x"],"d":{"e":2},"f":{"g":"h"}})");
  EXPECT_EQ(json.take(), R"({"a":1,"b":true,"c":[{},[],null,"x"],"d":{"e":2},"f":{"g":"h"}})");
}

TEST(JsonWriter, EscapesWhatJsonDoesNotAllowInText) {
  struct Case {
    std::string name, text, json;
  };
  const Case cases[] = {
      {"nothing", "", R"("")"},
      {"quotes and backslash", "a\"b\\c/d", R"("a\"b\\c/d")"},
      {"white space", "\t\n\r", R"("\t\n\r")"},
      {"controls", std::string("\0\x01\x1F\x7F", 4), R"("\u0000\u0001\u001f\u007f")"},
      {"other scripts as they are", "\xC3\xBC\xE6\x97\xA5\xF0\x9F\x9A\x80",
       "\"\xC3\xBC\xE6\x97\xA5\xF0\x9F\x9A\x80\""},
      {"a byte that is no UTF-8",
       "a\xFC"
       "b",
       "\"a\xEF\xBF\xBD"
       "b\""},
      {"a sequence that is cut off", "a\xE6\x97", "\"a\xEF\xBF\xBD\xEF\xBF\xBD\""},
      {"a surrogate", "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
  };
  for (const Case& c : cases) EXPECT_EQ(JsonWriter().value(c.text).text(), c.json) << c.name;
  EXPECT_EQ(JsonWriter().begin_object().key("a\"\n").value(1).end_object().text(),
            R"({"a\"\n":1})");
}

TEST(JsonWriter, WritesIntegersWhole) {
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<std::int64_t>::min()).text(),
            "-9223372036854775808");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<std::int64_t>::max()).text(),
            "9223372036854775807");
  EXPECT_EQ(JsonWriter().value(std::numeric_limits<unsigned>::max()).text(), "4294967295");
}

TEST(JsonWriter, WritesNumbersWithUpToThreeDecimals) {
  struct Case {
    double number;
    std::string json;
  };
  const Case cases[] = {
      {0, "0"},
      {-0.0, "0"},
      {1, "1"},
      {-1.5, "-1.5"},
      {0.25, "0.25"},
      {0.125, "0.125"},
      {-0.001, "-0.001"},
      {0.0004, "0"},
      {-0.0004, "0"},
      {0.9996, "1"},
      {1.05, "1.05"},
      {123456789.125, "123456789.125"},
      {9e15, "9000000000000000"},
      {1e300, "null"},
      {std::nan(""), "null"},
      {-std::numeric_limits<double>::infinity(), "null"},
  };
  for (const Case& c : cases) EXPECT_EQ(JsonWriter().value(c.number).text(), c.json) << c.number;
  EXPECT_EQ(JsonWriter().value(1.25F).text(), "1.25");
}

}  // namespace
}  // namespace pd
