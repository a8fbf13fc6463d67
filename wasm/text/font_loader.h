// The ImFontLoader over a TextSource. Internal to this folder.
//
// Each FontKey is an ImFont of its own: Dear ImGui rounds font sizes to whole pixels, and a card at
// devicePixelRatio 1.5 needs 19.5. The size that Dear ImGui sees is only a name for the baked set.
#pragma once

#include <map>

#include "imgui.h"
#include "text/text_source.h"

namespace pd::text {

// A font as the atlas knows it, with the bitmaps that were rasterised but not yet asked for.
struct LoadedFont {
  TextSource* source = nullptr;
  FontKey key;
  ImFont* font = nullptr;
  FontMetrics metrics;
  std::map<char32_t, Bitmap> waiting;
};

const ImFontLoader* font_loader();
// Adds `loaded` to the atlas; `loaded` must stay where it is.
ImFont* add_font(ImFontAtlas& atlas, LoadedFont& loaded);

}  // namespace pd::text
