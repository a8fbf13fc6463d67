#include <cstdio>

#include "commands.h"
#include "pagerduty/decode.h"
#include "pagerduty/requests.h"

namespace pd::tool {
namespace {

constexpr char kHelp[] =
    "pdcard decode OPERATION FILE\n"
    "Prints the model that an API body decodes to, and its diagnostics, as JSON. OPERATION is a method and path,\n"
    "'GET /incidents', or 'error 403' for an error's body. An unknown operation lists all.\n"
    "Exit code 0: decoded; 2: not JSON, no such operation, or no such file.\n";

}  // namespace

int run_decode(Arguments arguments) {
  if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h")) {
    std::fputs(kHelp, stdout);
    return 0;
  }
  std::string body;
  if (arguments.size() != 2) return usage_error("decode needs an operation and a file; see pdcard decode --help");
  if (!read_input(arguments[1], body)) return 2;
  const Result<std::string> json = pagerduty::decode_to_json(arguments[0], body);
  if (!json) return usage_error(json.error().message);
  std::puts(json->c_str());
  return 0;
}

int run_requests(Arguments) {
  std::fputs(pagerduty::example_requests_jsonl().c_str(), stdout);
  return 0;
}

}  // namespace pd::tool
