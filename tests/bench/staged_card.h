// One card whose frame is made stage by stage, to see what each costs.
#pragma once

#include <cstdint>
#include <vector>

#include "card/view_model.h"
#include "raster/raster.h"
#include "text/drawing_context.h"
#include "text/text_engine.h"
#include "view/view.h"

namespace pd::bench {

class StagedCard {
 public:
  // `source` outlives it. All glyphs are there after the constructor.
  StagedCard(text::TextSource& source, card::ViewModel model, float width_css_px, float dpr);

  // Layout, draw list and twin.
  const ImDrawData& view();
  // Of what view() drew last.
  std::uint64_t hash() const;
  void raster();

  int height_px() const { return surface_.height; }

 private:
  card::ViewModel model_;
  view::Theme theme_ = view::light_theme();
  view::Input input_;
  view::Output output_;
  text::TextEngine text_;
  text::DrawingContext context_;
  const ImDrawData* data_ = nullptr;
  std::vector<std::uint32_t> pixels_;
  raster::Surface surface_{};
};

}  // namespace pd::bench
