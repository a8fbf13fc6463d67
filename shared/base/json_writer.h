// Writes JSON text without building a tree first. What the card sends to the page each frame goes
// through here, so it is small and quick; reading JSON is nlohmann/json's work, inside the
// decoders.
//
//   pd::JsonWriter json;
//   json.begin_object().key("id").value("P1").key("open").value(3).end_object();
//   json.text();  // {"id":"P1","open":3}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace pd {

class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);  // invalid UTF-8 becomes U+FFFD
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(unsigned number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(double number);  // shortest form with <= 3 decimals; not finite -> null
  JsonWriter& value(float number) { return value(static_cast<double>(number)); }
  JsonWriter& value(bool flag);
  JsonWriter& null();
  JsonWriter& raw(std::string_view json);  // one complete value, trusted
  // A member in one call: member("a", 1).
  template <typename T>
  JsonWriter& member(std::string_view name, const T& v) {
    key(name);
    return value(v);
  }

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void separate();

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace pd
