// What a frame holds, read back from its draw lists and nothing else: which texts are drawn where,
// in which colour, on which ground. The twin's tests compare with it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "paint/paint.h"

namespace pd::view {

// What is read where a string was drawn as a whole, by a shaping engine.
inline constexpr std::string_view kWholeRun = "\x01";

// A line of text as the eye sees it: glyphs side by side on one baseline, in one colour.
struct DrawnText {
  std::string letters;  // without blanks
  Rect rect;            // CSS px on the card; of its glyphs' middles
  Color color = 0;
  float contrast = 21;   // the least of its glyphs', with what was drawn below them
  bool covered = false;  // something was drawn over it
  bool clipped = false;  // it lies in a scrolled window, partly out of it
};

struct Frame {
  Output output;
  std::vector<DrawnText> texts;
  png::Image picture;  // without texts: shapes and grounds
};

// Draws models in one context over one set of fonts, so that a frame costs what it costs in a page.
class Sheet {
 public:
  explicit Sheet(text::TextSource& source);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  // The nodes alone.
  template <typename Model>
  Output draw(const Model& model, const Input& input, bool dark = false);
  template <typename Model>
  Frame read(const Model& model, const Input& input, bool dark = false);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pd::view
