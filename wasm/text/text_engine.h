// Measures and draws text for the view: glyph by glyph through Dear ImGui's fonts (an ImFontLoader
// over the TextSource, one atlas for all cards of the page), or as one shaped run where a string
// needs it.
//
//   float width = text.width(font, "Disk full");
//   text.draw(draw_list, font, {x, y}, color, text.fit(font, title, max_width));
//
// All sizes are device pixels. The engine owns the atlas; it lives as long as any context that uses
// it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"
#include "text/text_source.h"

namespace pd::text {

// True for strings that glyph-by-glyph layout would draw wrong: right-to-left and Indic scripts,
// combining marks, emoji sequences.
bool needs_shaping(std::string_view utf8);

struct Line {
  std::string_view text;
  float width_px = 0;
};

class TextEngine {
 public:
  explicit TextEngine(TextSource& source);
  ~TextEngine();
  TextEngine(const TextEngine&) = delete;
  TextEngine& operator=(const TextEngine&) = delete;

  ImFontAtlas& atlas();
  FamilyId family(std::string_view css_font_family, std::string_view css_mono_family);
  // Before each context's begin_frame().
  void new_frame();
  // Fonts of the page changed (web font loaded): forget every glyph of every family.
  void forget_glyphs();

  FontMetrics metrics(const FontKey& font);
  float width(const FontKey& font, std::string_view utf8);
  // `pos` = left end of the baseline. Snapped to whole device pixels.
  void draw(ImDrawList& list, const FontKey& font, ImVec2 pos, ImU32 color, std::string_view utf8);
  // `utf8` itself when it fits, else as much as fits with "…" at the end (cut between graphemes).
  std::string fit(const FontKey& font, std::string_view utf8, float max_width_px);
  // Broken at white space (and between CJK characters) to at most `max_lines` (0 = any number), but
  // not before a "·", which stays with the word before it; '\n' breaks, and what stands behind it
  // keeps its indentation.
  std::vector<Line> wrap(const FontKey& font, std::string_view utf8, float max_width_px,
                         int max_lines = 0);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pd::text
