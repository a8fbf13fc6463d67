// Glyphs by stb_truetype, for native tests, golden images and `pdcard render`. Shapes nothing: a
// run is its glyphs side by side.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "text/text_source.h"

namespace pd::text {

// The bytes of font files (TrueType or OpenType). `fallback` is asked for what the others lack.
struct FontFiles {
  std::string regular, bold, mono, fallback;
};

// Null when a file is not a font.
std::unique_ptr<TextSource> make_stb_source(FontFiles files);

}  // namespace pd::text
