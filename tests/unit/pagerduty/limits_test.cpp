// Bodies that are no JSON, too much of it, or not what was promised.
#include <gtest/gtest.h>

#include <string>

#include "case_files.h"
#include "pagerduty/decode.h"

namespace pd::pagerduty {
namespace {

std::string nested(int levels) {
  // The list and its item are two levels, the object around them one.
  std::string body = R"({"incidents":[{"id":"Q1","custom":)";
  const auto inner = static_cast<std::size_t>(levels - 3);
  return body + std::string(inner, '[') + std::string(inner, ']') + "}]}";
}

std::string padded(std::size_t bytes) {
  std::string body = R"({"incidents":[{"id":"Q1"}],"padding":")";
  body.append(bytes - body.size() - 2, 'x');
  return body + "\"}";
}

TEST(DecodeLimits, RefuseWhatIsNoAnswer) {
  const struct {
    const char* name;
    std::string body;
    ErrorCode code;
    const char* says;
  } rows[] = {
      {"nothing", "", ErrorCode::kBadResponse, "not JSON"},
      {"blanks", " \n", ErrorCode::kBadResponse, "not JSON"},
      {"a web page", "\n<!DOCTYPE html><html><body>Sign in</body></html>", ErrorCode::kBadResponse,
       "web page"},
      {"a web page without doctype", "<HTML>502</HTML>", ErrorCode::kBadResponse, "web page"},
      {"cut off", R"({"incidents":[{"id":"Q1")", ErrorCode::kBadResponse, "cut off"},
      {"more than one value", R"({"incidents":[]}{})", ErrorCode::kBadResponse, "not JSON"},
      {"invalid UTF-8", "{\"incidents\":[{\"title\":\"\xC3\x28\"}]}", ErrorCode::kBadResponse,
       "not JSON"},
      {"a lone surrogate", R"({"incidents":[{"title":"\ud800"}]})", ErrorCode::kBadResponse,
       "not JSON"},
      {"a number beyond all", R"({"incidents":[{"incident_number":1e999}]})",
       ErrorCode::kBadResponse, "not JSON"},
      {"65 levels", nested(65), ErrorCode::kTooDeep, "64 levels"},
      {"a million brackets", std::string(1'000'000, '['), ErrorCode::kTooDeep, "64 levels"},
      {"a byte above 4 MB", padded(kMaxBodyBytes + 1), ErrorCode::kTooLarge, "4 MB"},
      {"another operation's", R"({"services":[]})", ErrorCode::kBadResponse, "\"incidents\""},
      {"a list", "[]", ErrorCode::kBadResponse, "\"incidents\""},
      {"text", "\"incidents\"", ErrorCode::kBadResponse, "\"incidents\""},
      {"text for a list", R"({"incidents":"none"})", ErrorCode::kBadResponse,
       "is text, not a list"},
  };
  for (const auto& row : rows) {
    const auto decoded = decode_incidents(row.body);
    ASSERT_FALSE(decoded.has_value()) << row.name;
    EXPECT_EQ(decoded.error().code, row.code) << row.name;
    EXPECT_TRUE(decoded.error().message.contains(row.says))
        << row.name << ": " << decoded.error().message;
  }
}

TEST(DecodeLimits, TakeWhatIsJustWithin) {
  const struct {
    const char* name;
    std::string body;
  } rows[] = {
      {"64 levels", nested(64)},
      {"4 MB", padded(kMaxBodyBytes)},
      {"brackets in text",
       R"({"incidents":[{"id":"Q1","title":")" + std::string(200, '[') + R"(\" {{{"}]})"},
      {"a byte order mark", "\xEF\xBB\xBF{\"incidents\":[{\"id\":\"Q1\"}]}"},
      {"a member twice", R"({"incidents":[{"id":"Q0","id":"Q1"}]})"},
  };
  for (const auto& row : rows) {
    const auto decoded = decode_incidents(row.body);
    ASSERT_TRUE(decoded.has_value()) << row.name << ": " << decoded.error().message;
    ASSERT_EQ(decoded->value.items.size(), 1U) << row.name;
    EXPECT_EQ(decoded->value.items[0].id, "Q1") << row.name;
  }
}

TEST(DecodeToJson, FindsTheOperationHoweverItIsWritten) {
  for (const char* name : {"GET /incidents", " get  /incidents ", "GET /incidents?limit=5",
                           "GET /incidents/", "GET https://api.pagerduty.com/incidents",
                           "GET https://api.eu.pagerduty.com/incidents?x=https://y"}) {
    EXPECT_TRUE(decode_to_json(name, R"({"incidents":[]})").has_value()) << name;
  }
  EXPECT_TRUE(decode_to_json("POST events/v2/enqueue", R"({"status":"success"})")
                  ->contains("\"status\":\"success\""));
}

TEST(DecodeToJson, TellsAnAcceptedEventFromARefusedOne) {
  const struct {
    const char* body;
    const char* start;
  } rows[] = {
      {R"({"status":"success","message":"Event processed","dedup_key":"k"})",
       "{\"model\":{\"status\""},
      {R"({"status":"success","errors":[],"dedup_key":"k"})", "{\"model\":{\"status\""},
      {R"({"status":"success","errors":null,"dedup_key":"k"})", "{\"model\":{\"status\""},
      {R"({"status":"invalid event","message":"no","errors":["x"]})", "{\"error\""},
      {R"({"status":"invalid event","message":"no","errors":"x"})", "{\"error\""},
      {"{}", "{\"error\""},
  };
  for (const auto& row : rows) {
    const auto decoded = decode_to_json("POST /v2/enqueue", row.body);
    ASSERT_TRUE(decoded.has_value()) << row.body;
    EXPECT_TRUE(decoded->starts_with(row.start)) << row.body << ": " << *decoded;
  }
}

TEST(DecodeToJson, RefusesAnUnknownOperation) {
  for (const char* name :
       {"", "incidents", "GET", "GET /", "GET /incident", "DELETE /incidents",
        "GET /incidents/Q1/notes/x", "errors", "GET https://api.pagerduty.com"}) {
    const auto decoded = decode_to_json(name, "{}");
    ASSERT_FALSE(decoded.has_value()) << name;
    EXPECT_EQ(decoded.error().code, ErrorCode::kBadArgument) << name;
  }
}

TEST(DecodeToJson, PrintsNoToken) {
  const auto decoded = decode_to_json("POST /oauth/token", body_of("post-oauth-token/whole"));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_FALSE(decoded->contains("of-nobody"));
  EXPECT_TRUE(decoded->contains("\"has_access_token\":true"));
}

}  // namespace
}  // namespace pd::pagerduty
