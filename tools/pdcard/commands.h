// pdcard: the native command. main.cpp dispatches; each subcommand is a file of its own.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pd::tool {

using Arguments = std::span<const std::string_view>;

// Exit codes: 0 good, 1 what was looked at is wrong, 2 it could not be looked at (usage, unreadable file).
int run_resolve(Arguments arguments);
int run_decode(Arguments arguments);
int run_requests(Arguments arguments);
int run_render(Arguments arguments);

// The whole file; "-" is standard input. False: it cannot be read; the reason was printed.
bool read_input(std::string_view path, std::string& text);
// Prints "pdcard: <message>" and gives 2.
int usage_error(std::string_view message);

}  // namespace pd::tool
