#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

#include "commands.h"

namespace pd::tool {

bool read_input(std::string_view path, std::string& text) {
  const std::string name(path);
  std::FILE* file = path == "-" ? stdin : std::fopen(name.c_str(), "rb");
  if (file == nullptr) {
    std::fprintf(stderr, "pdcard: cannot read %s: %s\n", name.c_str(), std::strerror(errno));
    return false;
  }
  std::array<char, 65536> buffer{};
  std::size_t count = 0;
  while ((count = std::fread(buffer.data(), 1, buffer.size(), file)) > 0)
    text.append(buffer.data(), count);
  const bool good = std::ferror(file) == 0;
  if (!good)
    std::fprintf(stderr, "pdcard: cannot read %s: %s\n", name.c_str(), std::strerror(errno));
  if (file != stdin) std::fclose(file);
  return good;
}

int usage_error(std::string_view message) {
  std::fprintf(stderr, "pdcard: %.*s\n", static_cast<int>(message.size()), message.data());
  return 2;
}

namespace {

struct Command {
  std::string_view name;
  int (*run)(Arguments);
};
constexpr Command kCommands[] = {{"resolve", run_resolve},
                                 {"decode", run_decode},
                                 {"requests", run_requests},
                                 {"render", run_render}};

constexpr char kHelp[] =
    "pdcard resolve FILE [--ref REF]        what each document of a Backstage descriptor names\n"
    "pdcard decode 'GET /incidents' FILE    what an API body says\n"
    "pdcard requests                        an example of each request that the card makes\n"
    "pdcard render SNAPSHOT.json -o PNG     paints a card\n"
    "Each has --help. FILE may be - for standard input.\n";

int run(Arguments arguments) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    std::fputs(kHelp, arguments.empty() ? stderr : stdout);
    return arguments.empty() ? 2 : 0;
  }
  for (const Command& command : kCommands) {
    if (command.name == arguments[0]) return command.run(arguments.subspan(1));
  }
  return usage_error("there is no command \"" + std::string(arguments[0]) +
                     "\"; see pdcard --help");
}

}  // namespace
}  // namespace pd::tool

int main(int argc, char** argv) {
  const std::vector<std::string_view> arguments(argv + 1, argv + argc);
  return pd::tool::run(arguments);
}
