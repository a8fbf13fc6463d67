// abi: the module's exported functions, all of them. Opaque handles, no singletons; bytes cross as
// pointer and length in the module's memory. One TypeScript file, web/src/runtime/engine.ts, calls
// them; web/src/runtime/program.ts lists them for it.
//
//   in:   pdc_send(app, header JSON, body bytes)   one message; see web/src/runtime/messages.ts
//   out:  pdc_take_effects(app)                    JSON array of effects since the last call
//   draw: pdc_frame(app, card, now, rehearses)     pixels and twin of one card
//
//            TypeScript                         |  C++
//   messages.ts  Message --JSON-->  pdc_send    |  abi/messages.cpp -> card::Event, App::set_*
//   messages.ts  Effect  <--JSON--  take_effects|  abi/effects.cpp  <- card::Effect
//   twin/        TwinNode <--JSON-- pdc_frame   |  view::write_twin
//
// Every pointer that is returned stays valid until the next call of any pdc_ function but
// pdc_alloc/pdc_free.
#pragma once

#include <cstdint>

extern "C" {

struct pdc_app;

struct pdc_bytes {
  const char* data;
  std::uint32_t size;
};

// All members are 4 bytes wide; engine.ts reads them by offset.
struct pdc_frame_result {
  const std::uint32_t*
      pixels;  // RGBA, width * height, rows without gaps; null = nothing to show yet
  std::uint32_t width, height;  // device pixels
  std::uint32_t flags;          // 1 pixels changed, 2 twin changed, 4 wants another frame
  float height_css_px;
  const char* twin;  // JSON; only when twin changed
  std::uint32_t twin_size;
};

std::uint32_t pdc_abi_version();
// Which texts the `language` message has to bring; see texts_digest().
std::uint32_t pdc_texts_digest();
// It lives as long as the page: there is nothing that would end it.
pdc_app* pdc_create(std::uint32_t seed_low, std::uint32_t seed_high);
void* pdc_alloc(std::uint32_t size);
void pdc_free(void* memory);
// `header`: one JSON object with `type` and `now` (ms since the epoch). `body`: bytes that belong
// to it, or null. Returns 1, or 0 for a message that is not understood (a bug of the caller; the
// text is in pdc_last_error).
std::uint32_t pdc_send(pdc_app* app, const char* header, std::uint32_t header_size,
                       const char* body, std::uint32_t body_size);
const pdc_bytes* pdc_take_effects(pdc_app* app);
const pdc_frame_result* pdc_frame(pdc_app* app, std::uint32_t card, double now_ms,
                                  std::uint32_t rehearses);
// JSON of a card: what 0 = snapshot, 1 = facts; of the page: 2 = diagnostics.
const pdc_bytes* pdc_query(pdc_app* app, std::uint32_t card, std::uint32_t what, double now_ms);
const pdc_bytes* pdc_last_error(pdc_app* app);

}  // extern "C"
