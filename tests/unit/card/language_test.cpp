#include "card/language.h"

#include <gtest/gtest.h>

namespace pd::card {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Language kEnglish;
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
  for (const Row& row : rows) EXPECT_EQ(kEnglish.age(kNow - row.ago, kNow), row.words);
}

TEST(Age, OfAllThingsChangesOnTheSameInstant) {
  const Time then = kNow - seconds{90};
  EXPECT_EQ(kEnglish.age(then, kNow), kEnglish.age(then, kNow + seconds{59}));
  EXPECT_NE(kEnglish.age(then, kNow), kEnglish.age(then, kNow + seconds{60}));
}

TEST(Length, SaysLessThanAMinuteForAShortPause) {
  EXPECT_EQ(kEnglish.length(seconds{20}), "less than a minute");
  EXPECT_EQ(kEnglish.length(seconds{-5}), "less than a minute");
  EXPECT_EQ(kEnglish.length(seconds{119}), "1 min");
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
    EXPECT_EQ(kEnglish.moment(row.at, kNow, row.zone), row.words);
  }
}

TEST(Moment, FollowsTheChangeToSummerTime) {
  const Time change = time_from_ms(1'774'746'000'000);  // 2026-03-29T01:00:00Z
  const TimeZone berlin{"Europe/Berlin", {{change - days{90}, hours{1}}, {change, hours{2}}}};
  EXPECT_EQ(kEnglish.moment(change - minutes{1}, change - hours{1}, berlin), "01:59");
  EXPECT_EQ(kEnglish.moment(change, change - hours{1}, berlin), "03:00");
}

TEST(Names, SaysAFewAndCountsTheRest) {
  EXPECT_EQ(kEnglish.names({}), "");
  EXPECT_EQ(kEnglish.names({"Ana"}), "Ana");
  EXPECT_EQ(kEnglish.names({"Ana", "Bo"}), "Ana and Bo");
  EXPECT_EQ(kEnglish.names({"Ana", "Bo", "Cleo"}), "Ana, Bo and Cleo");
  EXPECT_EQ(kEnglish.names({"Ana", "Bo", "Cleo", "Dan"}), "Ana, Bo and 2 more");
}

}  // namespace
}  // namespace pd::card
