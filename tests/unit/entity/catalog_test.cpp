// Compares with a folder of real-world descriptors and what a correct reader resolves from each of
// their documents, where that folder is: beside the project, or in PAGERDUTY_CATALOG. No descriptor
// of it is ours.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "entity/resolution_json.h"
#include "files.h"
#include "places.h"

namespace pd::entity {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

fs::path catalog_dir() {
  const char* given = std::getenv("PAGERDUTY_CATALOG");
  return given != nullptr ? fs::path(given) : source_dir() / "../shared/pagerduty/catalog";
}

std::vector<json> parse_lines(const std::string& text) {
  std::vector<json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(json::parse(line));
  return lines;
}

// The catalog words two things for people: the class of a number, and another reader's error text.
void use_our_words(json& expected) {
  for (auto& [name, value] : expected.items()) {
    if (name.ends_with("_class") &&
        value.get<std::string>().starts_with("literal (non-string YAML number")) {
      value = "literal-number";
    }
  }
  expected.erase("error");
}

// "... at line 8, column 5:" of the other reader's text.
std::string place_in(const std::string& error) {
  const auto at = error.find("at line ");
  return at == std::string::npos ? "" : error.substr(at, error.find(':', at) - at);
}

std::string place_of_first_diagnostic(const json& document) {
  const json& diagnostic = document.at("diagnostics").at(0);
  return "at line " + diagnostic.at("line").dump() + ", column " + diagnostic.at("column").dump();
}

TEST(Catalog, EveryDocumentResolvesAsItsExpectationSays) {
  const std::string expectations = read_file(catalog_dir() / "expected.jsonl");
  if (expectations.empty())
    GTEST_SKIP() << "skipped: the catalog of descriptors (" << catalog_dir().string() << ")";
  for (json expected : parse_lines(expectations)) {
    const std::string file = expected.at("file");
    const std::string text = read_file(catalog_dir() / file);
    const std::vector<json> documents = parse_lines(resolve_file(text, file, "").json_lines);
    const auto index = expected.at("doc").get<std::size_t>();
    SCOPED_TRACE(file + ", document " + std::to_string(index));
    ASSERT_LT(index, documents.size());
    const json& actual = documents[index];
    if (expected.contains("error")) {
      EXPECT_EQ(place_of_first_diagnostic(actual), place_in(expected["error"].get<std::string>()));
    }
    use_our_words(expected);
    for (const auto& [name, value] : expected.items())
      EXPECT_EQ(actual.value(name, json("absent")), value) << name;
  }
}

}  // namespace
}  // namespace pd::entity
