// Dear ImGui without imgui_widgets.cpp and imgui_tables.cpp, a third of its code: the view draws
// its own widgets through ImDrawList, and the bundle counts bytes. What imgui.cpp still calls of
// those two files stands here, and stops: a DrawingContext has no window that could lead there.
#include "imgui.h"
#include "imgui_internal.h"
#include "misc/freetype/imgui_freetype.h"

namespace {

[[noreturn]] void stop() { __builtin_trap(); }

}  // namespace

// The loader of an atlas that was given none; TextEngine gives its own (see pdc_imconfig.h).
const ImFontLoader* ImGuiFreeType::GetFontLoader() { return nullptr; }

// ---- Called for a context's life ----
ImGuiInputTextState::ImGuiInputTextState() { memset(static_cast<void*>(this), 0, sizeof *this); }
ImGuiInputTextState::~ImGuiInputTextState() = default;

// ---- Reached only from windows, tables, menus and other widgets, which there are none of ----
bool ImGui::ButtonBehavior(const ImRect&, ImGuiID, bool*, bool*, ImGuiButtonFlags) { stop(); }
bool ImGui::CloseButton(ImGuiID, const ImVec2&) { stop(); }
bool ImGui::CollapseButton(ImGuiID, const ImVec2&) { stop(); }
void ImGui::InputTextDeactivateHook(ImGuiID) { stop(); }
void ImGui::Scrollbar(ImGuiAxis) { stop(); }
void ImGui::TableSettingsAddSettingsHandler() { stop(); }
void ImGuiMenuColumns::Update(float, bool) { stop(); }
bool ImGui::Button(const char*, const ImVec2&) { stop(); }
bool ImGui::InputText(const char*, char*, size_t, ImGuiInputTextFlags, ImGuiInputTextCallback,
                      void*) {
  stop();
}
bool ImGui::Selectable(const char*, bool, ImGuiSelectableFlags, const ImVec2&) { stop(); }
bool ImGui::SliderInt(const char*, int*, int, int, const char*, ImGuiSliderFlags) { stop(); }
void ImGui::EndColumns() { stop(); }
void ImGui::EndMenuBar() { stop(); }
ImGuiMultiSelectIO* ImGui::EndMultiSelect() { stop(); }
void ImGui::EndTabBar() { stop(); }
void ImGui::EndTable() { stop(); }
void ImGui::SeparatorText(const char*) { stop(); }
void ImGui::TableEndRow(ImGuiTable*) { stop(); }
void ImGui::TableGcCompactSettings() { stop(); }
void ImGui::TableGcCompactTransientBuffers(ImGuiTable*) { stop(); }
void ImGui::TableGcCompactTransientBuffers(ImGuiTableTempData*) { stop(); }
void ImGui::TextV(const char*, va_list) { stop(); }
void ImGui::TreePop() { stop(); }
