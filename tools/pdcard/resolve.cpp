#include <algorithm>
#include <cstdio>
#include <vector>

#include "commands.h"
#include "entity/resolution_json.h"

namespace pd::tool {
namespace {

constexpr char kHelp[] =
    "pdcard resolve FILE... [--ref [kind:][namespace/]name]\n"
    "                       [--service-id ID] [--integration-key KEY] [--account NAME]\n"
    "Prints one JSON line for each document of each Backstage descriptor (YAML or JSON; - is standard\n"
    "input): which PagerDuty service it names, and what is wrong with its annotations. With --ref, only\n"
    "that entity of each file. The other options stand for the element's attributes of the same name.\n"
    "Exit code 0: nothing is wrong (a document without annotations is not wrong); 1: an annotation, a\n"
    "document or a file is wrong, or no entity has that ref; 2: usage, or a file that cannot be read.\n";

struct Options {
  std::vector<std::string_view> files;
  std::string_view ref;
  entity::ExplicitValues values;
};

// Sets what the option `name` stands for. False: there is no such option.
bool set_option(Options& options, std::string_view name, std::string_view value) {
  if (name == "--ref") {
    options.ref = value;
  } else if (name == "--service-id") {
    options.values.service_id = value;
  } else if (name == "--integration-key") {
    options.values.integration_key = value;
  } else if (name == "--account") {
    options.values.account = value;
  } else {
    return false;
  }
  return true;
}

// 0, or the exit code after an error that was printed.
int parse(Arguments arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (!name.starts_with("-") || name == "-") {
      options.files.push_back(name);
      continue;
    }
    const bool has_value = i + 1 < arguments.size();
    if (!set_option(options, name, has_value ? arguments[++i] : std::string_view())) {
      return usage_error("resolve does not know " + std::string(name) +
                         "; see pdcard resolve --help");
    }
    if (!has_value) return usage_error(std::string(name) + " needs a value");
  }
  return options.files.empty() ? usage_error("resolve needs a file; see pdcard resolve --help") : 0;
}

int resolve_one(std::string_view file, const Options& options) {
  std::string text;
  if (!read_input(file, text)) return 2;
  const std::string_view name = file == "-" ? "standard input" : file;
  const entity::ResolvedFile resolved =
      entity::resolve_file(text, name, options.ref, options.values);
  std::fputs(resolved.json_lines.c_str(), stdout);
  return resolved.wrong ? 1 : 0;
}

}  // namespace

int run_resolve(Arguments arguments) {
  if (std::ranges::any_of(arguments,
                          [](std::string_view a) { return a == "--help" || a == "-h"; })) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  Options options;
  if (const int refused = parse(arguments, options); refused != 0) return refused;
  int worst = 0;
  for (const std::string_view file : options.files)
    worst = std::max(worst, resolve_one(file, options));
  return worst;
}

}  // namespace pd::tool
