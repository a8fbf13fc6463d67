// raster: ImDrawData to pixels on the CPU. Deterministic: the same draw data gives the same pixels
// natively and in WASM, which is why golden images speak for the browser too.
//
// Handles what Dear ImGui's draw lists hold: clipped, textured, vertex-coloured triangles. Fast
// paths: solid axis-aligned rectangles and 1:1 glyph quads. Blends over what is in the target
// (source-over).
#pragma once

#include <cstdint>

struct ImDrawData;

namespace pd::raster {

// RGBA bytes in memory order (as ImageData wants them), stride in pixels.
struct Surface {
  std::uint32_t* pixels = nullptr;
  int width = 0, height = 0, stride = 0;
};

void clear(const Surface& surface, std::uint32_t rgba);
void draw(const Surface& surface, const ImDrawData& data);

// Equal hashes: the same picture (vertices, indices, commands, clip rectangles, texture ids and
// sizes of the display). Used to skip both raster and presentation.
std::uint64_t hash(const ImDrawData& data);

}  // namespace pd::raster
