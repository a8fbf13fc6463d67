// What a card draws is safe to draw; ids, keys and URLs are exact or not there.
#include <gtest/gtest.h>

#include <string>

#include "pagerduty/decode.h"

namespace pd::pagerduty {
namespace {

Incident incident_of(const std::string& members) {
  const auto decoded = decode_incidents("{\"incidents\":[{" + members + "}]}");
  EXPECT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->value.items.size(), 1U);
  return decoded->value.items.at(0);
}

TEST(DecodedText, IsWithoutCharactersThatDeceive) {
  const struct {
    const char* name;
    const char* title;
    const char* shown;
  } rows[] = {
      {"bidi override", R"(paid \u202etxt.exe\u202c)", "paid txt.exe"},
      {"bidi isolates", R"(\u2066now\u2069)", "now"},
      {"controls", R"(a\u0000b\u0007c\u001b[31m)", "abc[31m"},
      {"zero width", R"(pay\u200bment\ufeff)", "payment"},
      {"tags", R"(ok\udb40\udc41)", "ok"},
      {"lines and tabs", R"( one\r\n\ttwo )", "one two"},
      {"other scripts", "\xE6\x94\xAF\xE6\x89\x95\xE3\x81\x84 \xD9\x85",
       "\xE6\x94\xAF\xE6\x89\x95\xE3\x81\x84 \xD9\x85"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(incident_of("\"title\":\"" + std::string(row.title) + "\"").title, row.shown)
        << row.name;
}

TEST(DecodedText, IsCutToWhatACardCanShow) {
  EXPECT_LE(incident_of("\"title\":\"" + std::string(100'000, 'x') + "\"").title.size(),
            1'027U);  // 1,023 and an ellipsis
}

TEST(DecodedText, KeepsTheLinesOfNotes) {
  const auto notes = decode_notes(R"({"notes":[{"content":"one\r\ntwo\u202e"}]})");
  ASSERT_TRUE(notes.has_value());
  EXPECT_EQ(notes->value.at(0).content, "one\ntwo");
}

TEST(DecodedIds, AreExactOrLeftOut) {
  const struct {
    const char* name;
    std::string json;
    std::string id;
    bool noted;
  } rows[] = {
      {"plain", R"("Q1BASKET")", "Q1BASKET", false},
      {"blanks are its own", R"(" Q1 ")", " Q1 ", false},
      {"a direction mark is its own", R"("Q\u202e1")",
       "Q\xE2\x80\xAE"
       "1",
       false},
      {"letters of any script", "\"\xC3\xA9\"", "\xC3\xA9", false},
      {"a number", "4711", "4711", true},
      {"a control character", R"("Q\u0000")", "", true},
      {"a line break", R"("Q\n1")", "", true},
      {"2 KB", "\"" + std::string(2048, 'Q') + "\"", std::string(2048, 'Q'), false},
      {"above 2 KB", "\"" + std::string(2049, 'Q') + "\"", "", true},
  };
  for (const auto& row : rows) {
    const auto decoded = decode_incident("{\"incident\":{\"id\":" + row.json + "}}");
    ASSERT_TRUE(decoded.has_value()) << row.name;
    EXPECT_EQ(decoded->value.id, row.id) << row.name;
    EXPECT_EQ(decoded->diagnostics.size(), row.noted ? 1U : 0U) << row.name;
  }
}

TEST(DecodedNumbers, AreTakenFromTextAndNeverWrapAround) {
  const struct {
    const char* json;
    std::int64_t number;
    bool noted;
  } rows[] = {
      {"12", 12, false},
      {"12.0", 12, false},
      {"\"12\"", 12, true},
      {"\" 12 \"", 12, true},
      {"1e3", 1000, false},
      {"-1", -1, false},
      {"9223372036854775807", 9'223'372'036'854'775'807, false},
      {"9223372036854775808", 0, true},
      {"18446744073709551615", 0, true},
      {"1e18", 0, true},
      {"12.5", 0, true},
      {"\"\"", 0, true},
      {"\"12a\"", 0, true},
      {"\"true\"", 0, true},
      {"\"[12]\"", 0, true},
      {"\"0x12\"", 0, true},
      {"\"99999999999999999999999999999999999999\"", 0, true},
      {"true", 0, true},
  };
  for (const auto& row : rows) {
    const auto decoded =
        decode_incident("{\"incident\":{\"incident_number\":" + std::string(row.json) + "}}");
    ASSERT_TRUE(decoded.has_value()) << row.json;
    EXPECT_EQ(decoded->value.number, row.number) << row.json;
    EXPECT_EQ(decoded->diagnostics.size(), row.noted ? 1U : 0U) << row.json;
  }
}

TEST(DecodedWords, ThatAreUnknownAreNamed) {
  const auto decoded =
      decode_incident(R"({"incident":{"status":"paused\u202e","urgency":"unknown"}})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->value.status, IncidentStatus::kUnknown);
  EXPECT_EQ(decoded->value.urgency, Urgency::kUnknown);
  ASSERT_EQ(decoded->diagnostics.size(), 2U);
  EXPECT_EQ(decoded->diagnostics[0].path, "incident.status");
  EXPECT_TRUE(decoded->diagnostics[0].message.ends_with(": paused"))
      << decoded->diagnostics[0].message;
}

TEST(DecodedColours, AreSixHexDigitsOrNone) {
  const struct {
    const char* json;
    const char* color;
  } rows[] = {{"A8171C", "a8171c"}, {"#a8171c", ""}, {"red", ""},
              {"a8171", ""},        {"url(x)", ""},  {"a8171g", ""}};
  for (const auto& row : rows) {
    const Incident incident =
        incident_of(R"("priority":{"name":"P1","color":")" + std::string(row.json) + "\"}");
    ASSERT_TRUE(incident.priority.has_value()) << row.json;
    EXPECT_EQ(incident.priority->color, row.color) << row.json;
  }
}

}  // namespace
}  // namespace pd::pagerduty
