#include "text/font_loader.h"

#include <array>
#include <cmath>

#include "imgui_internal.h"

namespace pd::text {
namespace {

// The atlas copies the bytes of a font's data: what it is given is a pointer.
LoadedFont& loaded_of(ImFontConfig* source) {
  return **static_cast<LoadedFont**>(source->FontData);
}

bool has_every_glyph(ImFontAtlas*, ImFontConfig*, ImWchar) { return true; }

bool set_metrics(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) {
  const LoadedFont& loaded = loaded_of(source);
  baked->Ascent = loaded.metrics.ascent_px;
  baked->Descent = -loaded.metrics.descent_px;
  return true;
}

// Takes the bitmap from the batch that was made for it, else makes a batch of one.
Bitmap take_bitmap(LoadedFont& loaded, char32_t code_point) {
  if (const auto found = loaded.waiting.find(code_point); found != loaded.waiting.end()) {
    Bitmap bitmap = std::move(found->second);
    loaded.waiting.erase(found);
    return bitmap;
  }
  std::vector<Bitmap> one = loaded.source->glyphs(loaded.key, {&code_point, 1});
  return one.empty() ? Bitmap{} : std::move(one.front());
}

void place_bitmap(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked,
                  const Bitmap& bitmap, ImFontGlyph* glyph) {
  const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, bitmap.width_px, bitmap.height_px);
  if (id == ImFontAtlasRectId_Invalid)
    return;  // the atlas is at its largest: the glyph is not seen
  ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, id);
  const LoadedFont& loaded = loaded_of(source);
  glyph->X0 = static_cast<float>(bitmap.left_px);
  glyph->Y0 = static_cast<float>(bitmap.top_px) + std::round(loaded.metrics.ascent_px);
  glyph->X1 = glyph->X0 + static_cast<float>(bitmap.width_px);
  glyph->Y1 = glyph->Y0 + static_cast<float>(bitmap.height_px);
  glyph->Visible = true;
  glyph->Colored = bitmap.colored;
  glyph->PackId = id;
  ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, rect,
                                     reinterpret_cast<const unsigned char*>(bitmap.pixels.data()),
                                     ImTextureFormat_RGBA32, bitmap.width_px * 4);
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar code_point, ImFontGlyph* glyph, float* advance_only) {
  LoadedFont& loaded = loaded_of(source);
  Bitmap bitmap = take_bitmap(loaded, static_cast<char32_t>(code_point));
  if (advance_only != nullptr) {
    *advance_only = bitmap.advance_px;
    loaded.waiting.emplace(static_cast<char32_t>(code_point), std::move(bitmap));
    return true;
  }
  glyph->Codepoint = code_point & 0x3FFFFFFU;
  glyph->AdvanceX = bitmap.advance_px;
  if (bitmap.width_px > 0 && bitmap.height_px > 0)
    place_bitmap(atlas, source, baked, bitmap, glyph);
  return true;
}

}  // namespace

const ImFontLoader* font_loader() {
  static const ImFontLoader kLoader = [] {
    ImFontLoader loader;
    loader.Name = "pagerduty-card";
    loader.FontSrcContainsGlyph = has_every_glyph;
    loader.FontBakedInit = set_metrics;
    loader.FontBakedLoadGlyph = load_glyph;
    return loader;
  }();
  return &kLoader;
}

ImFont* add_font(ImFontAtlas& atlas, LoadedFont& loaded) {
  ImFontConfig config;
  // The atlas copies these bytes: the font's address.
  std::array<LoadedFont*, 1> address{&loaded};
  config.FontData = static_cast<void*>(address.data());
  config.FontDataSize = sizeof(address);
  config.FontDataOwnedByAtlas = false;
  config.SizePixels = std::round(loaded.key.size_px);
  config.FontLoader = font_loader();
  config.OversampleH = config.OversampleV = 1;
  loaded.font = atlas.AddFont(&config);
  return loaded.font;
}

}  // namespace pd::text
