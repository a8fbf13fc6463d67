#include "card/words.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace pd::card {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time kNow = time_from_ms(1'777'885'200'000);  // Monday, 2026-05-04T09:00:00Z

TEST(Age, CountsWholeMinutesHoursDaysMonthsAndYears) {
  struct Row {
    Duration ago;
    const char* words;
  };
  const Row rows[] = {
      {seconds{-30}, "just now"}, {seconds{0}, "just now"},     {seconds{59}, "just now"},
      {seconds{60}, "1 min ago"}, {minutes{59}, "59 min ago"},  {minutes{60}, "1 h ago"},
      {hours{47}, "47 h ago"},    {hours{48}, "2 days ago"},    {days{59}, "59 days ago"},
      {days{60}, "2 months ago"}, {days{729}, "24 months ago"}, {days{730}, "2 years ago"},
  };
  for (const Row& row : rows) EXPECT_EQ(age(kNow - row.ago, kNow), row.words);
}

TEST(Age, OfAllThingsChangesOnTheSameInstant) {
  const Time then = kNow - seconds{90};
  EXPECT_EQ(age(then, kNow), age(then, kNow + seconds{59}));
  EXPECT_NE(age(then, kNow), age(then, kNow + seconds{60}));
}

TEST(Length, SaysLessThanAMinuteForAShortPause) {
  EXPECT_EQ(length(seconds{20}), "less than a minute");
  EXPECT_EQ(length(seconds{-5}), "less than a minute");
  EXPECT_EQ(length(seconds{119}), "1 min");
}

TEST(Moment, IsInTheViewersZoneAndAsShortAsItCanBe) {
  const TimeZone tokyo{"Asia/Tokyo", {{kNow - days{30}, hours{9}}}};
  struct Row {
    const char* name;
    Time at;
    TimeZone zone;
    const char* words;
  };
  const Row rows[] = {
      {"today", kNow + hours{5}, {}, "14:00"},
      {"today there", kNow + hours{5}, tokyo, "23:00"},
      {"tomorrow there, today in UTC", kNow + hours{7}, tokyo, "Tue 01:00"},
      {"within the week", kNow + days{5}, {}, "Sat 09:00"},
      {"beyond it", kNow + days{6}, {}, "10 May 09:00"},
      {"next year", kNow + days{300}, {}, "28 Feb 2027 09:00"},
      {"yesterday", kNow - hours{10}, {}, "Sun 23:00"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(moment(row.at, kNow, row.zone), row.words);
  }
}

TEST(Moment, FollowsTheChangeToSummerTime) {
  const Time change = time_from_ms(1'774'746'000'000);  // 2026-03-29T01:00:00Z
  const TimeZone berlin{"Europe/Berlin", {{change - days{90}, hours{1}}, {change, hours{2}}}};
  EXPECT_EQ(moment(change - minutes{1}, change - hours{1}, berlin), "01:59");
  EXPECT_EQ(moment(change, change - hours{1}, berlin), "03:00");
}

TEST(Names, SaysAFewAndCountsTheRest) {
  EXPECT_EQ(names({}), "");
  EXPECT_EQ(names({"Ana"}), "Ana");
  EXPECT_EQ(names({"Ana", "Bo"}), "Ana and Bo");
  EXPECT_EQ(names({"Ana", "Bo", "Cleo"}), "Ana, Bo and Cleo");
  EXPECT_EQ(names({"Ana", "Bo", "Cleo", "Dan"}), "Ana, Bo and 2 more");
}

TEST(Fill, PutsValuesInTheirPlacesOnly) {
  EXPECT_EQ(fill("{0} and {1}, {0}", {"a", "b"}), "a and b, a");
  EXPECT_EQ(fill("{0}", {"{1}", "b"}), "{1}") << "a value is not a pattern";
  EXPECT_EQ(fill("{2}", {"a"}), "");
  EXPECT_EQ(fill("brace { alone", {}), "brace { alone");
  EXPECT_EQ(fill("{x}", {"a"}), "{x}");
}

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
