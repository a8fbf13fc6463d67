// Runs tests/cases/entity: a folder with one `input.*`, the `expected.jsonl` that `pdcard resolve`
// prints for it, and where the case needs them `options` (one "name value" in a line: ref,
// service-id, integration-key, account). UPDATE_GOLDENS=1 rewrites the expectations; read the diff
// before you commit it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "entity/resolution_json.h"
#include "files.h"
#include "places.h"

namespace pd::entity {
namespace {

namespace fs = std::filesystem;

fs::path cases_dir() { return source_dir() / "tests/cases/entity"; }

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(cases_dir()))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

fs::path input_of(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().stem() == "input") return entry.path();
  }
  return {};
}

struct Options {
  std::string ref;
  ExplicitValues values;
};

Options read_options(const fs::path& folder) {
  Options options;
  std::istringstream lines(read_file(folder / "options"));
  for (std::string line; std::getline(lines, line);) {
    const auto blank = line.find(' ');
    const std::string name = line.substr(0, blank);
    const std::string value = blank == std::string::npos ? "" : line.substr(blank + 1);
    if (name == "ref")
      options.ref = value;
    else if (name == "service-id")
      options.values.service_id = value;
    else if (name == "integration-key")
      options.values.integration_key = value;
    else if (name == "account")
      options.values.account = value;
    else
      ADD_FAILURE() << "options: there is no " << name;
  }
  return options;
}

class EntityCase : public testing::TestWithParam<std::string> {};

TEST_P(EntityCase, ResolvesAsExpected) {
  const fs::path folder = cases_dir() / GetParam();
  const fs::path input = input_of(folder);
  ASSERT_FALSE(input.empty()) << folder << " has no input.*";
  const Options options = read_options(folder);
  const std::string actual =
      resolve_file(read_file(input), input.filename().string(), options.ref, options.values)
          .json_lines;
  const fs::path expected = folder / "expected.jsonl";
  if (std::getenv("UPDATE_GOLDENS") != nullptr) {
    std::ofstream(expected, std::ios::binary) << actual;
  }
  EXPECT_EQ(actual, read_file(expected));
}

INSTANTIATE_TEST_SUITE_P(Cases, EntityCase, testing::ValuesIn(case_names()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(EntityCases, AreMany) { EXPECT_GE(case_names().size(), 60U); }

}  // namespace
}  // namespace pd::entity
