// `pdcard resolve` as a process: its exit codes, and which stream says what.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "places.h"

namespace {

namespace fs = std::filesystem;

constexpr char kGood[] =
    "kind: Component\nmetadata:\n  name: checkout-api\n  annotations:\n    "
    "pagerduty.com/service-id: PABC123\n";
constexpr char kTemplate[] =
    "kind: Component\nmetadata:\n  name: checkout-web\n  annotations:\n    "
    "pagerduty.com/service-id: <service-id>\n";
constexpr char kNotAnnotated[] = "kind: System\nmetadata:\n  name: checkout\n";

struct Outcome {
  int exit_code = -1;
  std::string out, err;
};

class ResolveCommand : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  // `arguments` are words of a shell; they run in the test's folder.
  Outcome run(const std::string& arguments) const {
    const std::string command = "cd '" + folder_.string() + "' && '" + pd::pdcard().string() +
                                "' resolve " + arguments + " >out.txt 2>err.txt";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read("out.txt"), read("err.txt")};
  }

 private:
  fs::path folder_ =
      fs::path(testing::TempDir()) /
      (std::string("pdcard-") + testing::UnitTest::GetInstance()->current_test_info()->name());

  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
};

// How often `part` stands in `text`.
int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

TEST_F(ResolveCommand, PrintsOneJsonLineForEachDocument) {
  write("a.yaml", std::string(kGood) + "---\n" + kNotAnnotated);
  const Outcome outcome = run("a.yaml");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(std::ranges::count(outcome.out, '\n'), 2);
  EXPECT_EQ(
      outcome.out.substr(0, outcome.out.find('\n')),
      R"({"file":"a.yaml","doc":0,"parse":"ok","apiVersion":null,"kind":"Component","name":"checkout-api",)"
      R"("namespace":"default","namespace_explicit":false,"backstage_entity":true,)"
      R"("entity_ref":"component:default/checkout-api","annotations":"map",)"
      R"("integration_key":null,"integration_key_class":"absent","integration_key_source":null,)"
      R"("service_id":"PABC123","service_id_class":"literal","service_id_source":"annotation",)"
      R"("account":null,"account_class":"absent","account_source":null,)"
      R"("usable":true,"looked_up_by":"service-id","diagnostics":[]})");
}

TEST_F(ResolveCommand, ExitsWithTheWorstOfWhatItFound) {
  struct Case {
    std::string name, arguments;
    int exit_code;
    std::string out, err;  // parts of the streams; "" = nothing there
  };
  const Case cases[] = {
      {"a good file", "good.yaml", 0, R"("usable":true)", ""},
      {"a file without annotations", "none.yaml", 0, R"("code":"not-annotated")", ""},
      {"a template left in", "template.yaml", 1, R"("code":"template-left-in")", ""},
      {"a broken file", "broken.yaml", 1, R"("code":"syntax")", ""},
      {"an empty file", "empty.yaml", 1, R"("code":"empty-input")", ""},
      {"several files", "good.yaml template.yaml", 1, R"("file":"template.yaml")", ""},
      {"standard input", "- < good.yaml", 0, R"("file":"standard input")", ""},
      {"one entity of several", "both.yaml --ref checkout-api", 0, R"("service_id":"PABC123")", ""},
      {"the wrong entity of several", "both.yaml --ref Component:Default/Checkout-Web", 1,
       R"("doc":1)", ""},
      {"an entity that is not there", "both.yaml --ref api:checkout", 1,
       R"("code":"entity-not-found")", ""},
      {"a malformed ref", "both.yaml --ref a:b:c", 1, R"("code":"bad-entity-ref")", ""},
      {"an explicit value", "--service-id PXYZ789 template.yaml", 0,
       R"("service_id_source":"explicit")", ""},
      {"all explicit values",
       "none.yaml --service-id PXYZ789 --integration-key e93facc04764012d7bfb002500d5d1a6 "
       "--account acme",
       0, R"("account":"acme")", ""},
      {"help", "--help", 0, "Exit code 0", ""},
      {"help after other words", "good.yaml -h", 0, "Exit code 0", ""},
      {"no file", "", 2, "", "pdcard: resolve needs a file; see pdcard resolve --help\n"},
      {"a missing file", "missing.yaml", 2, "",
       "pdcard: cannot read missing.yaml: No such file or directory\n"},
      {"a folder", ".", 2, "", "pdcard: cannot read .: Is a directory\n"},
      {"a missing file and a good one", "missing.yaml good.yaml", 2, R"("usable":true)",
       "missing.yaml"},
      {"a wrong option", "good.yaml --reff x", 2, "",
       "pdcard: resolve does not know --reff; see pdcard resolve --help\n"},
      {"a wrong option at the end", "good.yaml --verbose", 2, "",
       "pdcard: resolve does not know --verbose; see pdcard resolve --help\n"},
      {"an option without its value", "good.yaml --ref", 2, "", "pdcard: --ref needs a value\n"},
  };
  write("good.yaml", kGood);
  write("none.yaml", kNotAnnotated);
  write("template.yaml", kTemplate);
  write("broken.yaml", "kind: [\n");
  write("empty.yaml", "");
  write("both.yaml", std::string(kGood) + "---\n" + kTemplate);
  for (const Case& c : cases) {
    const Outcome outcome = run(c.arguments);
    EXPECT_EQ(outcome.exit_code, c.exit_code) << c.name << "\n" << outcome.err;
    for (const auto& [stream, part] :
         {std::pair(outcome.out, c.out), std::pair(outcome.err, c.err)}) {
      EXPECT_TRUE(part.empty() ? stream.empty() : stream.find(part) != std::string::npos)
          << c.name << ": " << stream;
    }
  }
}

TEST_F(ResolveCommand, ReadsEveryFileEvenAfterABadOne) {
  write("good.yaml", kGood);
  write("broken.yaml", "kind: [\n");
  const Outcome outcome = run("broken.yaml good.yaml broken.yaml");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(count(outcome.out, R"("code":"syntax")"), 2);
  EXPECT_EQ(count(outcome.out, R"("usable":true)"), 1);
}

TEST_F(ResolveCommand, SaysWhereTheErrorIs) {
  write("tab.yaml", "kind: Component\nmetadata:\n\tname: checkout-api\n");
  EXPECT_EQ(
      count(
          run("tab.yaml").out,
          R"("message":"tab.yaml:3:1: this line is indented with a tab; YAML allows only spaces there.",)"
          R"("line":3,"column":1)"),
      1);
}

}  // namespace
