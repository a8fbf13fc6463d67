#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "settings/settings.h"

namespace pd::settings {
namespace {

Settings example() {
  Settings settings;
  settings.accounts.clear();
  Account main;
  main.subdomain = "acme";
  main.region = Region::kEu;
  main.from = "bot@example.com";
  Account portal;
  portal.name = "portal";
  portal.auth = AuthType::kProxy;
  portal.api_base = "/pagerduty";
  portal.events_base = "/pagerduty-events";
  Account people;
  people.name = "people";
  people.auth = AuthType::kSignIn;
  people.client_id = "client-1";
  people.redirect_uri = "https://portal.example.com/oauth-callback.html";
  settings.accounts = {main, portal, people};
  settings.default_account = "portal";
  return settings;
}

TEST(SettingsFile, ReadsWhatItWrote) {
  const auto read = read_settings(write_settings(example()));
  ASSERT_TRUE(read) << say(english_texts(), read.error());
  EXPECT_EQ(*read, example());
}

std::string with_account(std::string_view members) {
  return R"({"pagerdutyCardSettings":1,"accounts":[{"name":"a"},{"name":"b",)" +
         std::string(members) + "}]}";
}

TEST(SettingsFile, SaysWhatIsWrongAndWhere) {
  struct Case {
    std::string text;
    std::string_view expected;
  };
  const Case cases[] = {
      {"", "It is no JSON."},
      {"{", "It is no JSON."},
      {"[]", "It is no settings file of this page: \"pagerdutyCardSettings\" has to be 1."},
      {R"({"accounts":[{}]})",
       "It is no settings file of this page: \"pagerdutyCardSettings\" has to be 1."},
      {R"({"pagerdutyCardSettings":1})", "accounts has to be a list with an account in it."},
      {R"({"pagerdutyCardSettings":1,"accounts":[]})",
       "accounts has to be a list with an account in it."},
      {R"({"pagerdutyCardSettings":1,"accounts":[3]})", "accounts[0] has to be an object."},
      {with_account(R"("region":"de")"), "accounts[1].region is none of: us, eu."},
      {with_account(R"("auth":"saml")"),
       "accounts[1].auth is none of: token, oauth, proxy, sign-in."},
      {with_account(R"("subdomain":7)"),
       "accounts[1].subdomain has to be a text of at most 16000 bytes."},
      {with_account(R"("name":"a")"), "accounts[1].name is the name of another account, too."},
      {with_account(R"("auth":"proxy","apiBase":"https://evil.example")"),
       "accounts[1].apiBase has to be a path of this site, such as /pagerduty."},
      {std::string(70'000, ' '), "It is larger than 65536 bytes."},
  };
  for (const Case& c : cases) {
    const auto read = read_settings(c.text);
    ASSERT_FALSE(read) << c.text;
    EXPECT_EQ(say(english_texts(), read.error()), c.expected) << c.text;
  }
}

TEST(SettingsFile, RefusesSecretsAndDoesNotRepeatThem) {
  for (const std::string_view name :
       {"token", "apiToken", "PAGERDUTY_TOKEN", "client_secret", "clientSecret", "PD_CLIENT_SECRET",
        "api-key", "password", "Authorization"}) {
    const auto read = read_settings(with_account("\"" + std::string(name) + "\":\"hush\""));
    ASSERT_FALSE(read) << name;
    const std::string said = say(english_texts(), read.error());
    EXPECT_NE(said.find("accounts[1]." + std::string(name)), std::string::npos) << said;
    EXPECT_EQ(said.find("hush"), std::string::npos) << said;
  }
}

TEST(SettingsFile, TakesTheFirstAccountWhereTheDefaultIsNobody) {
  const auto read = read_settings(
      R"({"pagerdutyCardSettings":1,"defaultAccount":"gone","accounts":[{"name":"a"},{"name":"b"}]})");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->default_account, "a");
}

}  // namespace
}  // namespace pd::settings
