// Glyphs for tests that ask not what letters look like: every one is a small box.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "text/text_source.h"

namespace pd::fuzz {

class BoxSource final : public text::TextSource {
 public:
  text::FamilyId family(std::string_view, std::string_view) override { return 1; }
  text::FontMetrics metrics(const text::FontKey& key) override {
    return {key.size_px * 0.8F, key.size_px * 0.2F};
  }
  std::vector<text::Bitmap> glyphs(const text::FontKey& key,
                                   std::span<const char32_t> code_points) override {
    return std::vector<text::Bitmap>(code_points.size(), box(key));
  }
  text::Bitmap run(const text::FontKey& key, std::string_view, std::uint32_t) override {
    return box(key);
  }

 private:
  static text::Bitmap box(const text::FontKey& key) {
    text::Bitmap bitmap;
    bitmap.advance_px = key.size_px / 2;
    bitmap.top_px = -4;
    bitmap.width_px = 4;
    bitmap.height_px = 4;
    bitmap.pixels.assign(16, 0xFFFFFFFF);
    return bitmap;
  }
};

}  // namespace pd::fuzz
