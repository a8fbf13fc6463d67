// The addresses that an administrator gives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "card/page.h"

namespace pd::settings {

using card::Region;

// What a PagerDuty address says: "https://acme.eu.pagerduty.com/incidents" is subdomain "acme" in
// the region EU. `subdomain` is empty for addresses of nobody's ("https://app.pagerduty.com").
struct PagerDutyAddress {
  std::string subdomain;
  Region region = Region::kUs;
  bool operator==(const PagerDutyAddress&) const = default;
};
// Also without a scheme, with a path, a port or a query. Nothing: it is no address of PagerDuty's.
std::optional<PagerDutyAddress> read_address(std::string_view text);

// Letters, digits and hyphens, neither first nor last (RFC 1123), at most 63.
bool is_subdomain(std::string_view text);
// Something before and behind one "@", no blanks: what PagerDuty accepts it says itself.
bool is_email(std::string_view text);
// A path of this origin: "/pagerduty". Neither another host's ("//host") nor one with a query.
bool is_own_path(std::string_view text);
// https, or http on this machine, without a fragment: where somebody comes back to.
bool is_redirect_uri(std::string_view text);

}  // namespace pd::settings
