#include "text/drawing_context.h"

#include "imgui_internal.h"

namespace pd::text {

DrawingContext::DrawingContext(ImFontAtlas& atlas) : context_(IM_NEW(ImGuiContext)(&atlas)) {
  ImGui::SetCurrentContext(context_);
  context_->Viewports.push_back(IM_NEW(ImGuiViewportP)());
  ImDrawListSharedData& shared = context_->DrawListSharedData;
  const ImGuiStyle& style = context_->Style;
  shared.Context = context_;
  shared.FontAtlas = &atlas;
  shared.CurveTessellationTol = style.CurveTessellationTol;
  shared.SetCircleTessellationMaxError(style.CircleTessellationMaxError);
  shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill;
  ImGui::RegisterFontAtlas(&atlas);
}

DrawingContext::~DrawingContext() {
  ImGui::SetCurrentContext(context_);
  ImGui::UnregisterFontAtlas(context_->IO.Fonts);
  context_->Viewports.clear_delete();
  ImGui::SetCurrentContext(nullptr);
  IM_DELETE(context_);
}

void DrawingContext::begin_frame(ImVec2 size_px) {
  ImGui::SetCurrentContext(context_);
  ++context_->FrameCount;
  context_->Viewports[0]->Size = size_px;
  context_->DrawListSharedData.ClipRectFullscreen = {0, 0, size_px.x, size_px.y};
  // The atlas may have moved the white texel that lines and areas are filled from.
  ImFontAtlasUpdateDrawListsSharedData(context_->IO.Fonts);
}

const ImDrawData& DrawingContext::end_frame() {
  const ImGuiViewportP& viewport = *context_->Viewports[0];
  ImDrawData& data = context_->Viewports[0]->DrawDataP;
  data.Clear();
  data.Valid = true;
  data.DisplaySize = viewport.Size;
  data.FramebufferScale = {1, 1};
  data.AddDrawList(ImGui::GetBackgroundDrawList());
  return data;
}

}  // namespace pd::text
