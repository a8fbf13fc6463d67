// How decoders read a JSON object's members: each reader tolerates null and absence silently, notes another
// kind as a diagnostic, and goes on. Internal to this folder.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "pagerduty/decode.h"
#include "pagerduty/models.h"

namespace pd::pagerduty {

using Json = nlohmann::json;

// One object (or list item) being read, and how it was reached: paths are only built for diagnostics.
class Fields {
 public:
  Fields(const Json& root, std::vector<DecodeDiagnostic>& diagnostics)
      : value_(&root), diagnostics_(&diagnostics) {}

  bool is_object() const { return value_->is_object(); }
  const Json& json() const { return *value_; }

  // Display-safe text; a number where text belongs is taken as its digits.
  std::string text(const char* name, std::size_t max_graphemes = 1024) const;
  std::string lines(const char* name) const;             // keeps line breaks
  // Ids, keys and URLs: exactly as they came, unless they hold control characters or are huge.
  std::string exact(const char* name) const;
  std::optional<std::int64_t> integer(const char* name) const;   // also "12"
  std::optional<double> number(const char* name) const;
  bool flag(const char* name) const;
  std::optional<Time> time(const char* name) const;
  // The member as an object; of anything else an empty one.
  Fields object(const char* name) const;
  bool has(const char* name) const;                      // there and not null

  // Calls read(item) for each object of the list; other items are noted and left out.
  template <typename Read>
  void each(const char* name, Read read) const {
    const Json* list = list_of(name);
    if (list == nullptr) return;
    int index = 0;
    for (const Json& item : *list) {
      const Fields fields(item, this, name, index++);
      if (fields.is_object()) {
        read(fields);
      } else {
        fields.note("an object");
      }
    }
  }
  std::vector<std::string> texts(const char* name) const;

  // Adds "expected <what>, found <kind>" for this value.
  void note(std::string_view expected) const;

 private:
  Fields(const Json& value, const Fields* parent, const char* name, int index)
      : value_(&value), parent_(parent), name_(name), index_(index), diagnostics_(parent->diagnostics_) {}

  const Json* member(const char* name) const;
  const Json* list_of(const char* name) const;
  std::string path() const;

  const Json* value_;
  const Fields* parent_ = nullptr;
  const char* name_ = "";
  int index_ = -1;
  std::vector<DecodeDiagnostic>* diagnostics_;
};

// Parses within the limits (kMaxBodyBytes, kMaxBodyDepth). Errors: kTooLarge, kTooDeep, kBadResponse.
Result<Json> parse_body(std::string_view body);

// The parsed body whose member `root` is what `operation` promises. Errors as parse_body, or kBadResponse.
Result<Json> parse_with(std::string_view body, const char* root);

// Readers of what many models share.
Reference read_reference(const Fields& fields);
std::vector<Reference> read_references(const Fields& fields, const char* name);
User read_user(const Fields& fields);
Incident read_incident(const Fields& fields);
Service read_service(const Fields& fields);
EscalationPolicy read_escalation_policy(const Fields& fields);
Priority read_priority(const Fields& fields);
IncidentStatus read_status(const Fields& fields, const char* name);

// A decoder of `{root: {...}}`.
template <typename T, typename Read>
Result<Decoded<T>> decode_object(std::string_view body, const char* root, Read read) {
  const Result<Json> json = parse_with(body, root);
  if (!json) return std::unexpected(json.error());
  Decoded<T> decoded;
  const Fields whole(*json, decoded.diagnostics);
  decoded.value = read(whole.object(root));
  return decoded;
}

// A decoder of `{root: [...]}`.
template <typename T, typename Read>
Result<Decoded<std::vector<T>>> decode_list(std::string_view body, const char* root, Read read) {
  const Result<Json> json = parse_with(body, root);
  if (!json) return std::unexpected(json.error());
  Decoded<std::vector<T>> decoded;
  const Fields whole(*json, decoded.diagnostics);
  whole.each(root, [&](const Fields& item) { decoded.value.push_back(read(item)); });
  return decoded;
}

// The same with `offset`, `limit`, `more`, `total` beside it.
template <typename T, typename Read>
Result<Decoded<Page<T>>> decode_page(std::string_view body, const char* root, Read read) {
  const Result<Json> json = parse_with(body, root);
  if (!json) return std::unexpected(json.error());
  Decoded<Page<T>> decoded;
  const Fields whole(*json, decoded.diagnostics);
  whole.each(root, [&](const Fields& item) { decoded.value.items.push_back(read(item)); });
  decoded.value.offset = whole.integer("offset").value_or(0);
  decoded.value.limit = whole.integer("limit").value_or(0);
  decoded.value.more = whole.flag("more");
  decoded.value.total = whole.integer("total");
  return decoded;
}

}  // namespace pd::pagerduty
