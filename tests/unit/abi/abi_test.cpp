#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "abi/messages.h"
#include "paint/paint.h"
#include "places.h"

namespace pd::abi {
namespace {

class Abi : public testing::Test {
 protected:
  void SetUp() override {
    source_ = paint::make_test_font_source();
    if (!source_) GTEST_SKIP() << "skipped: the test fonts (./run setup sources)";
    app_ = std::make_unique<app::App>(*source_, 1);
  }
  Result<void> send(std::string_view header, std::string_view body = {}) {
    return deliver(*app_, header, body, now_);
  }
  void open() {
    ASSERT_TRUE(send(
        R"({"type":"card.open","now":1760000000000,"card":1,"config":{"expectsEntity":true}})"));
    ASSERT_TRUE(
        send(R"({"type":"card.viewport","now":1760000000000,"card":1,"widthCssPx":480,"dpr":1})"));
  }

  std::unique_ptr<text::TextSource> source_;
  std::unique_ptr<app::App> app_;
  Time now_{};
};

struct Sent {
  const char* type;
  const char* header;
};
// One of each message of web/src/runtime/messages.ts.
const Sent kMessages[] = {
    {"card.open",
     R"({"card":1,"config":{"serviceId":"PABC123","sections":["incidents","oncall"],"layout":"compact",
      "refreshS":15,"lang":"en","timeZone":"Europe/Warsaw","timeZoneRules":[[0,60],[1760000000000,120]]}})"},
    {"card.configure", R"({"card":1,"config":{"readOnly":true}})"},
    {"card.entity", R"({"card":1,"source":"catalog-info.yaml"})"},
    {"card.entity-failed",
     R"({"card":1,"reason":"status","address":"https://portal.example.com/c.yaml","status":404})"},
    {"card.visible", R"({"card":1,"visible":true})"},
    {"card.viewport",
     R"({"card":1,"widthCssPx":480,"maxHeightCssPx":0,"dpr":2,"reducedMotion":true})"},
    {"card.style",
     R"({"card":1,"dark":true,"fontFamily":"Inter","monoFamily":"monospace","fontSizeCssPx":15,
      "radiusCssPx":4,"colors":{"accent":4278190335,"no-such-token":1}})"},
    {"card.pointer", R"({"card":1,"x":10.5,"y":20,"down":true})"},
    {"card.focus", R"({"card":1,"node":"field:title"})"},
    {"card.scroll", R"({"card":1,"node":"section:incidents:list","topCssPx":40})"},
    {"card.activate", R"({"card":1,"node":"action:refresh"})"},
    {"card.input", R"({"card":1,"node":"field:title","value":"Disk full"})"},
    {"card.refresh", R"({"card":1})"},
    {"card.part", R"({"card":1,"missing":true})"},
    {"card.verdict", R"({"card":1,"ticket":1,"allowed":false})"},
    {"account", R"({"account":"","region":"eu","connected":true,"mayWrite":true})"},
    {"response",
     R"({"request":1,"status":200,"retryAfterS":3,"serverDateMs":1760000000000,"ageS":300})"},
    {"failure", R"({"request":1,"reason":"blocked-by-cors","origin":"https://api.pagerduty.com"})"},
    {"page.visible", R"({"visible":true})"},
    {"page.online", R"({"online":false})"},
    {"account.tab", R"({"account":"","role":"leader","company":true,"keeps":false})"},
    {"heard.wants",
     R"({"account":"","tab":"t1","leads":false,"refreshMs":30000,"wants":[["incidents","PABC123",0],
      ["service","PABC123",1760000000000],["no-such-kind","P1",0],["service"],7]})"},
    {"heard.answer",
     R"({"account":"","kept":false,"kind":"incidents","id":"PABC123","askedAt":1759999999000,
      "fetchedAt":1760000000000,"truncated":false,"code":"rate-limited","message":"Slow down.",
      "retryAt":1760000050000})"},
    {"journal.found", R"({"account":""})"},
    {"language", R"({"language":"de"})"},
    {"fonts.changed", R"({})"},
    {"tick", R"({})"},
    {"card.close", R"({"card":1})"},
    {"settings.open",
     R"({"card":2,"texts":["Connection"],"redirectUri":"https://portal.example.com/c",
      "managed":false,"canRemember":true,"remembers":false,"set":[["","PAGERDUTY_TOKEN"],["x"],7]})"},
    {"settings.texts", R"({"card":2,"texts":["Verbindung",3]})"},
    {"settings.input", R"({"card":2,"node":"field:address","value":"https://acme.pagerduty.com"})"},
    {"settings.activate", R"({"card":2,"node":"action:test"})"},
    {"settings.answer", R"({"card":2,"test":1,"probe":0,"status":200,"clockAheadMs":60000})"},
    {"settings.failure", R"({"card":2,"test":1,"probe":3,"reason":"timeout","detail":"x"})"},
    {"settings.secret",
     R"({"card":2,"account":"","secret":"PD_CLIENT_ID","set":false,"problem":"odd"})"},
    {"settings.load", R"({"card":2,"kept":false})"},
    {"settings.saved", R"({"card":2,"ok":true,"why":""})"},
    {"settings.applied", R"({"card":2,"ok":false,"why":"no"})"},
};

std::string header_of(const Sent& sent) {
  std::string header = sent.header;
  const std::string start = R"({"type":")" + std::string(sent.type) + R"(","now":1760000000000)";
  return start + (header == "{}" ? "" : ",") + header.substr(1);
}

TEST_F(Abi, DeliversEveryMessage) {
  for (const Sent& sent : kMessages) {
    const auto done = send(header_of(sent), "{}");
    EXPECT_TRUE(done) << sent.type << ": " << (done ? "" : done.error().message);
    EXPECT_EQ(to_ms(now_), 1'760'000'000'000) << sent.type;
    app_->frame(1, now_);
  }
}

TEST_F(Abi, KnowsTheMessagesThatThePageMaySend) {
  std::ifstream file(source_dir() / "web/src/runtime/messages.ts");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto from = text.find("export type Message =");
  const std::string messages = text.substr(from, text.find("export type FailureReason") - from);
  std::set<std::string> declared;
  const std::string_view key = "type: '";
  for (std::size_t at = 0; (at = messages.find(key, at)) != std::string::npos;) {
    at += key.size();
    declared.insert(messages.substr(at, messages.find('\'', at) - at));
  }
  std::set<std::string> tested;
  for (const Sent& sent : kMessages) tested.insert(sent.type);
  EXPECT_EQ(declared, tested);
}

TEST_F(Abi, RefusesWhatIsNoMessage) {
  struct Case {
    const char* name;
    const char* header;
    ErrorCode code;
  };
  const Case cases[] = {
      {"nothing", "", ErrorCode::kSyntax},
      {"no JSON", "{\"type\":", ErrorCode::kSyntax},
      {"an array", "[]", ErrorCode::kSyntax},
      {"a number", "17", ErrorCode::kSyntax},
      {"no type", "{}", ErrorCode::kBadArgument},
      {"a type that is no text", R"({"type":7})", ErrorCode::kBadArgument},
      {"an unknown type", R"({"type":"card.explode"})", ErrorCode::kBadArgument},
      {"a type's beginning", R"({"type":"card"})", ErrorCode::kBadArgument},
      {"bytes that are no UTF-8", "{\"type\":\"\xFF\"}", ErrorCode::kSyntax},
  };
  for (const Case& c : cases) {
    const auto done = send(c.header);
    ASSERT_FALSE(done) << c.name;
    EXPECT_EQ(done.error().code, c.code) << c.name;
  }
  const auto unknown = send(R"({"type":"card.explode"})");
  EXPECT_NE(unknown.error().message.find("card.explode"), std::string::npos);
}

TEST_F(Abi, StaysDefinedForHostileNumbers) {
  const char* const numbers[] = {"1e308",
                                 "-1e308",
                                 "1e9",
                                 "-1",
                                 "0",
                                 "9007199254740993",
                                 "18446744073709551615",
                                 "-9223372036854775808",
                                 "4294967296",
                                 "1e-320",
                                 "0.1",
                                 "\"NaN\"",
                                 "null",
                                 "[]",
                                 "{}",
                                 "true"};
  open();
  for (const std::string number : numbers) {
    const std::string headers[] = {
        R"({"type":"tick","now":)" + number + "}",
        R"({"type":"card.pointer","card":1,"x":)" + number + R"(,"y":)" + number + "}",
        R"({"type":"card.scroll","card":1,"node":"card:body","topCssPx":)" + number + "}",
        R"({"type":"card.viewport","card":1,"widthCssPx":)" + number + R"(,"dpr":1})",
        R"({"type":"card.viewport","card":1,"widthCssPx":300,"dpr":)" + number + "}",
        R"({"type":"card.viewport","card":1,"widthCssPx":300,"dpr":1,"maxHeightCssPx":)" + number +
            "}",
        R"({"type":"card.style","card":1,"fontSizeCssPx":)" + number + R"(,"radiusCssPx":)" +
            number + R"(,"colors":{"accent":)" + number + "}}",
        R"({"type":"card.verdict","card":1,"ticket":)" + number + "}",
        R"({"type":"response","request":)" + number + R"(,"status":)" + number +
            R"(,"retryAfterS":)" + number + R"(,"rateLimitResetS":)" + number + "}",
        R"({"type":"card.close","card":)" +
            (number == "true"  ? "2"
             : number == "0.1" ? "3"
                               : number) +
            "}",
        R"({"type":"card.configure","card":1,"config":{"refreshS":)" + number +
            R"(,"timeZoneRules":[[)" + number + "," + number + "]," + number + "]}}",
        R"({"type":"card.configure","card":1,"config":)" + number + "}",
        R"({"type":"card.configure","card":1,"config":{"sections":)" + number + "}}",
    };
    for (const std::string& header : headers) {
      EXPECT_TRUE(send(header)) << header;
      const app::Frame frame = app_->frame(1, now_);
      EXPECT_LE(static_cast<std::size_t>(frame.surface.width) *
                    static_cast<std::size_t>(frame.surface.height),
                16U * 1024 * 1024)
          << header;
      app_->take_effects(now_);
    }
  }
}

TEST(TimeOf, TakesWhatJavaScriptCallsATimeAndNothingElse) {
  EXPECT_EQ(to_ms(time_of(1'760'000'000'123.0)), 1'760'000'000'123);
  EXPECT_EQ(to_ms(time_of(-5)), -5);
  for (const double odd : {1e300, -1e300, std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(time_of(odd), Time{}) << odd;
  }
}

TEST_F(Abi, WritesEffectsAsJsonInTheirOrder) {
  EXPECT_EQ(take_effects(*app_, now_), "[]");
  ASSERT_TRUE(send(
      R"({"type":"account","now":1760000000000,"account":"","region":"us","connected":true,"mayWrite":true})"));
  ASSERT_TRUE(send(R"({"type":"page.visible","now":1760000000000,"visible":true})"));
  ASSERT_TRUE(send(R"({"type":"page.online","now":1760000000000,"online":true})"));
  open();
  ASSERT_TRUE(send(R"({"type":"card.visible","now":1760000000000,"card":1,"visible":true})"));
  ASSERT_TRUE(send(
      R"({"type":"card.entity","now":1760000000000,"card":1,"source":"a.yaml"})",
      "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n  annotations:\n"
      "    pagerduty.com/service-id: PABC123\n"));
  const std::string effects = take_effects(*app_, now_);
  EXPECT_NE(effects.find(R"({"type":"changed","card":1})"), std::string::npos) << effects;
  EXPECT_NE(effects.find(R"("type":"request","request":)"), std::string::npos) << effects;
  EXPECT_NE(effects.find(R"("api":"rest","method":"GET","path":"/)"), std::string::npos) << effects;
  EXPECT_EQ(effects.front(), '[');
  EXPECT_EQ(effects.back(), ']');
}

TEST_F(Abi, CountsOneErrorOfAnEntityThatIsNone) {
  open();
  ASSERT_TRUE(
      send(R"({"type":"card.entity","now":1760000000000,"card":1,"source":"a.yaml"})", "a: [1"));
  const std::string effects = take_effects(*app_, now_);
  EXPECT_NE(effects.find(R"("type":"failed","card":1,"section":"")"), std::string::npos) << effects;
}

}  // namespace
}  // namespace pd::abi
