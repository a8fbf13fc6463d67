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
// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest looks for this name.
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
  constexpr Member(std::string_view in_body, Kind its_kind, std::string_view in_model,
                   std::span<const Member> members = {}, bool is_fallback = false)
      : name(in_body), model(in_model), inside(members), kind(its_kind), fallback(is_fallback) {}

  std::string_view name;
  // In the decoded model, relative to its owner's: "final_entries"; "-" when it is not to be seen.
  std::string_view model;
  // Of kObject and kList.
  std::span<const Member> inside;
  Kind kind;
  // Only read when an earlier member for the same place is empty.
  bool fallback;
};

struct Operation {
  constexpr Operation(std::string_view its_name, std::string_view its_root, Kind its_kind,
                      bool is_paged, std::span<const Member> members,
                      std::string_view its_promise = {})
      : name(its_name),
        root(its_root),
        inside(members),
        promised(its_promise),
        kind(its_kind),
        paged(is_paged) {}

  // "GET /incidents"
  std::string_view name;
  // The member that the answer is about; "" = the whole body.
  std::string_view root;
  std::span<const Member> inside;
  // Where the root is the whole body: the member that must be there.
  std::string_view promised;
  // kObject, kList or kTexts.
  Kind kind;
  // The model is {offset, limit, more, total, items}.
  bool paged;
};

std::span<const Operation> all_operations();
// Every table of members that an operation reaches, once.
std::vector<std::span<const Member>> all_tables();
// The one for a name with ids in it; null when there is none.
const Operation* operation_of(std::string_view name);

}  // namespace pd::pagerduty
