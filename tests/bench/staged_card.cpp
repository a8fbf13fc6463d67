#include "bench/staged_card.h"

#include <cmath>
#include <utility>

namespace pd::bench {

StagedCard::StagedCard(text::TextSource& source, card::ViewModel model, float width_css_px,
                       float dpr)
    : model_(std::move(model)), text_(source), context_(text_.atlas()) {
  input_.width_css_px = width_css_px;
  input_.dpr = dpr;
  view();
  const int width = static_cast<int>(std::round(width_css_px * dpr));
  const int height = static_cast<int>(std::round(output_.height_css_px * dpr));
  pixels_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  surface_ = {pixels_.data(), width, height, width};
}

const ImDrawData& StagedCard::view() {
  constexpr float kCanvasHeightPx = 16384;
  output_ = {};
  text_.new_frame();
  context_.begin_frame({std::round(input_.width_css_px * input_.dpr), kCanvasHeightPx});
  view::draw_card(model_, input_, theme_, text_, text::kDefaultFamily, output_);
  data_ = &context_.end_frame();
  return *data_;
}

std::uint64_t StagedCard::hash() const { return raster::hash(*data_); }

void StagedCard::raster() {
  raster::clear(surface_, theme_.background);
  raster::draw(surface_, *data_);
}

}  // namespace pd::bench
