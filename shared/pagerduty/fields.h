// How decoders read JSON: each reader tolerates null and absence silently, notes a value of another
// kind as a diagnostic (and takes its meaning where there is one: "12" where 12 belongs), and goes
// on. Internal to this folder.
//
//   Incident incident;
//   incident.title = fields.text("title");
//   fields.each("assignments", [&](const Fields& item) { ... item.time("at") ... });
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "pagerduty/decode.h"
#include "pagerduty/models.h"
#include "pagerduty/parse_json.h"

namespace pd::pagerduty {

// A JSON value being read, and how it was reached; paths are only built for diagnostics. A member's
// Fields refers to its parent's, so the parent must be a variable.
class Fields {
 public:
  Fields(const Json& root, std::vector<DecodeDiagnostic>& diagnostics)
      : value_(&root), diagnostics_(&diagnostics) {}

  const Json& json() const { return *value_; }
  bool is_object() const { return value_->is_object(); }
  bool has(const char* name) const;  // a member that is there and not null
  bool is_given_as_null(const char* name) const;

  // The member, whatever it is; null when absent.
  Fields at(const char* name) const&;
  Fields at(const char* name) const&& = delete;
  // The member as an object; of anything else an empty one.
  Fields object(const char* name) const&;
  Fields object(const char* name) const&& = delete;

  // Display-safe text in one line; `lines` keeps line breaks.
  std::string text(const char* name, std::size_t max_graphemes = 1024) const;
  std::string lines(const char* name) const;
  // Ids, keys and URLs: exactly as they came, unless they hold control characters or are huge.
  std::string exact(const char* name) const;
  std::optional<std::int64_t> integer(const char* name) const;
  std::optional<double> number(const char* name) const;
  bool flag(const char* name) const;
  std::optional<Time> time(const char* name) const;

  // One of the API's words as the enumerator at its place in `words`; else the first, kUnknown.
  template <typename Enum, std::size_t count>
  Enum word(const char* name, const std::array<std::string_view, count>& words) const {
    return static_cast<Enum>(at(name).word_of(words));
  }

  // Calls read(item) for each object of the list; other items are noted and left out.
  template <typename Read>
  void each(const char* name, Read read) const {
    at(name).each(read);
  }
  // The same for the items of this value itself.
  template <typename Read>
  void each(Read read) const {
    each_value([&](const Fields& item) {
      if (item.is_object()) {
        read(item);
      } else {
        item.note("an object");
      }
    });
  }
  std::vector<std::string> texts(const char* name) const;
  std::vector<std::int64_t> integers(const char* name) const;

  // Adds "expected <what>, found <kind>" for this value.
  void note(std::string_view expected) const;

 private:
  Fields(const Json& value, const Fields* parent, const char* name, int index)
      : value_(&value),
        parent_(parent),
        name_(name),
        index_(index),
        diagnostics_(parent->diagnostics_) {}

  template <typename Read>
  void each_value(Read read) const {
    if (value_->is_null()) return;
    if (!value_->is_array()) return note("a list");
    int index = 0;
    for (const Json& item : *value_) {
      const Fields fields(item, this, "", index++);
      if (item.is_null()) {
        fields.report("left out: an item that is null");
      } else {
        read(fields);
      }
    }
  }

  // This value by kind, as the public readers of a member.
  const std::string* string(std::string_view expected, std::string& digits) const;
  std::optional<std::int64_t> integer() const;
  std::size_t word_of(std::span<const std::string_view> words) const;
  void report(std::string message) const;
  std::string path() const;

  const Json* value_;
  const Fields* parent_ = nullptr;
  const char* name_ = "";
  int index_ = -1;
  std::vector<DecodeDiagnostic>* diagnostics_;
};

// "text", "a number", "a list", ...: how messages name a value's kind.
Text kind_of(const Json& value);

// Parses within the limits (kMaxBodyBytes, kMaxBodyDepth). Errors: kTooLarge, kTooDeep,
// kBadResponse.
Result<Json> parse_body(std::string_view body);

enum class RootKind : std::uint8_t { kObject, kList, kText };
// The parsed body, an object whose member `root` is of that kind; a list may also be null, which is
// an empty one. Errors as parse_body, or kBadResponse with the path of the member: what is promised
// and not there cannot be shown as empty.
Result<Json> parse_with(std::string_view body, const char* root, RootKind kind);

// Readers of what many models share.
Reference read_reference(const Fields& fields);
std::vector<Reference> read_references(const Fields& fields, const char* name);
User read_user(const Fields& fields);
Incident read_incident(const Fields& fields);
Alert read_alert(const Fields& fields);
LogEntry read_log_entry(const Fields& fields);
Service read_service(const Fields& fields);
EscalationPolicy read_escalation_policy(const Fields& fields);
Schedule read_schedule(const Fields& fields);
Priority read_priority(const Fields& fields);
ApiError read_api_error(std::int64_t http_status, const Fields& whole);

// The name of an object: `name`, or the `summary` that references carry.
std::string read_name(const Fields& fields, std::size_t max_graphemes = 200);

// The parts of a decoder that no type needs to know: what is written out for each of them counts in
// the bundle. `take(target, read, fields)` reads the object, or one item of the list, into `target`.
using Take = void (*)(void* target, const void* read, const Fields& fields);
struct PageHead {
  std::int64_t offset = 0, limit = 0;
  bool more = false;
  std::optional<std::int64_t> total;
};
std::optional<Error> take_object(std::string_view body, const char* root, Take take, void* target,
                                 const void* read, std::vector<DecodeDiagnostic>& diagnostics);
// `head`: gets what stands beside the list; null when nothing is expected there.
std::optional<Error> take_list(std::string_view body, const char* root, Take take, void* target,
                               const void* read, std::vector<DecodeDiagnostic>& diagnostics,
                               PageHead* head = nullptr);

template <typename T, typename Read>
void take_one(void* target, const void* read, const Fields& fields) {
  *static_cast<T*>(target) = (*static_cast<const Read*>(read))(fields);
}
template <typename T, typename Read>
void take_item(void* target, const void* read, const Fields& item) {
  static_cast<std::vector<T>*>(target)->push_back((*static_cast<const Read*>(read))(item));
}

// A decoder of `{root: {...}}`.
template <typename T, typename Read>
Result<Decoded<T>> decode_object(std::string_view body, const char* root, Read read) {
  Result<Decoded<T>> decoded(std::in_place);
  auto error = take_object(body, root, take_one<T, Read>, &decoded->value,
                           static_cast<const void*>(&read), decoded->diagnostics);
  if (error) decoded = std::unexpected(std::move(*error));
  return decoded;
}

// A decoder of `{root: [...]}`.
template <typename T, typename Read>
Result<Decoded<std::vector<T>>> decode_list(std::string_view body, const char* root, Read read) {
  Result<Decoded<std::vector<T>>> decoded(std::in_place);
  auto error = take_list(body, root, take_item<T, Read>, &decoded->value,
                         static_cast<const void*>(&read), decoded->diagnostics);
  if (error) decoded = std::unexpected(std::move(*error));
  return decoded;
}

// The same with `offset`, `limit`, `more`, `total` beside it.
template <typename T, typename Read>
Result<Decoded<Page<T>>> decode_page(std::string_view body, const char* root, Read read) {
  Result<Decoded<Page<T>>> decoded(std::in_place);
  Page<T>& page = decoded->value;
  PageHead head;
  auto error = take_list(body, root, take_item<T, Read>, &page.items,
                         static_cast<const void*>(&read), decoded->diagnostics, &head);
  page.offset = head.offset;
  page.limit = head.limit;
  page.more = head.more;
  page.total = head.total;
  if (error) decoded = std::unexpected(std::move(*error));
  return decoded;
}

}  // namespace pd::pagerduty
