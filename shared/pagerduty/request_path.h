// How a path with a query is built: here, and for the test of a connection (shared/settings).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "pagerduty/requests.h"

namespace pd::pagerduty {

// Percent-encodes all but RFC 3986's unreserved characters.
inline void append_encoded(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4U];
      out += kHex[byte & 0xFU];
    }
  }
}

// Builds a path with query, encoding as it goes. An id cannot leave its segment: a slash is
// encoded, and what a browser would resolve ("..", ".", nothing; WHATWG URL, "path state") becomes
// "_", which is nobody's id: the API then answers 404, as for any wrong one.
class Path {
 public:
  explicit Path(std::string_view start) : text_(start) {}
  Path& segment(std::string_view name) {
    text_ += '/';
    append_encoded(text_, name.empty() || name == "." || name == ".." ? "_" : name);
    return *this;
  }
  Path& with(std::string_view name, std::string_view value) {
    text_ += has_query_ ? '&' : '?';
    has_query_ = true;
    append_encoded(text_, name);
    text_ += '=';
    append_encoded(text_, value);
    return *this;
  }
  Path& with_all(std::string_view name, std::span<const std::string> values) {
    for (const std::string& value : values) with(name, value);
    return *this;
  }
  Path& with_page(const PageQuery& page) {
    with("limit", std::to_string(page.limit));
    if (page.offset > 0) with("offset", std::to_string(page.offset));
    if (page.total) with("total", "true");
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool has_query_ = false;
};

inline Request get(Path& path) { return {Api::kRest, "GET", path.take(), {}, false}; }
inline Request write(std::string_view method, Path& path, JsonWriter& json,
                     bool needs_from = true) {
  return {Api::kRest, std::string(method), path.take(), json.take(), needs_from};
}

inline void write_reference(JsonWriter& json, std::string_view name, std::string_view id,
                            std::string_view type) {
  json.key(name).begin_object().member("id", id).member("type", type).end_object();
}

}  // namespace pd::pagerduty
