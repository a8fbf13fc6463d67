#include "pagerduty/fields.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/json_writer.h"
#include "base/text.h"

namespace pd::pagerduty {
namespace {

// A number as JSON writes it; what is beyond all ids and counts has no text. (The library's own
// writer would come along whole.)
std::string digits_of(const Json& number) {
  if (number.is_number_unsigned()) return std::to_string(number.get<std::uint64_t>());
  if (number.is_number_integer()) return std::to_string(number.get<std::int64_t>());
  std::string digits = JsonWriter().value(number.get<double>()).take();
  return digits == "null" ? std::string() : digits;
}

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

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// A number, or the one that a short text spells; else null.
Json number_in(const Json& value) {
  constexpr std::size_t kMaxDigits = 32;
  if (value.is_number()) return value;
  if (!value.is_string()) return {};
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > kMaxDigits) return {};
  Json number = parse_json(text);
  return number.is_number() ? number : Json();
}

// Whole, and within 64 bits or, written as a fraction, within what a double counts exactly.
std::optional<std::int64_t> whole_number(const Json& number) {
  constexpr double kMaxExactInteger = 9'007'199'254'740'992.0;
  if (number.is_number_unsigned() &&
      number.get<std::uint64_t>() >
          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  if (number.is_number_integer()) return number.get<std::int64_t>();
  if (!number.is_number_float()) return std::nullopt;
  const auto fraction = number.get<double>();
  if (std::abs(fraction) > kMaxExactInteger || std::trunc(fraction) != fraction)
    return std::nullopt;
  return static_cast<std::int64_t>(fraction);
}

bool is_of(const Json& value, RootKind kind) {
  switch (kind) {
    case RootKind::kObject: return value.is_object();
    case RootKind::kList: return value.is_array() || value.is_null();
    case RootKind::kText: break;
  }
  return value.is_string();
}

Text name_of(RootKind kind) {
  switch (kind) {
    case RootKind::kObject: return texts::kKindObject;
    case RootKind::kList: return texts::kKindList;
    case RootKind::kText: break;
  }
  return texts::kKindText;
}

}  // namespace

Text kind_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null: return texts::kKindNull;
    case Json::value_t::object: return texts::kKindObject;
    case Json::value_t::array: return texts::kKindList;
    case Json::value_t::string: return texts::kKindText;
    case Json::value_t::boolean: return texts::kKindBoolean;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return texts::kKindNumber;
    case Json::value_t::binary:
    case Json::value_t::discarded: break;
  }
  return texts::kKindOther;
}

Result<Json> parse_body(std::string_view body) {
  if (body.size() > kMaxBodyBytes) {
    return fail(ErrorCode::kTooLarge, texts::kAnswerTooLarge);
  }
  if (depth_of(body) > kMaxBodyDepth) {
    return fail(ErrorCode::kTooDeep, texts::kAnswerTooDeep);
  }
  Json json = parse_json(body);
  if (json.is_discarded()) {
    const std::string start = to_lower_ascii(trim(body).substr(0, 15));
    const bool html = start.starts_with("<!doctype") || start.starts_with("<html");
    return fail(ErrorCode::kBadResponse, html ? texts::kAnswerIsWebPage : texts::kAnswerNotJson);
  }
  return json;
}

Result<Json> parse_with(std::string_view body, const char* root, RootKind kind) {
  Result<Json> json = parse_body(body);
  if (!json) return json;
  const auto member = json->is_object() ? json->find(root) : json->end();
  const bool there = json->is_object() && member != json->end();
  if (there && is_of(*member, kind)) return json;
  const std::string name = "\"" + std::string(root) + "\"";
  Wording wording(texts::kAnswerLacks, {name});
  if (there) wording = Wording(texts::kAnswerHasOther, {name}, {kind_of(*member), name_of(kind)});
  return fail(ErrorCode::kBadResponse, std::move(wording), Where{{}, 0, 0, root});
}

std::optional<Error> take_object(std::string_view body, const char* root, Take take, void* target,
                                 const void* read, std::vector<DecodeDiagnostic>& diagnostics) {
  Result<Json> json = parse_with(body, root, RootKind::kObject);
  if (!json) return std::move(json.error());
  const Fields whole(*json, diagnostics);
  take(target, read, whole.object(root));
  return std::nullopt;
}

std::optional<Error> take_list(std::string_view body, const char* root, Take take, void* target,
                               const void* read, std::vector<DecodeDiagnostic>& diagnostics,
                               PageHead* head) {
  Result<Json> json = parse_with(body, root, RootKind::kList);
  if (!json) return std::move(json.error());
  const Fields whole(*json, diagnostics);
  whole.each(root, [&](const Fields& item) { take(target, read, item); });
  if (head == nullptr) return std::nullopt;
  head->offset = whole.integer("offset").value_or(0);
  head->limit = whole.integer("limit").value_or(0);
  head->more = whole.flag("more");
  head->total = whole.integer("total");
  return std::nullopt;
}

bool Fields::has(const char* name) const { return !at(name).json().is_null(); }

bool Fields::is_given_as_null(const char* name) const {
  return value_->is_object() && value_->contains(name) && !has(name);
}

Fields Fields::at(const char* name) const& {
  if (value_->is_object()) {
    if (const auto found = value_->find(name); found != value_->end())
      return {*found, this, name, -1};
  }
  return {nothing(), this, name, -1};
}

Fields Fields::object(const char* name) const& {
  const Fields member = at(name);
  if (member.is_object()) return member;
  if (!member.value_->is_null()) member.note("an object");
  return {nothing(), this, name, -1};
}

std::string Fields::path() const {
  std::string text = parent_ == nullptr ? "" : parent_->path();
  if (*name_ != '\0') text += (text.empty() ? "" : ".") + std::string(name_);
  if (index_ >= 0) text += "[" + std::to_string(index_) + "]";
  return text;
}

void Fields::report(std::string message) const {
  diagnostics_->push_back({path(), std::move(message)});
}

void Fields::note(std::string_view expected) const {
  report("expected " + std::string(expected) + ", found " + std::string(english(kind_of(*value_))));
}

// The text of this value: its own, or a number's digits, for which `digits` is the place. Null:
// there is none.
const std::string* Fields::string(std::string_view expected, std::string& digits) const {
  if (value_->is_string()) return &value_->get_ref<const std::string&>();
  if (value_->is_null()) return nullptr;
  note(expected);
  if (!value_->is_number()) return nullptr;
  digits = digits_of(*value_);
  return &digits;
}

std::string Fields::text(const char* name, std::size_t max_graphemes) const {
  std::string digits;
  const std::string* found = at(name).string("text", digits);
  return found == nullptr ? std::string() : display_text(*found, max_graphemes);
}

std::string Fields::lines(const char* name) const {
  std::string digits;
  const std::string* found = at(name).string("text", digits);
  return found == nullptr ? std::string() : display_lines(*found);
}

std::string Fields::exact(const char* name) const {
  const Fields member = at(name);
  std::string digits;
  const std::string* found = member.string("text", digits);
  if (found == nullptr) return {};
  if (found->size() <= kMaxExactBytes && std::ranges::none_of(*found, is_control)) return *found;
  member.report("left out: too long or with control characters");
  return {};
}

std::optional<std::int64_t> Fields::integer() const {
  if (value_->is_null()) return std::nullopt;
  const std::optional<std::int64_t> whole = whole_number(number_in(*value_));
  if (!whole || !value_->is_number()) note("a whole number");
  return whole;
}

std::optional<std::int64_t> Fields::integer(const char* name) const { return at(name).integer(); }

std::optional<double> Fields::number(const char* name) const {
  const Fields member = at(name);
  if (member.value_->is_null()) return std::nullopt;
  if (!member.value_->is_number()) member.note("a number");
  const Json number = number_in(*member.value_);
  return number.is_number() ? std::optional(number.get<double>()) : std::nullopt;
}

bool Fields::flag(const char* name) const {
  const Fields member = at(name);
  if (member.value_->is_boolean()) return member.value_->get<bool>();
  if (!member.value_->is_null()) member.note("true or false");
  return false;
}

std::optional<Time> Fields::time(const char* name) const {
  const Fields member = at(name);
  if (member.value_->is_null()) return std::nullopt;
  if (!member.value_->is_string()) {
    member.note("a date and time");
    return std::nullopt;
  }
  const auto& text = member.value_->get_ref<const std::string&>();
  if (text.empty()) return std::nullopt;
  if (const Result<Time> time = parse_rfc3339(text)) return *time;
  member.report("not a date and time: " + display_text(text, 40));
  return std::nullopt;
}

std::size_t Fields::word_of(std::span<const std::string_view> words) const {
  if (value_->is_null()) return 0;
  if (!value_->is_string()) {
    note("a word");
    return 0;
  }
  const auto& text = value_->get_ref<const std::string&>();
  const auto known = words.subspan(1);
  const auto found = std::ranges::find(known, text);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin()) + 1;
  report("not a word that this field is known to hold: " + display_text(text, 40));
  return 0;
}

std::vector<std::string> Fields::texts(const char* name) const {
  std::vector<std::string> texts;
  at(name).each_value([&](const Fields& item) {
    std::string digits;
    const std::string* text = item.string("text", digits);
    if (text != nullptr) texts.push_back(display_text(*text));
  });
  return texts;
}

std::vector<std::int64_t> Fields::integers(const char* name) const {
  std::vector<std::int64_t> integers;
  at(name).each_value([&](const Fields& item) {
    if (const auto number = item.integer()) integers.push_back(*number);
  });
  return integers;
}

}  // namespace pd::pagerduty
