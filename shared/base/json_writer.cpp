#include "base/json_writer.h"

#include <charconv>
#include <cmath>
#include <cstddef>

#include "base/text.h"

namespace pd {
namespace {

void append_escape(std::string& text, unsigned char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"': text += "\\\""; return;
    case '\\': text += "\\\\"; return;
    case '\n': text += "\\n"; return;
    case '\t': text += "\\t"; return;
    case '\r': text += "\\r"; return;
    default: break;
  }
  text += "\\u00";
  text += kHex[c >> 4U];
  text += kHex[c & 0xFU];
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t at = 0;
  while (at < text.size()) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
      append_escape(out, c);
      ++at;
    } else if (c < 0x80) {
      out += text[at++];
    } else {
      append_utf8(out, next_code_point(text, at));
    }
  }
  out += '"';
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  text_ += '{';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  text_ += '}';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  text_ += '[';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  text_ += ']';
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_string(text_, name);
  text_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_string(text_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  char buffer[24];
  text_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number) || std::fabs(number) > 9e15) return null();
  const auto thousandths = std::llround(number * 1000);
  separate();
  if (thousandths < 0) text_ += '-';
  const auto size = static_cast<std::uint64_t>(thousandths < 0 ? -thousandths : thousandths);
  char buffer[24];
  text_.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, size / 1000).ptr);
  if (const auto fraction = static_cast<unsigned>(size % 1000); fraction != 0) {
    text_ += '.';
    text_ += static_cast<char>('0' + fraction / 100);
    text_ += static_cast<char>('0' + fraction / 10 % 10);
    text_ += static_cast<char>('0' + fraction % 10);
    while (text_.back() == '0') text_.pop_back();
  }
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  separate();
  text_ += flag ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  text_ += "null";
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
  return *this;
}

}  // namespace pd
