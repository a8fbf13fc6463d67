// Error bodies in every shape that was seen.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "pagerduty/decode.h"

namespace pd::pagerduty {
namespace {

using Texts = std::vector<std::string>;

TEST(DecodeApiError, ReadsEveryShape) {
  const struct {
    const char* name;
    const char* body;
    std::string message;
    std::optional<std::int64_t> code;
    Texts details;
  } rows[] = {
      {"as specified",
       R"({"error":{"message":"Invalid","code":2001,"errors":["a","b"]}})",
       "Invalid",
       2001,
       {"a", "b"}},
      {"errors as text",
       R"({"error":{"message":"Invalid","code":2001,"errors":"a"}})",
       "Invalid",
       2001,
       {"a"}},
      {"errors as a map of lists",
       R"({"error":{"message":"Invalid","errors":{"title":["is blank","is short"]}}})",
       "Invalid",
       {},
       {"title: is blank", "title: is short"}},
      {"errors as a map of texts",
       R"({"error":{"message":"Invalid","errors":{"title":"is blank"}}})",
       "Invalid",
       {},
       {"title: is blank"}},
      {"errors as objects",
       R"({"error":{"message":"Invalid","errors":[{"message":"is long"}]}})",
       "Invalid",
       {},
       {"is long"}},
      {"errors as objects with a field",
       R"({"error":{"message":"Invalid","errors":[{"field":"title","message":"is long"}]}})",
       "Invalid",
       {},
       {"is long"}},
      {"error as a map",
       R"({"error":{"title":"is long"}})",
       "title: is long",
       {},
       {"title: is long"}},
      {"the message as a list", R"({"error":{"message":["a","b"]}})", "a", {}, {"a", "b"}},
      {"errors as a number", R"({"error":{"message":"Invalid","errors":7}})", "Invalid", {}, {}},
      {"errors as null", R"({"error":{"message":"Invalid","errors":null}})", "Invalid", {}, {}},
      {"the code as text", R"({"error":{"message":"Invalid","code":"42"}})", "Invalid", 42, {}},
      {"no code", R"({"error":{"message":"Invalid"}})", "Invalid", {}, {}},
      {"no message: the first detail is it",
       R"({"error":{"errors":["a","b"]}})",
       "a",
       {},
       {"a", "b"}},
      {"error as text", R"({"error":"Use a user's key."})", "Use a user's key.", {}, {}},
      {"error as a list",
       R"({"error":["too many links","too long"]})",
       "too many links",
       {},
       {"too many links", "too long"}},
      {"error as an empty object", R"({"error":{}})", "", {}, {}},
      {"error as null", R"({"error":null})", "", {}, {}},
      {"error as a number", R"({"error":7})", "", {}, {}},
      {"an empty object", "{}", "", {}, {}},
      {"nothing", "", "", {}, {}},
      {"a list", R"(["a"])", "", {}, {}},
      {"a web page", "<html>Bad Gateway</html>", "", {}, {}},
      {"Events v2",
       R"({"status":"invalid event","message":"Event object is invalid","errors":["no source"]})",
       "Event object is invalid",
       {},
       {"no source"}},
      {"OAuth",
       R"({"error":"invalid_grant","error_description":"The code is used up."})",
       "The code is used up.",
       {},
       {}},
      {"OAuth without a description", R"({"error":"invalid_grant"})", "invalid_grant", {}, {}},
      {"a proxy",
       R"({"error":"Bad Gateway","message":"The upstream is gone."})",
       "The upstream is gone.",
       {},
       {}},
  };
  for (const auto& row : rows) {
    const ApiError error = decode_api_error(400, row.body);
    EXPECT_EQ(error.http_status, 400) << row.name;
    EXPECT_EQ(error.message, row.message) << row.name;
    EXPECT_EQ(error.code, row.code) << row.name;
    EXPECT_EQ(error.details, row.details) << row.name;
  }
}

TEST(DecodeApiError, NamesTheScopesThatA403Requires) {
  const struct {
    const char* name;
    const char* body;
    const char* scopes;
  } rows[] = {
      {"as text",
       R"({"error":{"message":"Access Denied","code":2010,"required_scopes":"incidents.write"}})",
       "incidents.write"},
      {"as a list",
       R"({"error":{"message":"Access Denied","required_scopes":["incidents.write","services.read"]}})",
       "incidents.write services.read"},
      {"beside nothing", R"({"required_scopes":["incidents.write"]})", "incidents.write"},
      {"none", R"({"error":{"message":"Access Denied"}})", ""},
      {"as a number", R"({"error":{"message":"Access Denied","required_scopes":7}})", ""},
  };
  for (const auto& row : rows)
    EXPECT_EQ(decode_api_error(403, row.body).required_scopes, row.scopes) << row.name;
}

TEST(DecodeApiError, IsShortAndFitForTheCard) {
  const std::string text = "no \xE2\x80\xAEgnp.exe\\u0000 " + std::string(5'000, 'x');
  std::string errors;
  for (int i = 0; i < 100; ++i) errors += (errors.empty() ? "\"" : ",\"") + text + "\"";
  const ApiError error = decode_api_error(
      400, "{\"error\":{\"message\":\"" + text + "\",\"errors\":[" + errors + "]}}");
  EXPECT_TRUE(error.message.starts_with("no gnp.exe xx"));
  EXPECT_LE(grapheme_count(error.message), 300U);
  EXPECT_EQ(error.details.size(), 20U);
  for (const std::string& detail : error.details) EXPECT_LE(grapheme_count(detail), 300U);
}

}  // namespace
}  // namespace pd::pagerduty
