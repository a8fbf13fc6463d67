#include "case_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/text.h"
#include "places.h"

namespace pd::pagerduty {
namespace {

namespace fs = std::filesystem;

fs::path root() { return source_dir() / "tests/cases/pagerduty"; }

}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const auto& folder : fs::directory_iterator(root())) {
    const std::string operation(trim(read_file(folder.path() / "operation.txt")));
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      if (!entry.is_directory()) continue;
      cases.push_back({folder.path().filename().string(), entry.path().filename().string(),
                       operation, entry.path()});
    }
  }
  std::ranges::sort(cases, {}, &Case::path);
  return cases;
}

std::string body_of(std::string_view name) { return read_file(root() / name / "body.json"); }

}  // namespace pd::pagerduty
