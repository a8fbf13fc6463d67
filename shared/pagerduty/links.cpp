#include "pagerduty/links.h"

#include <algorithm>

#include "base/text.h"

namespace pd::pagerduty {
namespace {

constexpr std::string_view kScheme = "https://";
constexpr std::string_view kDomain = "pagerduty.com";
constexpr std::size_t kMaxUrlBytes = 2048;

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.';
}

// What a browser would repair or read in another way than we do has no place in a link.
bool is_plain(char c) {
  return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
         c != '\\' && c != '"' && c != '<' && c != '>' && c != '`';
}

// The host, lower-cased; empty when the URL is not a plain https one.
std::string host_of(std::string_view url) {
  if (url.size() > kMaxUrlBytes || !std::ranges::all_of(url, is_plain)) return {};
  if (to_lower_ascii(url.substr(0, kScheme.size())) != kScheme) return {};
  const std::string_view rest = url.substr(kScheme.size());
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const bool good = !host.empty() && std::ranges::all_of(host, is_host_character) &&
                    host.front() != '.' && host.front() != '-' && host.back() != '.' &&
                    host.find("..") == std::string_view::npos;
  return good ? to_lower_ascii(host) : std::string();
}

}  // namespace

bool is_pagerduty_page(std::string_view url) {
  const std::string host = host_of(url);
  return host == kDomain || host.ends_with("." + std::string(kDomain));
}

bool is_safe_web_link(std::string_view url) { return host_of(url).find('.') != std::string::npos; }

}  // namespace pd::pagerduty
