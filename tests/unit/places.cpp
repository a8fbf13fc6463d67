#include "places.h"

namespace pd {

std::filesystem::path source_dir() { return PDC_SOURCE_DIR; }
std::filesystem::path build_dir() { return PDC_BINARY_DIR; }
std::filesystem::path pdcard() { return build_dir() / "tools/pdcard/pdcard"; }

}  // namespace pd
