// Every member of every whole answer, replaced by null, by each other kind, or removed: what is bad
// costs itself and is named, never what is beside it; what is null or absent is not worth a word.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "case_files.h"
#include "members.h"
#include "pagerduty/decode.h"

namespace pd::pagerduty {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

struct Replacement {
  const char* name;
  Json value;  // discarded: the member is removed
};

std::vector<Replacement> replacements() {
  return {{"removed", Json(Json::value_t::discarded)},
          {"null", nullptr},
          {"{}", Json::object()},
          {"[]", Json::array()},
          {"text", "x"},
          {"12", 12},
          {"true", true}};
}

// Whether `kind` takes it without a word.
bool is_fine(Kind kind, const Json& value) {
  if (value.is_discarded() || value.is_null()) return true;
  switch (kind) {
    case Kind::kText: return value.is_string();
    case Kind::kTextOrObject: return value.is_string() || value.is_object();
    case Kind::kNumber: return value.is_number();
    case Kind::kFlag: return value.is_boolean();
    case Kind::kObject: return value.is_object();
    case Kind::kList:
    case Kind::kTexts:
    case Kind::kNumbers: return value.is_array();
    case Kind::kTime:
    case Kind::kWord: break;
  }
  return false;  // "x" is neither a time nor a word of the API
}

bool is_leaf(Kind kind) {
  return kind != Kind::kObject && kind != Kind::kList && kind != Kind::kTexts &&
         kind != Kind::kNumbers;
}

// A place in a body. `path` is how a diagnostic names it.
struct Place {
  Pointer pointer;
  std::string path;
  std::optional<Kind> kind;  // absent: nothing of the model reads it
  const Member* member = nullptr;
  bool is_item = false;      // of a list of objects
  bool is_top_item = false;  // of the list that the operation is about
};

class Places {
 public:
  explicit Places(const Operation& operation) : operation_(operation) {}

  std::vector<Place> of(const Json& body) {
    if (operation_.root.empty()) {
      visit(body, Pointer(), "", operation_.kind, operation_.inside, true);
      return std::move(places_);
    }
    const std::string root(operation_.root);
    for (const auto& [name, value] : body.items()) {
      if (name == root) {
        visit(value, Pointer() / name, name, operation_.kind, operation_.inside, true);
      } else if (operation_.paged) {
        places_.push_back({Pointer() / name, name, name == "more" ? Kind::kFlag : Kind::kNumber});
      }
    }
    return std::move(places_);
  }

 private:
  // `members` empty and no `kind`: unread, but walked all the same.
  void visit(const Json& value, const Pointer& pointer, const std::string& path,
             std::optional<Kind> kind, std::span<const Member> members, bool top) {
    if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string item = path + "[" + std::to_string(i) + "]";
        if (kind == Kind::kList)
          places_.push_back({pointer / i, item, Kind::kObject, nullptr, true, top});
        visit(value[i], pointer / i, item, std::nullopt,
              kind == Kind::kList ? members : std::span<const Member>{}, false);
      }
      return;
    }
    if (!value.is_object()) return;
    for (const auto& [name, inner] : value.items()) {
      const auto* member = find(members, name, value);
      std::string inner_path = path;
      if (!path.empty()) inner_path += '.';
      inner_path += name;
      Place place{pointer / name, inner_path, std::nullopt, member};
      if (member != nullptr && name != operation_.promised) place.kind = member->kind;
      places_.push_back(place);
      visit(inner, place.pointer, inner_path, place.kind,
            member != nullptr ? member->inside : std::span<const Member>{}, false);
    }
  }

  // The member as the model reads it from `owner`: not as a fallback for one that is there.
  static const Member* find(std::span<const Member> members, const std::string& name,
                            const Json& owner) {
    const auto found = std::ranges::find(members, name, &Member::name);
    if (found == members.end()) return nullptr;
    const auto replaces = [&](const Member& other) {
      return !other.fallback && (other.model == found->model || other.name == "body") &&
             owner.contains(other.name);
    };
    if (found->fallback && std::ranges::any_of(members, replaces)) return nullptr;
    return &*found;
  }

  const Operation& operation_;
  std::vector<Place> places_;
};

void replace(Json& body, const Pointer& pointer, const Json& value) {
  if (!value.is_discarded()) {
    body[pointer] = value;
  } else if (Json& owner = body[pointer.parent_pointer()]; owner.is_array()) {
    owner.erase(std::stoul(pointer.back()));
  } else {
    owner.erase(pointer.back());
  }
}

Json decode(const Operation& operation, const Json& body) {
  const Result<std::string> decoded = decode_to_json(operation.name, body.dump());
  EXPECT_TRUE(decoded.has_value()) << decoded.error().message;
  return decoded ? Json::parse(*decoded) : Json();
}

// The list that the operation is about; of one object a list of one.
Json items_of(const Json& decoded) {
  const Json& model = decoded.value("model", Json());
  if (model.is_object() && model.contains("items")) return model["items"];
  return model.is_array() ? model : Json::array({model});
}

std::size_t changed_leaves(const Json& before, const Json& after) {
  const Json a = before.flatten();
  const Json b = after.flatten();
  std::size_t changed = 0;
  for (const auto& [path, value] : a.items())
    changed += !b.contains(path) || b[path] != value ? 1U : 0U;
  return changed;
}

std::vector<std::string> paths_of(const Json& decoded) {
  std::vector<std::string> paths;
  for (const Json& diagnostic : decoded.at("diagnostics")) paths.push_back(diagnostic.at("path"));
  return paths;
}

// An item of the main list that is an object keeps its place; everything beside the one that was
// touched is as before.
void check_neighbours(const Place& place, const Json& before, const Json& after) {
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!place.path.contains("[" + std::to_string(i) + "]")) {
      EXPECT_EQ(after[i], before[i]);
    }
  }
}

void check_item(const Place& place, const Json& value, const Json& before, const Json& after) {
  const std::size_t gone = value.is_object() ? 0 : 1;
  if (place.is_top_item) {
    EXPECT_EQ(items_of(after).size(), items_of(before).size() - gone);
  }
  const std::vector<std::string> paths = paths_of(after);
  if (value.is_discarded() || value.is_object()) {
    EXPECT_EQ(paths, std::vector<std::string>());
  } else {
    EXPECT_EQ(paths, std::vector{place.path});
  }
}

void check_member(const Operation& operation, const Place& place, const Json& value,
                  const Json& before, const Json& after) {
  const std::vector<std::string> paths = paths_of(after);
  if (is_fine(*place.kind, value)) {
    EXPECT_EQ(paths, std::vector<std::string>());
  } else {
    EXPECT_EQ(paths, std::vector{place.path}) << after["diagnostics"].dump();
  }
  const Json items = items_of(before);
  if (is_leaf(*place.kind) && !value.is_string() && !value.is_number()) {
    // A policy's name stands in the model twice.
    EXPECT_LE(changed_leaves(items, items_of(after)),
              operation.root.starts_with("service") ? 2U : 1U);
  }
}

void check(const Operation& operation, const Place& place, const Json& value, const Json& before,
           const Json& after) {
  if (place.is_item) return check_item(place, value, before, after);
  if (operation.kind == Kind::kList && place.path.contains('['))
    check_neighbours(place, items_of(before), items_of(after));
  if (place.kind) check_member(operation, place, value, before, after);
}

// "PUT /incidents" is decoded as "GET /incidents": each answer is walked once.
std::map<const void*, std::pair<const Operation*, Json>> whole_answers() {
  std::map<const void*, std::pair<const Operation*, Json>> answers;
  for (const Case& one : all_cases()) {
    const Operation* operation = operation_of(one.operation);
    if (one.name != "whole" || operation == nullptr) continue;
    answers.try_emplace(
        operation->root.empty() ? static_cast<const void*>(operation) : operation->root.data(),
        operation, Json::parse(read_file(one.path / "body.json")));
  }
  return answers;
}

TEST(DecodeMutations, CostWhatIsBadAndNothingBesideIt) {
  std::set<const Member*> touched;
  for (const auto& [root, answer] : whole_answers()) {
    const auto& [operation, body] = answer;
    const Json before = decode(*operation, body);
    ASSERT_EQ(paths_of(before), std::vector<std::string>()) << operation->name;
    for (const Place& place : Places(*operation).of(body)) {
      touched.insert(place.member);
      for (const Replacement& replacement : replacements()) {
        // What nothing reads is only tried as null and as text: it cannot matter what it is.
        if (!place.kind && !replacement.value.is_null() && !replacement.value.is_string()) continue;
        SCOPED_TRACE(std::string(operation->name) + ": " + place.path + " " + replacement.name);
        Json mutated = body;
        replace(mutated, place.pointer, replacement.value);
        const Json after = decode(*operation, mutated);
        ASSERT_TRUE(after.is_object());
        if (after.contains("error") || place.path == operation->promised) continue;
        check(*operation, place, replacement.value, before, after);
        if (HasFailure()) return;
      }
    }
  }
  for (const std::span<const Member> table : all_tables()) {
    for (const Member& member : table) {
      EXPECT_TRUE(touched.contains(&member) || member.fallback)
          << "no whole answer has " << member.name;
    }
  }
}

TEST(DecodeMutations, KeepAListThatIsNotThereFromLookingEmpty) {
  for (const Operation& operation : all_operations()) {
    if (operation.root.empty() || operation.kind == Kind::kObject) continue;
    const std::string root(operation.root);
    for (const Replacement& replacement : replacements()) {
      SCOPED_TRACE(std::string(operation.name) + " " + replacement.name);
      Json body{{"other", 1}};
      if (!replacement.value.is_discarded()) body[root] = replacement.value;
      const Json decoded = decode(operation, body);
      if (replacement.value.is_null() || replacement.value.is_array()) {
        EXPECT_EQ(items_of(decoded), Json::array());
        EXPECT_EQ(paths_of(decoded), std::vector<std::string>());
      } else {
        EXPECT_TRUE(decoded["model"].is_null());
        EXPECT_EQ(paths_of(decoded), std::vector{root});
      }
    }
  }
}

TEST(DecodeMutations, KeepAnObjectThatIsNotThereFromLookingEmpty) {
  for (const Operation& operation : all_operations()) {
    if (operation.root.empty() || operation.kind != Kind::kObject) continue;
    const std::string root(operation.root);
    for (const Replacement& replacement : replacements()) {
      SCOPED_TRACE(std::string(operation.name) + " " + replacement.name);
      Json body{{"other", 1}};
      if (!replacement.value.is_discarded()) body[root] = replacement.value;
      const Json decoded = decode(operation, body);
      EXPECT_EQ(decoded["model"].is_null(), !replacement.value.is_object());
      EXPECT_EQ(paths_of(decoded),
                replacement.value.is_object() ? std::vector<std::string>() : std::vector{root});
    }
  }
}

}  // namespace
}  // namespace pd::pagerduty
