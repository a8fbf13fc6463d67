#include <cstdio>

#include "commands.h"
#include "pagerduty/decode.h"
#include "pagerduty/requests.h"

namespace pd::tool {
namespace {

constexpr char kDecodeHelp[] =
    "pdcard decode OPERATION FILE\n"
    "Prints what an API body decodes to as one line of JSON: {\"model\", \"diagnostics\"}, or {\"error\", \"diagnostics\"}\n"
    "for an error's body. A diagnostic has the path of a field that is not what it should be; the field is then left\n"
    "out. FILE may be - for standard input. OPERATION is a method and a path ('GET /incidents/Q1', also with a host\n"
    "and a query), or 'error 403' for any operation's error with that status.\n"
    "Exit code 0: decoded; 2: the body is no JSON (or above 4 MB or 64 levels), no such operation or file.\n"
    "Operations:\n";

constexpr char kRequestsHelp[] =
    "pdcard requests\n"
    "Prints an example of each request that the card can make, one JSON object a line:\n"
    "{\"name\", \"api\", \"method\", \"path\", \"body\", \"needs_from\"}; \"api\" is \"rest\" or \"events\".\n";

bool wants_help(Arguments arguments) {
  return !arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h");
}

}  // namespace

int run_decode(Arguments arguments) {
  if (wants_help(arguments)) {
    std::fputs(kDecodeHelp, stdout);
    for (const std::string_view operation : pagerduty::decodable_operations()) {
      std::printf("  %.*s\n", static_cast<int>(operation.size()), operation.data());
    }
    return 0;
  }
  if (arguments.size() != 2)
    return usage_error("decode needs an operation and a file; see pdcard decode --help");
  std::string body;
  if (!read_input(arguments[1], body)) return 2;
  const Result<std::string> json = pagerduty::decode_to_json(arguments[0], body);
  if (!json) {
    const bool unknown = json.error().code == ErrorCode::kBadArgument;
    return usage_error(json.error().message + (unknown ? " pdcard decode --help lists them." : ""));
  }
  std::puts(json->c_str());
  return 0;
}

int run_requests(Arguments arguments) {
  if (wants_help(arguments)) {
    std::fputs(kRequestsHelp, stdout);
    return 0;
  }
  if (!arguments.empty())
    return usage_error("requests takes no arguments; see pdcard requests --help");
  std::fputs(pagerduty::example_requests_jsonl().c_str(), stdout);
  return 0;
}

}  // namespace pd::tool
