#include <algorithm>

#include "text/host_source.h"

namespace pd::text {
namespace {

constexpr std::uint32_t kBufferPixels = 512 * 1024;

// Drawn in white, yet of another colour. A browser that adds noise to what a page reads must not
// change the answer.
bool is_colored(std::uint32_t rgba) {
  constexpr std::uint32_t kFromAlpha = 64;
  constexpr std::uint32_t kBelow = 200;
  constexpr std::uint32_t kChannel = 0xFF;
  return rgba >> 24 >= kFromAlpha &&
         std::min({rgba & kChannel, rgba >> 8 & kChannel, rgba >> 16 & kChannel}) < kBelow;
}

class HostSource final : public TextSource {
 public:
  FamilyId family(std::string_view css_font_family, std::string_view css_mono_family) override {
    return static_cast<FamilyId>(pdc_host_family(
        css_font_family.data(), static_cast<std::uint32_t>(css_font_family.size()),
        css_mono_family.data(), static_cast<std::uint32_t>(css_mono_family.size())));
  }

  FontMetrics metrics(const FontKey& key) override {
    float values[2] = {0, 0};
    pdc_host_metrics(key.family, static_cast<std::uint32_t>(key.face), key.size_px, values);
    return {values[0], values[1]};
  }

  std::vector<Bitmap> glyphs(const FontKey& key, std::span<const char32_t> code_points) override {
    std::vector<Bitmap> bitmaps;
    std::vector<HostBitmap> boxes(code_points.size());
    while (bitmaps.size() < code_points.size()) {
      const auto rest = code_points.subspan(bitmaps.size());
      const std::uint32_t done = pdc_host_glyphs(
          key.family, static_cast<std::uint32_t>(key.face), key.size_px, rest.data(),
          static_cast<std::uint32_t>(rest.size()), boxes.data(), pixels_.get(), kBufferPixels);
      for (std::uint32_t i = 0; i < done; ++i) bitmaps.push_back(copy(boxes[i]));
      if (done == 0) bitmaps.emplace_back();  // too large for any buffer: drawn as nothing
    }
    return bitmaps;
  }

  // The text beside what has colours of its own is drawn with it: then it is a picture.
  Bitmap run(const FontKey& key, std::string_view utf8, std::uint32_t color) override {
    constexpr std::uint32_t kWhite = 0xFFFFFF;
    Bitmap bitmap = draw_run(key, utf8, kWhite);
    if (!bitmap.colored || color == 0) return bitmap;
    bitmap = draw_run(key, utf8, color);
    bitmap.colored = true;
    return bitmap;
  }

 private:
  // What the page writes into; kept, a batch comes with every new word.
  std::unique_ptr<std::uint32_t[]> pixels_ =
      std::make_unique_for_overwrite<std::uint32_t[]>(kBufferPixels);

  Bitmap draw_run(const FontKey& key, std::string_view utf8, std::uint32_t color) {
    HostBitmap box{};
    const std::uint32_t done = pdc_host_run(
        key.family, static_cast<std::uint32_t>(key.face), key.size_px, utf8.data(),
        static_cast<std::uint32_t>(utf8.size()), color, &box, pixels_.get(), kBufferPixels);
    return done == 1 ? copy(box) : Bitmap{};
  }

  Bitmap copy(const HostBitmap& box) const {
    Bitmap bitmap;
    bitmap.advance_px = box.advance_px;
    if (box.width_px <= 0 || box.height_px <= 0) return bitmap;
    const auto width = static_cast<std::uint32_t>(box.width_px);
    const auto height = static_cast<std::uint32_t>(box.height_px);
    const std::uint64_t end =
        box.offset + std::uint64_t{height - 1} * box.stride + std::uint64_t{width};
    if (box.stride < width || end > kBufferPixels) return bitmap;
    bitmap.left_px = box.left_px;
    bitmap.top_px = box.top_px;
    bitmap.width_px = box.width_px;
    bitmap.height_px = box.height_px;
    bitmap.pixels.resize(std::size_t{width} * height);
    const std::uint32_t* row = pixels_.get() + box.offset;
    for (auto to = bitmap.pixels.begin(); to != bitmap.pixels.end(); row += box.stride) {
      to = std::copy_n(row, width, to);
    }
    bitmap.colored = std::ranges::any_of(bitmap.pixels, is_colored);
    return bitmap;
  }
};

}  // namespace

std::unique_ptr<TextSource> make_host_source() { return std::make_unique<HostSource>(); }

}  // namespace pd::text
