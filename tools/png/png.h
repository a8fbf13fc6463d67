// PNG files in and out, for the native command and the golden images. stb_image stays inside
// png.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pd::png {

// RGBA bytes in memory order, rows without gaps.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint32_t> pixels;
};

bool write(const std::string& path, const Image& image);
// Nothing when the file is not there or not a PNG.
std::optional<Image> read(const std::string& path);

struct Difference {
  std::size_t differing = 0;  // pixels beyond the tolerance
  int largest = 0;            // of any channel
  Image image;                // what differs in red over the faded expectation
};
// `tolerance` of each channel, 0..255. Images of different sizes differ everywhere.
Difference compare(const Image& actual, const Image& expected, int tolerance);

}  // namespace pd::png
