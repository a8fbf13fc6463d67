// Dear ImGui's compile-time configuration for this project (IMGUI_USER_CONFIG).
// Owned by wasm/text because fonts are what it mostly changes.
#pragma once

// All of Unicode: emoji and CJK extensions lie beyond the basic plane.
#define IMGUI_USE_WCHAR32
// A card of 10,000 rows may draw more than 65,535 vertices.
#define ImDrawIdx unsigned int

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
// Bytes: what a card on somebody else's page has no use for.
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_SSE
// Dear ImGui's switch for another glyph loader than stb_truetype, which so stays out of the bundle.
// FreeType has no part in it: TextEngine sets the loader of font_loader.cpp.
#define IMGUI_ENABLE_FREETYPE

// Its hash by two functions of ours, where it has a table of 1 KB that nothing compresses: CRC-32C, bit
// by bit. It hashes a few bytes now and then.
#define IMGUI_ENABLE_SSE4_2_CRC
inline unsigned int _mm_crc32_u8(unsigned int crc, unsigned char byte) {
  constexpr unsigned int kReversedPolynomial = 0x82F63B78U;
  crc ^= byte;
  for (int bit = 0; bit < 8; ++bit)
    crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? kReversedPolynomial : 0U);
  return crc;
}
inline unsigned int _mm_crc32_u32(unsigned int crc, unsigned int word) {
  for (unsigned int shift = 0; shift < 32; shift += 8) {
    crc = _mm_crc32_u8(crc, static_cast<unsigned char>(word >> shift));
  }
  return crc;
}
