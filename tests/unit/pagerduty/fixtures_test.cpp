// Nothing that a model holds is lost on the way: each member of a body, read here by its own, is in
// what the decoder makes of it. Over the whole bodies of tests/cases, and over recorded ones where
// they are: PAGERDUTY_FIXTURES, or ../shared/pagerduty/fixtures beside the checkout.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/time.h"
#include "case_files.h"
#include "members.h"
#include "pagerduty/decode.h"
#include "places.h"

namespace pd::pagerduty {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// The value at "a.b" of `model`; null when it is not there.
Json at(const Json& model, std::string_view path) {
  const Json* value = &model;
  while (!path.empty()) {
    const std::string_view name = path.substr(0, path.find('.'));
    if (!value->is_object() || !value->contains(name)) return nullptr;
    value = &value->at(std::string(name));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return *value;
}

class Comparison {
 public:
  int count() const { return count_; }

  void object(const Json& body, const Json& model, std::span<const Member> members) {
    std::set<std::string_view> filled;
    for (const Member& member : members) {
      const Json value = at(body, member.name);
      if (value.is_null() || member.model == "-") continue;
      if (member.fallback && filled.contains(member.model)) continue;
      if (!value.is_string() || !value.get_ref<const std::string&>().empty())
        filled.insert(member.model);
      SCOPED_TRACE(std::string(member.name));
      compare(value, at(model, member.model), member);
    }
  }

  void list(const Json& body, const Json& model, std::span<const Member> members) {
    ASSERT_TRUE(model.is_array());
    ASSERT_EQ(model.size(), body.size());
    ++count_;
    for (std::size_t i = 0; i < body.size(); ++i) {
      SCOPED_TRACE(i);
      object(body[i], model[i], members);
    }
  }

 private:
  void compare(const Json& value, const Json& found, const Member& member) {
    switch (member.kind) {
      case Kind::kObject: return object(value, found, member.inside);
      case Kind::kList: return list(value, found, member.inside);
      case Kind::kTextOrObject:
        if (value.is_object()) return;
        break;
      case Kind::kTime: {
        const Result<Time> time = parse_rfc3339(value.get<std::string>());
        ASSERT_TRUE(time.has_value());
        ++count_;
        EXPECT_EQ(found, format_rfc3339(*time));
        return;
      }
      default: break;
    }
    ++count_;
    EXPECT_EQ(found, value);
  }

  int count_ = 0;
};

// `decoded` against `body`; how many values were compared.
int compare(const Operation& operation, const Json& body, const Json& decoded) {
  EXPECT_EQ(decoded.at("diagnostics"), Json::array());
  Json model = decoded.value("model", Json());
  const Json root = operation.root.empty() ? body : at(body, operation.root);
  Comparison comparison;
  if (operation.kind == Kind::kObject) {
    comparison.object(root, model, operation.inside);
  } else {
    if (operation.paged) {
      for (const char* name : {"offset", "limit", "more", "total"}) {
        if (const Json value = at(body, name); !value.is_null()) {
          EXPECT_EQ(model.at(name), value) << name;
        }
      }
      model = model.at("items");
    }
    if (operation.kind == Kind::kTexts) {
      EXPECT_EQ(model, root);
    } else {
      comparison.list(root, model, operation.inside);
    }
  }
  return comparison.count();
}

void compare_error(const Json& body, const Json& decoded) {
  ASSERT_TRUE(decoded.contains("error")) << decoded.dump();
  const Json& error = decoded["error"];
  const Json source = body.contains("error") ? body["error"] : body;
  if (source.is_string()) {
    EXPECT_EQ(error["message"], source);
  } else if (source.is_array()) {
    EXPECT_EQ(error["details"], source);
  } else {
    EXPECT_EQ(error["message"], source.value("message", ""));
    if (const Json code = at(source, "code"); !code.is_null()) {
      EXPECT_EQ(error["code"], code.is_string() ? Json(std::stoi(code.get<std::string>())) : code);
    }
    const Json errors = at(source, "errors");
    EXPECT_EQ(error["details"], errors.is_null()     ? Json::array()
                                : errors.is_string() ? Json::array({errors})
                                                     : errors);
  }
}

TEST(Decode, LosesNothingOfTheWholeCases) {
  int cases = 0;
  for (const Case& one : all_cases()) {
    const Operation* operation = operation_of(one.operation);
    if (one.name != "whole" || operation == nullptr) continue;
    SCOPED_TRACE(one.folder);
    const std::string body = read_file(one.path / "body.json");
    const Result<std::string> decoded = decode_to_json(one.operation, body);
    ASSERT_TRUE(decoded.has_value());
    const int compared = compare(*operation, Json::parse(body), Json::parse(*decoded));
    EXPECT_TRUE(compared > 0 || operation->kind == Kind::kTexts);
    ++cases;
  }
  EXPECT_GT(cases, 40);
}

struct Fixture {
  std::string file, endpoint;
  int status = 0;
};

// The first three columns of the manifest; none of them is quoted or has a comma.
std::vector<Fixture> fixtures_of(const fs::path& folder) {
  std::vector<Fixture> fixtures;
  std::istringstream lines(read_file(folder / "manifest.csv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    Fixture fixture;
    std::string status;
    std::getline(cells, fixture.file, ',');
    std::getline(cells, fixture.endpoint, ',');
    std::getline(cells, status, ',');
    fixture.status = std::stoi(status);
    fixtures.push_back(std::move(fixture));
  }
  return fixtures;
}

fs::path fixtures_folder() {
  const char* chosen = std::getenv("PAGERDUTY_FIXTURES");
  return chosen != nullptr ? fs::path(chosen) : source_dir() / "../shared/pagerduty/fixtures";
}

TEST(Decode, LosesNothingOfTheRecordedBodies) {
  const fs::path folder = fixtures_folder();
  if (!fs::exists(folder / "manifest.csv"))
    GTEST_SKIP() << "skipped: no recorded bodies in " << folder.string();
  const std::vector<Fixture> fixtures = fixtures_of(folder);
  ASSERT_FALSE(fixtures.empty());
  for (const Fixture& fixture : fixtures) {
    SCOPED_TRACE(fixture.file + " " + fixture.endpoint);
    const std::string text = read_file(folder / fixture.file);
    const Json body = Json::parse(text);
    const bool failed = fixture.status >= 400;
    const std::string as_error = "error " + std::to_string(fixture.status);
    const bool any = fixture.endpoint.starts_with("any");
    const Result<std::string> decoded = decode_to_json(any ? as_error : fixture.endpoint, text);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
    if (failed) {
      compare_error(body, Json::parse(*decoded));
      const Result<std::string> error = decode_to_json(as_error, text);
      ASSERT_TRUE(error.has_value());
      EXPECT_EQ(Json::parse(*error)["error"]["http_status"], fixture.status);
      continue;
    }
    const std::string name =
        fixture.endpoint.contains("events/") ? "POST /v2/enqueue" : fixture.endpoint;
    const Operation* operation = operation_of(name);
    ASSERT_NE(operation, nullptr);
    compare(*operation, body, Json::parse(*decoded));
  }
}

}  // namespace
}  // namespace pd::pagerduty
