#include "text/text_engine.h"

#include <algorithm>
#include <cmath>
#include <list>

#include "base/text.h"
#include "imgui_internal.h"
#include "text/font_loader.h"

namespace pd::text {
namespace {

constexpr std::size_t kMaxRuns = 256;
// Longer strings are measured in pieces: no line of a card holds more, and a source's buffer has an
// end.
constexpr int kMaxRunGraphemes = 160;
constexpr int kMaxRunWidthPx = 4096;
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

// What nearly every card shows: one batch when a font is first used. The page has it drawn before
// (web/src/runtime/glyph-source.ts).
constexpr std::string_view kUsual =
    " #'(),-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\xC2\xB7";

// A shaped string in the atlas.
struct Run {
  std::string text;
  FontKey font;
  ImU32 color;  // of the text in a coloured box
  Bitmap box;   // without its pixels
  ImFontAtlasRectId rect = ImFontAtlasRectId_Invalid;
};

bool is_cjk(char32_t c) {
  return (c >= 0x3000 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// What no line of Japanese or Chinese begins with: closing brackets, stops, small and repeated kana.
bool begins_no_line(char32_t c) {
  constexpr std::u32string_view kNever =
      U"\u3001\u3002\u3005\u3009\u300B\u300D\u300F\u3011\u3015\u301F\u3041\u3043\u3045\u3047\u3049"
      U"\u3063\u3083\u3085\u3087\u308E\u309D\u309E\u30A1\u30A3\u30A5\u30A7\u30A9\u30C3\u30E3\u30E5\u30E7"
      U"\u30EE\u30FB\u30FC\u30FD\u30FE\uFF01\uFF09\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F\uFF3D\uFF5D!),.:;?]}";
  return kNever.contains(c);
}
// Nor ends with: opening brackets.
bool ends_no_line(char32_t c) {
  constexpr std::u32string_view kNever =
      U"\u3008\u300A\u300C\u300E\u3010\u3014\u301D\uFF08\uFF3B\uFF5B([{";
  return kNever.contains(c);
}
bool is_katakana(char32_t c) { return c >= 0x30A0 && c <= 0x30FF; }
// Stays with the word before it.
constexpr char32_t kDot = U'\u00B7';
// Between two characters. Words in katakana stay whole where they can.
bool may_break_between(char32_t before, char32_t c) {
  if (before == ' ') return c != kDot;
  if (is_katakana(before) && is_katakana(c)) return false;
  return (is_cjk(before) || is_cjk(c)) && !begins_no_line(c) && !ends_no_line(before);
}

}  // namespace

struct TextEngine::Impl {
  explicit Impl(TextSource& text_source) : source(text_source) {
    fonts_atlas.TexDesiredFormat = ImTextureFormat_RGBA32;
    fonts_atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    fonts_atlas.SetFontLoader(font_loader());
    // Dear ImGui wants a font from the start. Nobody writes with it, so nobody is asked about it:
    // the browser would open a font file for the answer.
    load({kDefaultFamily, Face::kRegular, 1}, {1, 0});
  }

  TextSource& source;
  std::vector<std::unique_ptr<LoadedFont>> fonts;  // before the atlas: it refers to them
  ImFontAtlas fonts_atlas;
  std::list<Run> runs;  // most recently used first
  int frame_count = 0;

  LoadedFont& font_of(const FontKey& key) {
    for (const auto& font : fonts) {
      if (font->key == key) return *font;
    }
    LoadedFont& font = load(key, source.metrics(key));
    bake(font, kUsual);
    return font;
  }

  LoadedFont& load(const FontKey& key, FontMetrics metrics) {
    auto font = std::make_unique<LoadedFont>();
    font->source = &source;
    font->key = key;
    font->metrics = metrics;
    add_font(fonts_atlas, *font);
    fonts.push_back(std::move(font));
    return *fonts.back();
  }

  ImFontBaked* baked_of(LoadedFont& font) { return font.font->GetFontBaked(font.key.size_px); }

  static bool is_known(const LoadedFont& font, ImFontBaked* baked, char32_t c) {
    return baked->IsGlyphLoaded(static_cast<ImWchar>(c)) || font.waiting.contains(c);
  }

  // Rasterises what `utf8` needs and the font does not have, in one batch.
  void bake(LoadedFont& font, std::string_view utf8) {
    ImFontBaked* baked = baked_of(font);
    std::vector<char32_t> missing;
    for (std::size_t at = 0; at < utf8.size();) {
      const char32_t c = next_code_point(utf8, at);
      if (!is_known(font, baked, c) && std::ranges::find(missing, c) == missing.end())
        missing.push_back(c);
    }
    if (missing.empty()) return;
    std::vector<Bitmap> bitmaps = source.glyphs(font.key, missing);
    for (std::size_t i = 0; i < std::min(missing.size(), bitmaps.size()); ++i) {
      font.waiting.emplace(missing[i], std::move(bitmaps[i]));
    }
  }

  float glyphs_width(LoadedFont& font, std::string_view utf8) {
    bake(font, utf8);
    ImFontBaked* baked = baked_of(font);
    float width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
      width += baked->GetCharAdvance(static_cast<ImWchar>(next_code_point(utf8, at)));
    }
    return width;
  }

  void draw_glyphs(ImDrawList& list, LoadedFont& font, ImVec2 pos, ImU32 color,
                   std::string_view utf8) {
    bake(font, utf8);
    ImFontBaked* baked = baked_of(font);
    const float top = std::round(pos.y) - std::round(font.metrics.ascent_px);
    float x = std::round(pos.x);
    for (std::size_t at = 0; at < utf8.size();) {
      const ImFontGlyph glyph = *baked->FindGlyph(static_cast<ImWchar>(next_code_point(utf8, at)));
      if (glyph.Visible) {
        const float left = std::round(x) + glyph.X0;
        list.PrimReserve(6, 4);
        list.PrimRectUV({left, top + glyph.Y0}, {left + glyph.X1 - glyph.X0, top + glyph.Y1},
                        {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1},
                        glyph.Colored ? color | ~IM_COL32_A_MASK : color);
      }
      x += glyph.AdvanceX;
    }
  }

  // `color` matters only where the run is coloured; 0: for its size.
  Run& run_of(const FontKey& key, std::string_view utf8, ImU32 color = 0) {
    const auto known = std::ranges::find_if(runs, [&](const Run& r) {
      const bool is_seen = color == 0 || !r.box.colored || r.color == color;
      return is_seen && r.text == utf8 && r.font == key;
    });
    if (known != runs.end()) {
      runs.splice(runs.begin(), runs, known);
      return runs.front();
    }
    if (runs.size() >= kMaxRuns) drop_oldest_run();
    Run run{std::string(utf8), key, color, source.run(key, utf8, color), ImFontAtlasRectId_Invalid};
    const bool fits = run.box.width_px <= kMaxRunWidthPx;
    if (fits && run.box.width_px > 0 && run.box.height_px > 0) run.rect = place(run.box);
    run.box.pixels.clear();
    runs.push_front(std::move(run));
    return runs.front();
  }

  // Where the piece that starts at `start` ends.
  static std::size_t piece_end(std::string_view utf8, std::size_t start) {
    std::size_t end = start;
    for (int i = 0; i < kMaxRunGraphemes && end < utf8.size(); ++i) end = next_grapheme(utf8, end);
    return end;
  }

  float shaped_width(const FontKey& key, std::string_view utf8) {
    float width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
      const std::size_t end = piece_end(utf8, at);
      width += run_of(key, utf8.substr(at, end - at)).box.advance_px;
      at = end;
    }
    return width;
  }

  // The bytes of `utf8` that fit, cut between graphemes. A shaped prefix is not the sum of its
  // parts: the longest one that fits is searched for.
  std::size_t fitting_shaped(const FontKey& key, std::string_view utf8, float room) {
    std::vector<std::size_t> ends{0};
    while (ends.back() < utf8.size() && ends.size() <= kMaxRunGraphemes) {
      ends.push_back(next_grapheme(utf8, ends.back()));
    }
    const auto too_long = std::partition_point(ends.begin() + 1, ends.end(), [&](std::size_t end) {
      return source.run(key, utf8.substr(0, end), 0).advance_px <= room;
    });
    return *(too_long - 1);
  }

  std::size_t fitting_glyphs(LoadedFont& font, std::string_view utf8, float room) {
    std::size_t end = 0;
    for (float used = 0; end < utf8.size();) {
      const std::size_t next = next_grapheme(utf8, end);
      used += glyphs_width(font, utf8.substr(end, next - end));
      if (used > room) break;
      end = next;
    }
    return end;
  }

  ImFontAtlasRectId place(const Bitmap& bitmap) {
    ImFontAtlasRect at;
    const ImFontAtlasRectId id = fonts_atlas.AddCustomRect(bitmap.width_px, bitmap.height_px, &at);
    if (id == ImFontAtlasRectId_Invalid) return id;
    ImTextureData* texture = fonts_atlas.TexData;
    for (int y = 0; y < bitmap.height_px; ++y) {
      const auto* from = bitmap.pixels.data() + static_cast<std::ptrdiff_t>(y) * bitmap.width_px;
      std::copy_n(reinterpret_cast<const unsigned char*>(from),
                  static_cast<std::size_t>(bitmap.width_px) * 4,
                  static_cast<unsigned char*>(texture->GetPixelsAt(at.x, at.y + y)));
    }
    return id;
  }

  void drop_oldest_run() {
    if (runs.back().rect != ImFontAtlasRectId_Invalid)
      fonts_atlas.RemoveCustomRect(runs.back().rect);
    runs.pop_back();
  }

  void draw_run(ImDrawList& list, const FontKey& key, ImVec2 pos, ImU32 color,
                std::string_view utf8) {
    const Run& run = run_of(key, utf8, color | IM_COL32_A_MASK);
    ImFontAtlasRect at;
    if (run.rect == ImFontAtlasRectId_Invalid || !fonts_atlas.GetCustomRect(run.rect, &at)) return;
    const ImVec2 from{std::round(pos.x) + static_cast<float>(run.box.left_px),
                      std::round(pos.y) + static_cast<float>(run.box.top_px)};
    const ImVec2 to{from.x + static_cast<float>(run.box.width_px),
                    from.y + static_cast<float>(run.box.height_px)};
    list.PrimReserve(6, 4);
    list.PrimRectUV(from, to, at.uv0, at.uv1, run.box.colored ? color | ~IM_COL32_A_MASK : color);
  }
};

TextEngine::TextEngine(TextSource& source) : impl_(std::make_unique<Impl>(source)) {}
TextEngine::~TextEngine() = default;

ImFontAtlas& TextEngine::atlas() { return impl_->fonts_atlas; }

FamilyId TextEngine::family(std::string_view css_font_family, std::string_view css_mono_family) {
  return impl_->source.family(css_font_family, css_mono_family);
}

void TextEngine::new_frame() {
  // There is no texture on a graphics card: what Dear ImGui wants created or updated already is, in
  // its own memory.
  for (ImTextureData* texture : impl_->fonts_atlas.TexList) {
    if (texture->Status == ImTextureStatus_WantCreate ||
        texture->Status == ImTextureStatus_WantUpdates) {
      texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID) + 1);
      texture->SetStatus(ImTextureStatus_OK);
    } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    }
  }
  ImFontAtlasUpdateNewFrame(&impl_->fonts_atlas, ++impl_->frame_count, true);
}

void TextEngine::forget_glyphs() {
  while (!impl_->runs.empty()) impl_->drop_oldest_run();
  for (const auto& font : impl_->fonts) {
    font->waiting.clear();
    font->metrics = impl_->source.metrics(font->key);
    ImFontAtlasFontDiscardBakes(&impl_->fonts_atlas, font->font, 0);
  }
}

FontMetrics TextEngine::metrics(const FontKey& font) { return impl_->font_of(font).metrics; }

float TextEngine::width(const FontKey& font, std::string_view utf8) {
  if (utf8.empty()) return 0;
  if (needs_shaping(utf8)) return impl_->shaped_width(font, utf8);
  return impl_->glyphs_width(impl_->font_of(font), utf8);
}

void TextEngine::draw(ImDrawList& list, const FontKey& font, ImVec2 pos, ImU32 color,
                      std::string_view utf8) {
  if (utf8.empty()) return;
  if (needs_shaping(utf8)) {
    impl_->draw_run(list, font, pos, color, utf8);
  } else {
    impl_->draw_glyphs(list, impl_->font_of(font), pos, color, utf8);
  }
}

std::string TextEngine::fit(const FontKey& font, std::string_view utf8, float max_width_px) {
  if (width(font, utf8) <= max_width_px) return std::string(utf8);
  const float room = max_width_px - width(font, kEllipsis);
  std::size_t end = needs_shaping(utf8) ? impl_->fitting_shaped(font, utf8, room)
                                        : impl_->fitting_glyphs(impl_->font_of(font), utf8, room);
  while (end > 0 && utf8[end - 1] == ' ') --end;
  return std::string(utf8.substr(0, end)) + std::string(kEllipsis);
}

std::vector<Line> TextEngine::wrap(const FontKey& font, std::string_view utf8, float max_width_px,
                                   int max_lines) {
  std::vector<Line> lines;
  std::size_t start = 0;
  while (start < utf8.size()) {
    const bool last = max_lines > 0 && static_cast<int>(lines.size()) == max_lines - 1;
    const std::size_t line_end = std::min(utf8.find('\n', start), utf8.size());
    if (last) {  // the caller cuts it with fit()
      const std::string_view rest = utf8.substr(start);
      lines.push_back({rest, width(font, rest)});
      break;
    }
    std::size_t end = start;  // where the line may be broken
    std::size_t at = start;
    float used = 0;
    char32_t before = 0;
    while (at < line_end) {
      std::size_t after = at;
      const char32_t c = next_code_point(utf8, after);
      const std::size_t next = next_grapheme(utf8.substr(0, line_end), at);
      const float wide = width(font, utf8.substr(at, next - at));
      if (at > start && may_break_between(before, c)) end = at;
      if (used + wide > max_width_px && at > start && c != ' ') break;
      used += wide;
      before = c;
      at = next;
    }
    if (at >= line_end || end == start) end = at;
    std::string_view line = utf8.substr(start, end - start);
    if (end < line_end) line = line.substr(0, line.find_last_not_of(' ') + 1);
    lines.push_back({line, width(font, line)});
    start = end;
    if (start == line_end) {
      ++start;  // what follows a break of the text's own keeps its indentation
      continue;
    }
    while (start < utf8.size() && utf8[start] == ' ') ++start;
  }
  return lines;
}

}  // namespace pd::text
