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

// ---- Another language ----

// A formatter that says what it was asked.
class Echo final : public Formatter {
 public:
  std::string length(std::string_view lang, std::int64_t amount, Unit) const override {
    return std::string(lang) + " " + std::to_string(amount);
  }
  std::string age(std::string_view lang, std::int64_t amount, Unit unit) const override {
    return "vor " + length(lang, amount, unit);
  }
  std::string moment(std::string_view, Time, MomentStyle style, const TimeZone&) const override {
    return "style " + std::to_string(static_cast<int>(style));
  }
  std::string clock_in(std::string_view, Time, std::string_view name) const override {
    return std::string(name);
  }
  std::string number(std::string_view, double value) const override {
    return std::to_string(static_cast<int>(value)) + "!";
  }
  std::string percent(std::string_view, double) const override { return "%"; }
  std::string list(std::string_view, const std::vector<std::string>& items) const override {
    std::string text;
    for (const std::string& item : items) text += "[" + item + "]";
    return text;
  }
  Plural plural(std::string_view, double number) const override {
    return number < 5 ? Plural::kFew : Plural::kMany;
  }
};

TextTable table_with(std::initializer_list<std::pair<std::size_t, const char*>> texts) {
  TextTable table(text_count());
  for (const auto& [place, text] : texts) table[place] = text;
  return table;
}
std::size_t place_of(Text text, Plural category = Plural::kZero) {
  return index_of(text) + static_cast<std::size_t>(category);
}

TEST(Language, SaysInEnglishWhatItsTableLacks) {
  const TextTable german = table_with({{place_of(texts::kRetry), "Erneut versuchen"}});
  const Language language("de", &german);
  EXPECT_EQ(language.text_of(texts::kRetry), "Erneut versuchen");
  EXPECT_EQ(language.text_of(texts::kDismiss), "Dismiss");
  const TextTable short_one{"PagerDuty: {0}"};
  EXPECT_EQ(Language("de", &short_one).text_of(texts::kDismiss), "Dismiss");
}

TEST(Language, ChoosesThePluralFormByTheFormattersRule) {
  const Echo echo;
  const TextTable table =
      table_with({{place_of(texts::kSaidManyNew, Plural::kFew), "few {0}"},
                  {place_of(texts::kSaidManyNew, Plural::kOther), "other {0}"}});
  const Language language("pl", &table, echo);
  EXPECT_EQ(language.count(texts::kSaidManyNew, 2), "few 2!");
  EXPECT_EQ(language.count(texts::kSaidManyNew, 5), "other 5!") << "a form that is not there";
  EXPECT_EQ(kEnglish.count(texts::kSaidManyNew, 1), "1 new incident.");
  EXPECT_EQ(kEnglish.count(texts::kSaidManyNew, 2), "2 new incidents.");
}

TEST(Language, AsksTheFormatterInItsOwnTag) {
  const Echo echo;
  const Language language("de-AT", nullptr, echo);
  EXPECT_EQ(language.age(kNow - minutes{5}, kNow), "vor de-AT 5");
  EXPECT_EQ(language.length(hours{3}), "de-AT 3");
  EXPECT_EQ(language.moment(kNow + days{2}, kNow, {}), "style 1");
  EXPECT_EQ(language.names({"Ana", "Bo", "Cleo", "Dan"}), "[Ana][Bo][2! more]");
}

TEST(Language, WordsErrorsByTheirPlaceTheirPartsAndTheirValues) {
  const TextTable german = table_with({
      {place_of(texts::kYamlInvalid), "Kein gültiges YAML ({0}); {1}."},
      {place_of(texts::kYamlOpenQuote), "ein Anführungszeichen fehlt"},
      {place_of(texts::kLine), "Zeile {0}"},
  });
  const Language language("de", &german);
  const Wording wording(texts::kYamlInvalid, {"end of file"}, {texts::kYamlOpenQuote});
  const Error placed = make_error(ErrorCode::kSyntax, wording, Where{"", 8, 5, {}});
  EXPECT_EQ(placed.message, "line 8:5: not valid YAML (end of file); a closing quote is missing.");
  EXPECT_EQ(kEnglish.text_of(placed), placed.message);
  EXPECT_EQ(language.text_of(placed),
            "Zeile 8:5: Kein gültiges YAML (end of file); ein Anführungszeichen fehlt.");
  const Error unworded{ErrorCode::kNetwork, "As it is.", std::nullopt, std::nullopt};
  EXPECT_EQ(language.text_of(unworded), "As it is.");
}

}  // namespace
}  // namespace pd::card
