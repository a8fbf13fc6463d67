#include "base/time.h"

#include <gtest/gtest.h>

namespace pd {
namespace {

using std::chrono::minutes;

TEST(ParseRfc3339, ReadsEveryFormOfAnInstant) {
  struct Case {
    std::string text;
    std::int64_t ms;
  };
  const Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-05-04T09:00:00Z", 1777885200000},
      {"2026-05-04t09:00:00z", 1777885200000},
      {"2026-05-04 09:00:00Z", 1777885200000},
      {"2026-05-04T11:00:00+02:00", 1777885200000},
      {"2026-05-04T11:00:00+0200", 1777885200000},
      {"2026-05-04T03:30:00-05:30", 1777885200000},
      {"2026-05-04T09:00:00-00:00", 1777885200000},
      {"2026-05-04T09:00:00.5Z", 1777885200500},
      {"2026-05-04T09:00:00,25Z", 1777885200250},
      {"2026-05-04T09:00:00.123456789+00:00", 1777885200123},
      {"2026-05-04T09:00:00.0009Z", 1777885200000},
      {"2024-02-29T23:59:59Z", 1709251199000},
      {"2000-02-29T00:00:00Z", 951782400000},
      {"2016-12-31T23:59:60Z", 1483228799000},
      {"1969-12-31T23:59:59.999Z", -1},
      {"1970-01-01T00:00:00+23:59", -86340000},
      {"9999-12-31T23:59:59Z", 253402300799000},
  };
  for (const Case& c : cases) {
    const auto time = parse_rfc3339(c.text);
    ASSERT_TRUE(time) << c.text;
    EXPECT_EQ(to_ms(*time), c.ms) << c.text;
  }
}

TEST(ParseRfc3339, RefusesWhatIsNoInstant) {
  for (const std::string text : {"",
                                 "2026",
                                 "2026-05-04",
                                 "2026-05-04T09:00Z",
                                 "2026-05-04T09:00:00",
                                 "2026-05-04T09:00:00 Z",
                                 "2026-05-04T09:00:00.Z",
                                 "2026-05-04T09:00:00+2:00",
                                 "2026-05-04T09:00:00+24:00",
                                 "2026-05-04T09:00:00+02:60",
                                 "2026-05-04T09:00:00+02",
                                 "2026-05-04T09:00:00ZZ",
                                 " 2026-05-04T09:00:00Z",
                                 "2026-00-04T09:00:00Z",
                                 "2026-13-04T09:00:00Z",
                                 "2026-04-31T09:00:00Z",
                                 "2026-05-00T09:00:00Z",
                                 "2026-02-29T09:00:00Z",
                                 "2100-02-29T09:00:00Z",
                                 "2026-05-04T24:00:00Z",
                                 "2026-05-04T09:60:00Z",
                                 "2026-05-04T09:00:61Z",
                                 "2026/05/04T09:00:00Z",
                                 "26-05-04T09:00:00Z",
                                 "-026-05-04T09:00:00Z",
                                 "2026-5-4T9:0:0Z",
                                 "1777885200",
                                 "tomorrow",
                                 "2026-05-04T09:00:0aZ"}) {
    const auto time = parse_rfc3339(text);
    ASSERT_FALSE(time) << text;
    EXPECT_EQ(time.error().code, ErrorCode::kBadArgument) << text;
  }
}

TEST(ParseRfc3339, QuotesASafePieceOfWrongText) {
  const auto time = parse_rfc3339(
      "\xE2\x80\xAE"
      "soon\x1B " +
      std::string(100, 'x'));
  ASSERT_FALSE(time);
  EXPECT_EQ(time.error().message,
            "\"soon " + std::string(34, 'x') +
                "\xE2\x80\xA6\" is not a date and time like 2026-05-04T09:00:00Z (RFC 3339).");
}

TEST(FormatRfc3339, WritesWholeSecondsInUtc) {
  struct Case {
    std::int64_t ms;
    std::string text;
  };
  const Case cases[] = {
      {0, "1970-01-01T00:00:00Z"},
      {1777885200999, "2026-05-04T09:00:00Z"},
      {1709251199000, "2024-02-29T23:59:59Z"},
      {-1, "1969-12-31T23:59:59Z"},
      {-62135596800000, "0001-01-01T00:00:00Z"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(format_rfc3339(time_from_ms(c.ms)), c.text);
    EXPECT_EQ(to_ms(parse_rfc3339(c.text).value()),
              to_ms(std::chrono::floor<std::chrono::seconds>(time_from_ms(c.ms))));
  }
}

Time at(const char* text) { return parse_rfc3339(text).value(); }

// Berlin around the end of summer time in 2026.
const TimeZone kBerlin{
    "Europe/Berlin",
    {{at("2026-03-29T01:00:00Z"), minutes{120}}, {at("2026-10-25T01:00:00Z"), minutes{60}}}};

TEST(TimeZone, HasTheOffsetOfTheLastRuleThatHasBegun) {
  EXPECT_EQ(TimeZone{}.offset_at(at("2026-05-04T09:00:00Z")), minutes{0});
  EXPECT_EQ(kBerlin.offset_at(at("2026-10-25T00:59:59Z")), minutes{120});
  EXPECT_EQ(kBerlin.offset_at(at("2026-10-25T01:00:00Z")), minutes{60});
  EXPECT_EQ(kBerlin.offset_at(at("2030-01-01T00:00:00Z")), minutes{60});
  EXPECT_EQ(kBerlin.offset_at(at("2020-01-01T00:00:00Z")), minutes{120});
}

TEST(CivilTime, IsTheDateAndClockOfTheZone) {
  EXPECT_EQ(civil_time(at("2026-10-24T22:30:15Z"), kBerlin),
            (CivilTime{2026, 10, 25, 0, 0, 30, 15}));
  EXPECT_EQ(civil_time(at("2026-10-25T00:30:00Z"), kBerlin),
            (CivilTime{2026, 10, 25, 0, 2, 30, 0}));
  EXPECT_EQ(civil_time(at("2026-10-25T01:30:00Z"), kBerlin),
            (CivilTime{2026, 10, 25, 0, 2, 30, 0}));
  EXPECT_EQ(civil_time(at("1969-12-31T23:59:59.500Z"), {}),
            (CivilTime{1969, 12, 31, 3, 23, 59, 59}));
  EXPECT_EQ(civil_time(at("1970-01-01T00:00:00Z"), {}), CivilTime{});
}

}  // namespace
}  // namespace pd
