// A view model as pixels, natively: for `pdcard render`, the golden images and the view's tests.
#pragma once

#include <memory>

#include "card/view_model.h"
#include "png/png.h"
#include "text/text_source.h"
#include "view/view.h"

namespace pd::paint {

struct Options {
  bool dark = false;
  float width_css_px = 480;
  float dpr = 1;
  view::Input input;  // pointer, scroll positions; width and dpr are taken from above
};

struct Painted {
  png::Image image;
  view::Output output;
  std::uint64_t hash = 0;  // of the draw data
};

// The pinned fonts of cmake/pins.txt; null where they could not be fetched.
std::unique_ptr<text::TextSource> make_test_font_source();

Painted paint(text::TextSource& source, const card::ViewModel& model, const Options& options);
Painted paint(text::TextSource& source, const settings::ViewModel& model, const Options& options);

}  // namespace pd::paint
