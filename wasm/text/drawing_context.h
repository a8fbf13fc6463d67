// An ImGuiContext that only draws: fonts, the background draw list, the draw data.
//
//   text.new_frame();
//   context.begin_frame({width_px, height_px});
//   draw(*ImGui::GetBackgroundDrawList());
//   raster::draw(surface, context.end_frame());
//
// It takes the place of ImGui::CreateContext(), NewFrame(), Render() and DestroyContext(), which also
// run windows, input, keyboard navigation and stored settings. The page's DOM does all that for a
// card; linked in, it would be a sixth of the bundle. So what needs a window or an item of Dear
// ImGui does not work in this context.
#pragma once

#include "imgui.h"

namespace pd::text {

class DrawingContext {
 public:
  // `atlas` outlives the context.
  explicit DrawingContext(ImFontAtlas& atlas);
  ~DrawingContext();
  DrawingContext(const DrawingContext&) = delete;
  DrawingContext& operator=(const DrawingContext&) = delete;

  // Makes this context Dear ImGui's current one, with an empty background draw list as large as
  // given.
  void begin_frame(ImVec2 size_px);
  // What was drawn since begin_frame(); stays until the next one. This context is still the current
  // one.
  const ImDrawData& end_frame();

 private:
  ImGuiContext* context_;
};

}  // namespace pd::text
