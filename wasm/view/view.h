// view: draws a view model with Dear ImGui and derives the twin in the same pass, through semantic
// widgets (widgets.h) that do both. Knows nothing of PagerDuty, cards' state or the browser.
//
//   view::Output out;
//   view::draw_card(view_model, input, theme, text, family, out);     // inside an ImGui frame
//
// All drawing happens in device pixels; sizes are written in CSS pixels and multiplied by `dpr`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "card/view_model.h"
#include "settings/view_model.h"
#include "text/text_engine.h"
#include "view/theme.h"
#include "view/twin.h"

namespace pd::view {

// Where a row of a long list stands and how it is laid out, in CSS px from the list's and the row's
// top.
struct RowLayout {
  float top = 0, height = 0;
  float heading = 0;     // height of the heading above the row
  float row_height = 0;  // with the heading, without the detail
  float text_left = 0, text_width = 0, title_width = 0;
  float meta_top = 0, badges_top = 0, actions_top = 0;
  bool meta_behind_badges = false;  // in one line with them
  bool actions_beside = false;      // right of the text
  bool actions_behind_badges = false;
};

// What is kept of a card between frames, so that hovering and scrolling cost what is in sight.
struct Memory {
  std::vector<RowLayout> incidents;
  // Rows whose nodes the shell has, and the row with the focus: it keeps its nodes.
  std::size_t twin_begin = 0, twin_end = 0;
  std::string focused_row;
};

// What the view needs to know besides the model.
struct Input {
  float width_css_px = 480;
  float max_height_css_px = 0;  // 0 = as high as the content wants; else the card scrolls inside,
                                // under its header (a dialog may be higher)
  float dpr = 1;
  float pointer_x_css_px = -1, pointer_y_css_px = -1;  // < 0: outside
  bool pointer_down = false;
  std::string_view focused_node;  // for focus-within effects; the ring itself is CSS
  // scrollTop of each scroller, by node id.
  const std::vector<std::pair<std::string, float>>* scroll_css_px = nullptr;
  bool reduced_motion = false;
  // Only pointer, focus, scroll positions and time differ from the last frame drawn with `memory`:
  // its twin still holds, and Output::twin is not complete unless it says so.
  bool unchanged = false;
  Memory* memory = nullptr;
  float time_s = 0;  // phase of a spinner; only read while something is busy
};

struct Output {
  std::vector<TwinNode> twin;
  bool twin_complete = false;
  float height_css_px = 0;  // of the card as laid out
  bool animating = false;   // a spinner turns: wants another frame by itself
  std::string hovered_node;
};

void draw_card(const card::ViewModel& model, const Input& input, const Theme& theme,
               text::TextEngine& text, text::FamilyId family, Output& output);

void draw_settings(const settings::ViewModel& model, const Input& input, const Theme& theme,
                   text::TextEngine& text, text::FamilyId family, Output& output);

// The twin as JSON for the shell: an array of objects, members as in TwinNode, defaults left out.
std::string write_twin(const std::vector<TwinNode>& twin);

}  // namespace pd::view
