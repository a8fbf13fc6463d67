#include "text/stb_source.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

#define STBTT_STATIC
#define STB_TRUETYPE_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "stb_truetype.h"
#pragma GCC diagnostic pop

namespace pd::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct FontFile {
  std::string bytes;
  stbtt_fontinfo info{};
  bool load(std::string file) {
    bytes = std::move(file);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    return !bytes.empty() && stbtt_InitFont(&info, data, stbtt_GetFontOffsetForIndex(data, 0)) != 0;
  }
  // CSS font-size is the size of the em square.
  float scale(float size_px) const { return stbtt_ScaleForMappingEmToPixels(&info, size_px); }
};

class StbSource final : public TextSource {
 public:
  bool load(FontFiles files) {
    has_fallback_ = fonts_[kFallback].load(std::move(files.fallback));
    return fonts_[0].load(std::move(files.regular)) && fonts_[1].load(std::move(files.bold)) &&
           fonts_[2].load(std::move(files.mono));
  }

  FamilyId family(std::string_view, std::string_view) override { return kDefaultFamily; }

  FontMetrics metrics(const FontKey& key) override {
    const FontFile& font = fonts_[static_cast<std::size_t>(key.face)];
    int ascent = 0;
    int descent = 0;
    int line_gap = 0;
    stbtt_GetFontVMetrics(&font.info, &ascent, &descent, &line_gap);
    const float scale = font.scale(key.size_px);
    return {static_cast<float>(ascent) * scale, static_cast<float>(-descent) * scale};
  }

  std::vector<Bitmap> glyphs(const FontKey& key, std::span<const char32_t> code_points) override {
    std::vector<Bitmap> bitmaps;
    for (const char32_t c : code_points) bitmaps.push_back(glyph(key, c));
    return bitmaps;
  }

  Bitmap run(const FontKey& key, std::string_view utf8, std::uint32_t) override {
    std::vector<std::pair<float, Bitmap>> placed;
    Bitmap whole;
    int right = 0;
    int bottom = 0;
    for (std::size_t at = 0; at < utf8.size();) {
      Bitmap bitmap = glyph(key, next_code_point(utf8, at));
      const int left = static_cast<int>(std::lround(whole.advance_px)) + bitmap.left_px;
      if (bitmap.width_px > 0) {
        whole.left_px = std::min(whole.left_px, left);
        whole.top_px = std::min(whole.top_px, bitmap.top_px);
        right = std::max(right, left + bitmap.width_px);
        bottom = std::max(bottom, bitmap.top_px + bitmap.height_px);
      }
      const float advance = bitmap.advance_px;
      placed.emplace_back(whole.advance_px, std::move(bitmap));
      whole.advance_px += advance;
    }
    whole.width_px = right - whole.left_px;
    whole.height_px = bottom - whole.top_px;
    whole.pixels.assign(
        static_cast<std::size_t>(whole.width_px) * static_cast<std::size_t>(whole.height_px),
        0x00FFFFFF);
    for (const auto& [x, bitmap] : placed) copy(whole, bitmap, static_cast<int>(std::lround(x)));
    return whole;
  }

 private:
  static constexpr std::size_t kFallback = 3;
  std::array<FontFile, 4> fonts_;
  bool has_fallback_ = false;

  static std::size_t index_of(const Bitmap& bitmap, int row, int column) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(bitmap.width_px) +
           static_cast<std::size_t>(column);
  }

  static void copy(Bitmap& whole, const Bitmap& part, int x) {
    for (int row = 0; row < part.height_px; ++row) {
      for (int column = 0; column < part.width_px; ++column) {
        const std::size_t from = index_of(part, row, column);
        const std::size_t to = index_of(whole, row + part.top_px - whole.top_px,
                                        column + x + part.left_px - whole.left_px);
        whole.pixels[to] = std::max(whole.pixels[to], part.pixels[from]);
      }
    }
  }

  // The first font that has it; else the replacement character's glyph.
  std::pair<const FontFile*, int> find(Face face, char32_t c) const {
    const FontFile& wanted = fonts_[static_cast<std::size_t>(face)];
    if (const int index = stbtt_FindGlyphIndex(&wanted.info, static_cast<int>(c)); index != 0)
      return {&wanted, index};
    if (has_fallback_) {
      const FontFile& fallback = fonts_[kFallback];
      if (const int index = stbtt_FindGlyphIndex(&fallback.info, static_cast<int>(c)); index != 0)
        return {&fallback, index};
    }
    return {&wanted, stbtt_FindGlyphIndex(&wanted.info, static_cast<int>(kReplacement))};
  }

  Bitmap glyph(const FontKey& key, char32_t c) const {
    const auto [font, index] = find(key.face, c);
    const float scale = font->scale(key.size_px);
    Bitmap bitmap;
    int advance = 0;
    int bearing = 0;
    stbtt_GetGlyphHMetrics(&font->info, index, &advance, &bearing);
    bitmap.advance_px = static_cast<float>(advance) * scale;
    int x1 = 0;
    int y1 = 0;
    stbtt_GetGlyphBitmapBox(&font->info, index, scale, scale, &bitmap.left_px, &bitmap.top_px, &x1,
                            &y1);
    bitmap.width_px = x1 - bitmap.left_px;
    bitmap.height_px = y1 - bitmap.top_px;
    if (bitmap.width_px <= 0 || bitmap.height_px <= 0) {
      bitmap.width_px = bitmap.height_px = 0;
      return bitmap;
    }
    std::vector<unsigned char> coverage(
        static_cast<std::size_t>(bitmap.width_px * bitmap.height_px));
    stbtt_MakeGlyphBitmap(&font->info, coverage.data(), bitmap.width_px, bitmap.height_px,
                          bitmap.width_px, scale, scale, index);
    bitmap.pixels.reserve(coverage.size());
    for (const unsigned char alpha : coverage)
      bitmap.pixels.push_back(0x00FFFFFFU | (static_cast<std::uint32_t>(alpha) << 24U));
    return bitmap;
  }
};

}  // namespace

std::unique_ptr<TextSource> make_stb_source(FontFiles files) {
  auto source = std::make_unique<StbSource>();
  if (!source->load(std::move(files))) return nullptr;
  return source;
}

}  // namespace pd::text
