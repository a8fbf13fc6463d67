// text: glyphs and their metrics. A TextSource is where they come from: the browser's own text
// engine (browser_source.cpp, over a Canvas2D) or stb_truetype (stb_source.cpp, native tests and
// `pdcard render`). Choose by linking one of the two; nothing else differs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pd::text {

enum class Face : std::uint8_t { kRegular, kBold, kMono };  // bold = weight 600
using FamilyId = std::uint16_t;                             // a registered font-family list
inline constexpr FamilyId kDefaultFamily = 0;

struct FontKey {
  FamilyId family = kDefaultFamily;
  Face face = Face::kRegular;
  float size_px = 14;  // device pixels
  bool operator==(const FontKey&) const = default;
};

struct FontMetrics {
  float ascent_px = 0, descent_px = 0;
};  // both positive, from the baseline

// One rasterised glyph or run. The bitmap's top left corner lies at (left, top) from the pen on the
// baseline, y down. Pixels are RGBA, not premultiplied; white with coverage in alpha unless
// `colored`.
struct Bitmap {
  float advance_px = 0;
  int left_px = 0, top_px = 0, width_px = 0, height_px = 0;
  bool colored = false;
  std::vector<std::uint32_t> pixels;
};

class TextSource {
 public:
  virtual ~TextSource() = default;
  // Registers a CSS font-family list; the same list gives the same id.
  virtual FamilyId family(std::string_view css_font_family, std::string_view css_mono_family) = 0;
  virtual FontMetrics metrics(const FontKey& key) = 0;
  // One Bitmap for each code point, in order; one call is one batch (one getImageData in the
  // browser).
  virtual std::vector<Bitmap> glyphs(const FontKey& key, std::span<const char32_t> code_points) = 0;
  // A whole string, shaped by the source (bidi, ligatures, emoji sequences). Where something in it
  // has colours of its own, the text beside it has `color` (R in the lowest byte): a coloured bitmap
  // is drawn as it is.
  virtual Bitmap run(const FontKey& key, std::string_view utf8, std::uint32_t color) = 0;
};

}  // namespace pd::text
