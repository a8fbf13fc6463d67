// The parts of a card, each in a file of its own: how they are laid out. A part draws at (x, y) in
// `width` and returns its height. Internal to this folder.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/part.h"
#include "view/ui.h"

namespace pd::view {

inline constexpr float kGap = 8;
// A row's hover ground reaches this far beyond its text on both sides.
inline constexpr float kBleed = 8;
inline constexpr float kRowPadding = 12;
inline constexpr float kShape = 12;
inline constexpr float kTextLeft = 20;  // of a row's text, behind its shape
inline constexpr float kWideRow = 460;  // from here on, actions stand beside the text
inline constexpr float kAvatar = 32;

// Two texts with a dot between them; either may be empty.
inline std::string in_one_line(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + " \xC2\xB7 " + second;
}

inline constexpr float kColumnGap = 24;
// How wide each of so many items is, which stand in two columns where there is room.
inline float column_width(std::size_t count, float width) {
  constexpr float kTwoColumns = 560;
  return width >= kTwoColumns && count > 1 ? (width - kColumnGap) / 2 : width;
}
// The items one below the other, or two in a row; draw(i, x, y, width) draws one and returns its
// height. Returns the height of all.
template <typename Draw>
float draw_in_columns(std::size_t count, float x, float y, float width, Draw draw) {
  const float each = column_width(count, width);
  float top = y;
  for (std::size_t i = 0; i < count;) {
    float height = draw(i++, x, top, each);
    if (each < width && i < count) {
      height = std::max(height, draw(i++, x + each + kColumnGap, top, each));
    }
    top += height;
  }
  return top - y;
}

// header_view.cpp
float draw_header(Ui& ui, const card::Header& header, float x, float y, float width);

// section_view.cpp
// A section with its heading; `first`: nothing stands above it that it has to be parted from.
float draw_section(Ui& ui, const card::Section& section, float x, float y, float width, bool first);
float draw_section_body(Ui& ui, const card::Section& section, float x, float y, float width);

// tabs_view.cpp
bool is_tabbed(const card::ViewModel& model, const card::Section& section);
float draw_tabs(Ui& ui, const card::ViewModel& model, float x, float y, float width);

// notice_view.cpp
float draw_notice(Ui& ui, const card::Notice& notice, float x, float y, float width);
// Without ground, centred: an empty section.
float draw_empty(Ui& ui, const card::Notice& notice, float x, float y, float width);

// skeleton_view.cpp
float draw_skeleton(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_skeleton_lines(Ui& ui, int count, float x, float y, float width);

// action_rows.cpp
float actions_width(Ui& ui, const std::vector<card::Action>& actions, float height);
// Actions side by side from the left, wrapping; returns the height.
float draw_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y, float width,
                   float height);
// The same, small, below what they belong to: the text of a quiet one begins at `x`.
float draw_end_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y,
                       float width);
// The same for links.
float draw_links(Ui& ui, const std::vector<card::Link>& links, float x, float y, float width);
// Text, as a link where it has an address; returns the height.
float draw_link(Ui& ui, const card::Link& link, TextStyle style, float x, float y, float width,
                int max_lines);

// What stands in a section, by its kind.
float draw_toolbar(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_incidents(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_changes(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_on_call(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_metrics(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_checks(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_services(Ui& ui, const card::Section& section, float x, float y, float width);

// incident_detail.cpp
float draw_incident_detail(Ui& ui, const card::IncidentDetail& detail, float x, float y,
                           float width);
// facts_view.cpp
float draw_facts(Ui& ui, const std::string& id, const std::vector<card::Fact>& facts, float x,
                 float y, float width);
// time_axis.cpp
float draw_time_axis(Ui& ui, const card::TimeAxis& axis, float x, float y, float width);
// Lines down from `y` and their labels below; what has no room is left out.
float draw_ticks(Ui& ui, const std::string& id, const std::vector<card::AxisTick>& ticks, float x,
                 float y, float width, float height);
// rota_view.cpp
float draw_rota(Ui& ui, const card::Rota& rota, const std::string& name, float x, float y,
                float width);

// form_view.cpp
float draw_field(Ui& ui, const card::Field& field, float x, float y, float width);

// dialog_view.cpp: over a card of `card_height`; returns the height that the card needs to hold it.
float draw_dialog(Ui& ui, const card::Dialog& dialog, float card_height);

// The root of the twin with what `content` draws in it, and over it the dialog, if there is one. The
// dialog stands beside the root: behind it nothing can be reached.
template <typename Content>
void draw_whole(const std::string& name, bool busy, const std::optional<card::Dialog>& dialog,
                const Input& input, const Theme& theme, text::TextEngine& text,
                text::FamilyId family, Output& output, Content content) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  list.Flags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill |
               ImDrawListFlags_AllowVtxOffset;
  list.PushTexture(text.atlas().TexRef);
  output.twin_complete = !input.unchanged;
  Ui ui(input, theme, text, family, list, output);
  ui.interactive = !dialog.has_value();
  TwinNode& root = ui.add(Role::kGroup, "card", {0, 0, input.width_css_px, 0});
  root.name = name;
  root.busy = busy;
  ui.begin("card");
  float height = content(ui);
  ui.end();
  output.twin.front().rect.height = height;
  if (dialog) {
    ui.interactive = true;
    height = draw_dialog(ui, *dialog, height);
  }
  list.PopTexture();
  output.height_css_px = std::ceil(height);
}

}  // namespace pd::view
