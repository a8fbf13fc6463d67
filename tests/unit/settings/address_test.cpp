#include "settings/address.h"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

namespace pd::settings {
namespace {

TEST(Address, ReadsSubdomainAndRegionFromWhatPeoplePaste) {
  struct Case {
    std::string_view text;
    std::optional<PagerDutyAddress> expected;
  };
  const Case cases[] = {
      {"https://acme.pagerduty.com", {{"acme", Region::kUs}}},
      {"https://acme.eu.pagerduty.com/incidents?status=open#top", {{"acme", Region::kEu}}},
      {"  HTTPS://Acme-Ops.EU.PagerDuty.com:443/  ", {{"acme-ops", Region::kEu}}},
      {"acme.pagerduty.com.", {{"acme", Region::kUs}}},
      {"https://app.eu.pagerduty.com", {{"", Region::kEu}}},
      {"https://api.pagerduty.com/services", {{"", Region::kUs}}},
      {"pagerduty.com", {{"", Region::kUs}}},
      {"eu.pagerduty.com", {{"", Region::kEu}}},
      {"acme", std::nullopt},
      {"", std::nullopt},
      {"https://acme.pagerduty.com.example.com", std::nullopt},
      {"https://evilpagerduty.com", std::nullopt},
      {"https://acme@evil.example/.pagerduty.com", std::nullopt},
      {"https://acme.pagerduty.com@evil.example", std::nullopt},
      {"https://a.b.pagerduty.com", std::nullopt},
      {"https://-acme.pagerduty.com", std::nullopt},
      {"https://example.com/?x=.pagerduty.com", std::nullopt},
  };
  for (const Case& c : cases) EXPECT_EQ(read_address(c.text), c.expected) << c.text;
}

TEST(Address, ChecksWhatIsFilledIn) {
  struct Case {
    bool (*is)(std::string_view);
    std::string_view text;
    bool expected;
  };
  const Case cases[] = {
      {is_subdomain, "acme-2", true},
      {is_subdomain, "acme.eu", false},
      {is_subdomain, "acme-", false},
      {is_subdomain, "", false},
      {is_email, "bot@example.com", true},
      {is_email, "bot", false},
      {is_email, "@example.com", false},
      {is_email, "bot@", false},
      {is_email, "a@b@c", false},
      {is_email, "a b@example.com", false},
      {is_own_path, "/pagerduty", true},
      {is_own_path, "pagerduty", false},
      {is_own_path, "//evil.example", false},
      {is_own_path, "/\\evil.example", false},
      {is_own_path, "/pagerduty?x", false},
      {is_own_path, "/", false},
      {is_own_path, "https://evil.example", false},
      {is_redirect_uri, "https://portal.example.com/oauth-callback.html", true},
      {is_redirect_uri, "http://localhost:8420/oauth-callback.html", true},
      {is_redirect_uri, "http://127.0.0.1/oauth-callback.html", true},
      {is_redirect_uri, "http://portal.example.com/oauth-callback.html", false},
      {is_redirect_uri, "https://portal.example.com/#x", false},
      {is_redirect_uri, "https://", false},
      {is_redirect_uri, "javascript:alert(1)", false},
  };
  for (const Case& c : cases) EXPECT_EQ(c.is(c.text), c.expected) << c.text;
}

}  // namespace
}  // namespace pd::settings
