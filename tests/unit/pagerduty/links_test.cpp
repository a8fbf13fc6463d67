#include "pagerduty/links.h"

#include <gtest/gtest.h>

#include <string>

namespace pd::pagerduty {
namespace {

struct Row {
  const char* name;
  std::string url;
  bool is_page, is_safe;
};

TEST(Links, AreHttpsOnPlainHosts) {
  const Row rows[] = {
      {"a page", "https://harborlane.pagerduty.com/incidents/Q1", true, true},
      {"of the EU", "https://harborlane.eu.pagerduty.com/incidents/Q1?a=b#c", true, true},
      {"the domain itself", "https://pagerduty.com", true, true},
      {"capitals", "HTTPS://Harborlane.PagerDuty.COM/incidents", true, true},
      {"a query at once", "https://app.pagerduty.com?x=1", true, true},
      {"another site", "https://git.example.com/checkout", false, true},
      {"PagerDuty as a sub-domain of another", "https://pagerduty.com.example.com/", false, true},
      {"PagerDuty as the end of a name", "https://notpagerduty.com/", false, true},
      {"PagerDuty with a hyphen", "https://x-pagerduty.com/", false, true},
      {"PagerDuty in the path", "https://example.com/pagerduty.com", false, true},
      {"PagerDuty in the fragment", "https://example.com#.pagerduty.com", false, true},
      {"PagerDuty in the query", "https://example.com?.pagerduty.com", false, true},
      {"http", "http://app.pagerduty.com/", false, false},
      {"a script", "javascript:alert(1)//https://app.pagerduty.com/", false, false},
      {"data", "data:text/html,x", false, false},
      {"no scheme", "//app.pagerduty.com/", false, false},
      {"no host", "https:///app.pagerduty.com/", false, false},
      {"one slash", "https:/app.pagerduty.com/", false, false},
      {"backslashes", "https:\\\\app.pagerduty.com\\", false, false},
      {"a backslash before the domain", "https://example.com\\.pagerduty.com/", false, false},
      {"user info", "https://app.pagerduty.com@example.com/", false, false},
      {"user info with a password", "https://a:b@app.pagerduty.com/", false, false},
      {"a port", "https://app.pagerduty.com:8443/", false, false},
      {"an encoded host", "https://example.com%2f.pagerduty.com/", false, false},
      {"a host of another script", "https://\xD0\xB0pp.pagerduty.com/", false, false},
      {"an address", "https://[::1]/", false, false},
      {"a bare name", "https://localhost/", false, false},
      {"an empty label", "https://app..pagerduty.com/", false, false},
      {"a dot in front", "https://.pagerduty.com/", false, false},
      {"a dot behind", "https://app.pagerduty.com./", false, false},
      {"a blank in front", " https://app.pagerduty.com/", false, false},
      {"a blank inside", "https://app.pagerduty.com/a b", false, false},
      {"a tab in the scheme", "ht\ttps://app.pagerduty.com/", false, false},
      {"a line break", "https://app.pagerduty.com/\nx", false, false},
      {"a zero byte", std::string("https://app.pagerduty.com/\0x", 28), false, false},
      {"markup", "https://app.pagerduty.com/\"><b>", false, false},
      {"an unencoded letter", "https://app.pagerduty.com/\xC3\xA9", false, false},
      {"only the scheme", "https://", false, false},
      {"nothing", "", false, false},
      {"2 KB", "https://app.pagerduty.com/" + std::string(2048 - 26, 'x'), true, true},
      {"above 2 KB", "https://app.pagerduty.com/" + std::string(2048 - 25, 'x'), false, false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(is_pagerduty_page(row.url), row.is_page) << row.name;
    EXPECT_EQ(is_safe_web_link(row.url), row.is_safe) << row.name;
  }
}

}  // namespace
}  // namespace pd::pagerduty
