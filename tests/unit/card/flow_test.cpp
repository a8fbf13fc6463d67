// Each folder of tests/cases/card: script.jsonl in, expected.txt out. UPDATE_GOLDENS=1 rewrites.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "places.h"
#include "script.h"

namespace pd::card {
namespace {

const std::string kCases = (source_dir() / "tests/cases/card").string();

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    if (std::filesystem::exists(entry.path() / "script.jsonl")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

class Flow : public testing::TestWithParam<std::string> {};

TEST_P(Flow, GoesAsExpected) {
  const std::string folder = kCases + "/" + GetParam();
  const std::string trace = play(read_file(folder + "/script.jsonl"), kCases + "/bodies");
  EXPECT_EQ(trace.find("  error:"), std::string::npos) << trace;
  if (std::getenv("UPDATE_GOLDENS") != nullptr) {
    std::ofstream(folder + "/expected.txt", std::ios::binary) << trace;
  }
  EXPECT_EQ(trace, read_file(folder + "/expected.txt"));
}

TEST_P(Flow, SaysNothingOfAPartThatIsNotThere) {
  const std::string script = read_file(kCases + "/" + GetParam() + "/script.jsonl");
  EXPECT_EQ(said_too_early(script, kCases + "/bodies"), "");
}

std::string test_name(const testing::TestParamInfo<std::string>& info_of_case) {
  std::string name = info_of_case.param;
  std::ranges::replace(name, '-', '_');
  return name;
}
INSTANTIATE_TEST_SUITE_P(Card, Flow, testing::ValuesIn(case_names()), test_name);

}  // namespace
}  // namespace pd::card
