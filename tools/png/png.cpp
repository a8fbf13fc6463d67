#include "png/png.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#define STBI_ONLY_PNG
#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "stb_image.h"
#include "stb_image_write.h"
#pragma GCC diagnostic pop

namespace pd::png {

bool write(const std::string& path, const Image& image) {
  stbi_write_png_compression_level = 9;
  return stbi_write_png(path.c_str(), image.width, image.height, 4, image.pixels.data(),
                        image.width * 4) != 0;
}

std::optional<Image> read(const std::string& path) {
  Image image;
  int channels = 0;
  unsigned char* data = stbi_load(path.c_str(), &image.width, &image.height, &channels, 4);
  if (data == nullptr) return std::nullopt;
  image.pixels.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height));
  std::memcpy(image.pixels.data(), data, image.pixels.size() * 4);
  stbi_image_free(data);
  return image;
}

Difference compare(const Image& actual, const Image& expected, int tolerance) {
  Difference difference;
  difference.image = actual;
  if (actual.width != expected.width || actual.height != expected.height) {
    difference.differing = std::max(actual.pixels.size(), expected.pixels.size());
    difference.largest = 255;
    return difference;
  }
  for (std::size_t i = 0; i < actual.pixels.size(); ++i) {
    int worst = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
      const int a = static_cast<int>((actual.pixels[i] >> shift) & 0xFFU);
      const int e = static_cast<int>((expected.pixels[i] >> shift) & 0xFFU);
      worst = std::max(worst, std::abs(a - e));
    }
    difference.largest = std::max(difference.largest, worst);
    const bool differs = worst > tolerance;
    if (differs) ++difference.differing;
    difference.image.pixels[i] =
        differs ? 0xFF0000FFU : (expected.pixels[i] & 0x00FFFFFFU) | 0x40000000U;
  }
  return difference;
}

}  // namespace pd::png
