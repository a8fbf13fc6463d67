// pdcard decode and pdcard requests as they are typed.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "places.h"

namespace {

using Json = nlohmann::json;

struct Outcome {
  int exit_code = -1;
  std::string output;
};

// `arguments` as a shell reads them, run in the cases' folder; `and_errors`: what stderr says,
// instead of stdout.
Outcome run(const std::string& arguments, bool of_errors = false) {
  const std::string command = "cd '" + (pd::source_dir() / "tests/cases/pagerduty").string() +
                              "' && '" + pd::pdcard().string() + "' " + arguments +
                              (of_errors ? " 2>&1 >/dev/null" : " 2>/dev/null");
  Outcome outcome;
  std::FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer{};
  for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    outcome.output.append(buffer.data(), count);
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

TEST(PdcardDecode, PrintsModelAndDiagnosticsAsOneLineOfJson) {
  const Outcome outcome = run("decode 'GET /incidents' get-incidents/wrong-kinds/body.json");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1);
  const Json decoded = Json::parse(outcome.output);
  EXPECT_EQ(decoded["model"]["items"].size(), 2U);
  EXPECT_FALSE(decoded["diagnostics"].empty());
}

TEST(PdcardDecode, ReadsStandardInput) {
  const Outcome outcome = run("decode 'GET /services/PCHKOUT' - <get-service/whole/body.json");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(Json::parse(outcome.output)["model"]["id"], "PCHKOUT");
}

TEST(PdcardDecode, PrintsErrorBodies) {
  const Outcome outcome = run("decode 'error 403' error-403/scopes-list/body.json");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(Json::parse(outcome.output)["error"]["http_status"], 403);
}

TEST(PdcardDecode, ListsItsOperations) {
  const Outcome outcome = run("decode --help");
  EXPECT_EQ(outcome.exit_code, 0);
  for (const char* expected : {"\n  GET /incidents\n", "\n  POST /v2/enqueue\n", "Exit code"}) {
    EXPECT_TRUE(outcome.output.contains(expected)) << expected;
  }
}

TEST(PdcardDecode, SaysWhatIsWrongWithExitCode2) {
  const struct {
    const char* arguments;
    const char* says;
  } rows[] = {
      {"decode", "needs an operation and a file"},
      {"decode 'GET /incidents'", "needs an operation and a file"},
      {"decode 'GET /incidents' a b", "needs an operation and a file"},
      {"decode 'GET /nothing' get-incidents/whole/body.json", "no decoder for \"GET /nothing\""},
      {"decode 'GET /incidents' not-there.json", "cannot read not-there.json"},
      {"decode 'GET /incidents' get-incidents/operation.txt", "not JSON"},
      {"decode 'GET /incidents' - </dev/null", "not JSON"},
      {"requests now", "takes no arguments"},
  };
  for (const auto& row : rows) {
    const Outcome outcome = run(row.arguments, true);
    EXPECT_EQ(outcome.exit_code, 2) << row.arguments;
    EXPECT_TRUE(outcome.output.contains(row.says)) << row.arguments << ": " << outcome.output;
    EXPECT_TRUE(run(row.arguments).output.empty()) << row.arguments;
  }
}

TEST(PdcardRequests, PrintsAnExampleALine) {
  const Outcome outcome = run("requests");
  EXPECT_EQ(outcome.exit_code, 0);
  std::istringstream lines(outcome.output);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_TRUE(Json::parse(line).contains("path")) << line;
  EXPECT_EQ(count, 40);
  EXPECT_TRUE(run("requests --help").output.starts_with("pdcard requests\n"));
}

}  // namespace
