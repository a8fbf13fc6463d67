// Which strings need the source's own shaping.
#include "base/text.h"
#include "text/text_engine.h"

namespace pd::text {
namespace {

bool is_complex(char32_t c) {
  if (c < 0x300) return false;
  return (c >= 0x0300 && c <= 0x036F) ||  // combining marks
         (c >= 0x0590 && c <= 0x08FF) ||  // Hebrew, Arabic, Syriac, Thaana, N'Ko
         (c >= 0x0900 && c <= 0x109F) ||  // Indic scripts, Thai, Lao, Tibetan, Myanmar
         (c >= 0x1100 && c <= 0x11FF) ||  // conjoining Hangul
         (c >= 0x1780 && c <= 0x18AF) ||  // Khmer, Mongolian
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || c == 0x200C || c == 0x200D ||  // joiners
         (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xFE20 && c <= 0xFE2F) ||
         (c >= 0xFE70 && c <= 0xFEFE) ||  // presentation forms, variation selectors
         (c >= 0x1F1E6 && c <= 0x1F1FF) || (c >= 0x1F3FB && c <= 0x1F3FF) ||  // flags, skin tones
         (c >= 0xE0020 && c <= 0xE01EF);  // tags of a flag, more variation selectors
}

}  // namespace

bool needs_shaping(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    if (static_cast<unsigned char>(utf8[at]) < 0xCC) {  // below U+0300
      next_code_point(utf8, at);
      continue;
    }
    if (is_complex(next_code_point(utf8, at))) return true;
  }
  return false;
}

}  // namespace pd::text
