// What the models take from each answer, written down independently of the decoders: the mutation
// and the fixture tests walk a body beside these tables.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// How GoogleTest shows a value that is not as expected.
namespace nlohmann {
inline void PrintTo(const json& value, std::ostream* out) { *out << value.dump(); }
}  // namespace nlohmann

namespace pd::pagerduty {

enum class Kind {
  kText,
  kNumber,
  kFlag,
  kTime,
  kWord,
  kObject,
  kList,     // of objects, by `inside`
  kTexts,    // a list of text
  kNumbers,  // a list of whole numbers
  kTextOrObject,
};

struct Member {
  std::string_view name;  // in the body: "final_schedule" ...
  Kind kind;
  std::string_view
      model;  // ... in the decoded model, relative to its owner's: "final_entries"; "-": nowhere
  std::span<const Member> inside{};  // of kObject and kList
  bool fallback = false;             // only read when an earlier member for the same place is empty
};

struct Operation {
  std::string_view name;  // "GET /incidents"
  std::string_view root;  // "" = the whole body
  Kind kind;              // kObject, kList or kTexts
  bool paged;             // the model is {offset, limit, more, total, items}
  std::span<const Member> inside;
  std::string_view
      promised{};  // of those whose root is the whole body: the member that must be there
};

std::span<const Operation> all_operations();
// Every table of members that an operation reaches, once.
std::vector<std::span<const Member>> all_tables();
// The one for a name with ids in it; null when there is none.
const Operation* operation_of(std::string_view name);

}  // namespace pd::pagerduty
