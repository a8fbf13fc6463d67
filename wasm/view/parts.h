// The parts of a card, each in a file of its own: how they are laid out. A part draws at (x, y) in
// `width` and returns its height. Internal to this folder.
#pragma once

#include "view/ui.h"

namespace pd::view {

inline constexpr float kGap = 8;

// notice_view.cpp
float draw_notice(Ui& ui, const card::Notice& notice, float x, float y, float width);
// Without ground, centred: an empty section.
float draw_empty(Ui& ui, const card::Notice& notice, float x, float y, float width);
float actions_width(Ui& ui, const std::vector<card::Action>& actions, float height);
// Actions side by side from the left, wrapping; returns the height.
float draw_actions(Ui& ui, const std::vector<card::Action>& actions, float x, float y, float width,
                   float height);

// section_views.cpp
float draw_section_body(Ui& ui, const card::Section& section, float x, float y, float width);
float draw_on_call(Ui& ui, const card::Section& section, float x, float y, float width);

// dialog_view.cpp: over a card of `card_height`; returns the height that the card needs to hold it.
float draw_dialog(Ui& ui, const card::Dialog& dialog, float card_height);

}  // namespace pd::view
