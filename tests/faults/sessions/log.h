// What happened, line by line, for a person who replays a session. Costs nothing unless it is
// wanted.
#pragma once

#include <concepts>
#include <cstdio>
#include <string>
#include <string_view>

#include "base/time.h"

namespace pd::sessions {

inline constexpr Time kStart = time_from_ms(1'777'885'200'000);  // 2026-05-04T09:00:00Z

class Log {
 public:
  explicit Log(bool is_wanted) : is_wanted_(is_wanted) {}

  bool is_wanted() const { return is_wanted_; }
  template <typename... Parts>
  void note(Time now, const Parts&... parts) {
    if (!is_wanted_) return;
    char time[32];
    const long long ms = (now - kStart).count();
    std::snprintf(time, sizeof time, "%8lld.%03lld  ", ms / 1000, ms % 1000);
    text_ += time;
    (append(parts), ...);
    text_ += '\n';
  }
  const std::string& text() const { return text_; }

 private:
  void append(std::string_view part) { text_ += part; }
  template <std::integral Number>
  void append(Number number) {
    text_ += std::to_string(number);
  }

  bool is_wanted_;
  std::string text_;
};

}  // namespace pd::sessions
