// Glyphs by the browser's text engine. The page does the work (web/src/runtime/glyph-source.ts);
// these are the functions that the module imports for it, and the layout of what they fill in.
#pragma once

#include <cstdint>
#include <memory>

#include "text/text_source.h"

namespace pd::text {

// One rasterised glyph or run as the page writes it: 7 words of 4 bytes.
struct HostBitmap {
  float advance_px;
  std::int32_t left_px, top_px, width_px, height_px;
  // In pixels of the buffer: where its first one is, and from one of its rows to the next. Glyphs
  // that are drawn together are one picture.
  std::uint32_t offset, stride;
};

std::unique_ptr<TextSource> make_host_source();

}  // namespace pd::text

// Provided by the page: hostFunctions() of web/src/runtime/engine.ts, under these import names.
extern "C" {
// Registers a pair of CSS font-family lists (UTF-8); the same pair gives the same id.
[[clang::import_module("host"), clang::import_name("family")]] std::uint32_t pdc_host_family(
    const char* family, std::uint32_t family_size, const char* mono, std::uint32_t mono_size);
// face: 0 regular, 1 bold, 2 mono. Writes ascent and descent in device pixels.
[[clang::import_module("host"), clang::import_name("metrics")]] void pdc_host_metrics(
    std::uint32_t family, std::uint32_t face, float size_px, float* ascent_descent);
// Rasterises `count` code points. Writes one HostBitmap each; pixels go to `pixels`, RGBA,
// `capacity` at most. Returns how many were done: fewer than `count` when the buffer was full (call
// again for the rest).
[[clang::import_module("host"), clang::import_name("glyphs")]] std::uint32_t pdc_host_glyphs(
    std::uint32_t family, std::uint32_t face, float size_px, const char32_t* code_points,
    std::uint32_t count, pd::text::HostBitmap* boxes, std::uint32_t* pixels,
    std::uint32_t capacity);
// The same for one string (UTF-8) as a whole; `color` (R in the lowest byte) of all that has none of
// its own. Returns 1, or 0 when it does not fit.
[[clang::import_module("host"), clang::import_name("run")]] std::uint32_t pdc_host_run(
    std::uint32_t family, std::uint32_t face, float size_px, const char* text, std::uint32_t size,
    std::uint32_t color, pd::text::HostBitmap* box, std::uint32_t* pixels, std::uint32_t capacity);
}
