#include "settings/address.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace pd::settings {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_printable(char c) { return c > ' ' && c < 0x7F; }

// "https://Acme.pagerduty.com:443/incidents?x" -> "acme.pagerduty.com"
std::string host_of(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (to_lower_ascii(text.substr(0, scheme.size())) == scheme) text.remove_prefix(scheme.size());
  }
  text = text.substr(0, text.find_first_of("/?#:"));
  if (text.ends_with('.')) text.remove_suffix(1);
  return to_lower_ascii(text);
}

// PagerDuty's own, which are nobody's subdomain.
constexpr std::array<std::string_view, 9> kServiceHosts{
    "www", "app", "api", "events", "identity", "support", "developer", "status", "community"};

}  // namespace

std::optional<PagerDutyAddress> read_address(std::string_view text) {
  constexpr std::string_view kDomain = ".pagerduty.com";
  constexpr std::string_view kEu = ".eu";
  // "user@host" would be another host than the one that is read.
  const std::string host = text.find('@') == std::string_view::npos ? host_of(trim(text)) : "";
  if (host == kDomain.substr(1)) return PagerDutyAddress{};
  if (!host.ends_with(kDomain)) return std::nullopt;
  std::string_view name(host);
  name.remove_suffix(kDomain.size());
  PagerDutyAddress address;
  if (name == kEu.substr(1)) return PagerDutyAddress{"", Region::kEu};
  if (name.ends_with(kEu)) {
    address.region = Region::kEu;
    name.remove_suffix(kEu.size());
  }
  if (!is_subdomain(name)) return std::nullopt;
  const bool is_service = std::ranges::find(kServiceHosts, name) != kServiceHosts.end();
  if (!is_service) address.subdomain = name;
  return address;
}

bool is_subdomain(std::string_view text) {
  constexpr std::size_t kMost = 63;
  return !text.empty() && text.size() <= kMost && text.front() != '-' && text.back() != '-' &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_email(std::string_view text) {
  constexpr std::size_t kMost = 254;
  const std::size_t at = text.find('@');
  return text.size() <= kMost && at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         std::ranges::all_of(text, is_printable);
}

bool is_own_path(std::string_view text) {
  constexpr std::size_t kMost = 200;
  return text.size() > 1 && text.size() <= kMost && text.front() == '/' && text[1] != '/' &&
         text.find_first_of("?#\\") == std::string_view::npos &&
         std::ranges::all_of(text, is_printable);
}

bool is_redirect_uri(std::string_view text) {
  constexpr std::size_t kMost = 2000;
  if (text.size() > kMost || text.find_first_of("#@\\") != std::string_view::npos ||
      !std::ranges::all_of(text, is_printable)) {
    return false;
  }
  const std::string lower = to_lower_ascii(text);
  const std::string host = host_of(lower);
  const bool is_here = host == "localhost" || host.starts_with("127.");
  return !host.empty() &&
         (lower.starts_with("https://") || (lower.starts_with("http://") && is_here));
}

}  // namespace pd::settings
