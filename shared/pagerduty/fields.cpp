#include "pagerduty/fields.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace pd::pagerduty {
namespace {

constexpr std::size_t kMaxExactBytes = 2048;

const Json& nothing() {
  static const Json kNothing;
  return kNothing;
}

// Counts nesting without building anything; a string's brackets do not count.
int depth_of(std::string_view json) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

std::string digits_of(const Json& number) { return number.dump(); }

}  // namespace

Result<Json> parse_body(std::string_view body) {
  if (body.size() > kMaxBodyBytes) {
    return fail(ErrorCode::kTooLarge, "The answer is larger than 4 MB.");
  }
  if (depth_of(body) > kMaxBodyDepth) {
    return fail(ErrorCode::kTooDeep, "The answer is nested deeper than 64 levels.");
  }
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded()) {
    const std::string start = to_lower_ascii(trim(body).substr(0, 15));
    const bool html = start.starts_with("<!doctype") || start.starts_with("<html");
    return fail(ErrorCode::kBadResponse, html ? "The answer is a web page, not PagerDuty's JSON. Is a proxy or a sign-in in between?"
                                              : "The answer is not JSON, or it was cut off.");
  }
  return json;
}

Result<Json> parse_with(std::string_view body, const char* root) {
  Result<Json> json = parse_body(body);
  if (!json) return json;
  if (!json->is_object() || !json->contains(root)) {
    return fail(ErrorCode::kBadResponse, "The answer has no \"" + std::string(root) + "\".");
  }
  return json;
}

const Json* Fields::member(const char* name) const {
  if (!value_->is_object()) return nullptr;
  const auto found = value_->find(name);
  return found == value_->end() || found->is_null() ? nullptr : &*found;
}

bool Fields::has(const char* name) const { return member(name) != nullptr; }

const Json* Fields::list_of(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return nullptr;
  if (found->is_array()) return found;
  Fields(*found, this, name, -1).note("a list");
  return nullptr;
}

std::string Fields::path() const {
  std::string text = parent_ == nullptr ? "" : parent_->path();
  if (*name_ != '\0') text += (text.empty() ? "" : ".") + std::string(name_);
  if (index_ >= 0) text += "[" + std::to_string(index_) + "]";
  return text;
}

void Fields::note(std::string_view expected) const {
  diagnostics_->push_back({path(), "expected " + std::string(expected) + ", found " + value_->type_name()});
}

std::string Fields::text(const char* name, std::size_t max_graphemes) const {
  const Json* found = member(name);
  if (found == nullptr) return {};
  if (found->is_string()) return display_text(found->get_ref<const std::string&>(), max_graphemes);
  Fields(*found, this, name, -1).note("text");
  return found->is_number() ? digits_of(*found) : std::string();
}

std::string Fields::lines(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return {};
  if (found->is_string()) return display_lines(found->get_ref<const std::string&>());
  Fields(*found, this, name, -1).note("text");
  return {};
}

std::string Fields::exact(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return {};
  const Fields fields(*found, this, name, -1);
  if (found->is_number_integer()) return digits_of(*found);
  if (!found->is_string()) {
    fields.note("text");
    return {};
  }
  const auto& text = found->get_ref<const std::string&>();
  const bool odd = text.size() > kMaxExactBytes || std::ranges::any_of(text, [](char c) {
                     return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
                   });
  if (!odd) return text;
  diagnostics_->push_back({fields.path(), "left out: too long or with control characters"});
  return {};
}

std::optional<std::int64_t> Fields::integer(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return std::nullopt;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  if (found->is_string()) {
    const auto& text = found->get_ref<const std::string&>();
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return number;
  }
  if (found->is_number_float() && std::abs(found->get<double>()) < 1e15) {
    return static_cast<std::int64_t>(found->get<double>());
  }
  Fields(*found, this, name, -1).note("a whole number");
  return std::nullopt;
}

std::optional<double> Fields::number(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  Fields(*found, this, name, -1).note("a number");
  return std::nullopt;
}

bool Fields::flag(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return false;
  if (found->is_boolean()) return found->get<bool>();
  Fields(*found, this, name, -1).note("true or false");
  return false;
}

std::optional<Time> Fields::time(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return std::nullopt;
  const Fields fields(*found, this, name, -1);
  if (!found->is_string()) {
    fields.note("a date and time");
    return std::nullopt;
  }
  const auto& text = found->get_ref<const std::string&>();
  if (text.empty()) return std::nullopt;
  const Result<Time> time = parse_rfc3339(text);
  if (time) return *time;
  diagnostics_->push_back({fields.path(), "not a date and time: " + display_text(text, 40)});
  return std::nullopt;
}

Fields Fields::object(const char* name) const {
  const Json* found = member(name);
  if (found == nullptr) return {nothing(), this, name, -1};
  const Fields fields(*found, this, name, -1);
  if (found->is_object()) return fields;
  fields.note("an object");
  return {nothing(), this, name, -1};
}

std::vector<std::string> Fields::texts(const char* name) const {
  std::vector<std::string> texts;
  const Json* list = list_of(name);
  if (list == nullptr) return texts;
  int index = 0;
  for (const Json& item : *list) {
    const Fields fields(item, this, name, index++);
    if (item.is_string()) {
      texts.push_back(display_text(item.get_ref<const std::string&>()));
    } else {
      fields.note("text");
    }
  }
  return texts;
}

}  // namespace pd::pagerduty
