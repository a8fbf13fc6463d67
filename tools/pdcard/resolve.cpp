#include <cstdio>

#include "commands.h"
#include "entity/resolution_json.h"

namespace pd::tool {
namespace {

constexpr char kHelp[] =
    "pdcard resolve FILE [--ref [kind:][namespace/]name]\n"
    "                    [--service-id ID] [--integration-key KEY] [--account NAME]\n"
    "Prints one JSON line for each document of the descriptor (YAML or JSON): which PagerDuty service it\n"
    "names, and what is wrong with its annotations. With --ref, only that entity.\n"
    "Exit code 0: nothing is wrong; 1: an annotation or the file is wrong; 2: usage, or no such file.\n";

struct Options {
  std::string_view file, ref;
  entity::ExplicitValues values;
};

// False: not understood; the reason was printed.
bool parse(Arguments arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view name = arguments[i];
    if (!name.starts_with("--")) {
      if (!options.file.empty()) return usage_error("resolve takes one file") == 0;
      options.file = name;
      continue;
    }
    if (i + 1 == arguments.size()) return usage_error(std::string(name) + " needs a value") == 0;
    const std::string_view value = arguments[++i];
    if (name == "--ref") {
      options.ref = value;
    } else if (name == "--service-id") {
      options.values.service_id = value;
    } else if (name == "--integration-key") {
      options.values.integration_key = value;
    } else if (name == "--account") {
      options.values.account = value;
    } else {
      return usage_error("resolve does not know " + std::string(name)) == 0;
    }
  }
  return !options.file.empty() || usage_error("resolve needs a file; see pdcard resolve --help") == 0;
}

}  // namespace

int run_resolve(Arguments arguments) {
  if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  Options options;
  std::string text;
  if (!parse(arguments, options) || !read_input(options.file, text)) return 2;
  const entity::ResolvedFile resolved = entity::resolve_file(text, options.file, options.ref, options.values);
  std::fputs(resolved.json_lines.c_str(), stdout);
  return resolved.wrong ? 1 : 0;
}

}  // namespace pd::tool
