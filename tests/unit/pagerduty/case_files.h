// The case folders of tests/cases/pagerduty: <operation>/operation.txt names the operation,
// <operation>/<case>/body.json is an answer, expected.json what it decodes to.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pd::pagerduty {

struct Case {
  std::string folder, name, operation;
  std::filesystem::path path;
};

std::string read_file(const std::filesystem::path& path);
// All of them, by name; ASSERTs nothing: an empty list means that the folder is missing.
std::vector<Case> all_cases();
// The body of one, "get-incidents/whole"; throws when there is none.
std::string body_of(std::string_view name);

}  // namespace pd::pagerduty
