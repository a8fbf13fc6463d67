// Where a test finds files, and where it leaves its own. Only places.cpp knows these paths: the objects of the
// tests themselves are the same in every checkout, so that a compiler cache has them for all.
#pragma once

#include <filesystem>

namespace pd {

// The repository.
std::filesystem::path source_dir();
// The folder that this program was built in.
std::filesystem::path build_dir();
// The native command, where it is built: not under Emscripten.
std::filesystem::path pdcard();

}  // namespace pd
