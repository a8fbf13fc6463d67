// The settings page on a surface of its own: all that is known of it here. A page of cards alone
// never loads what is behind these functions (wasm/abi/parts.json).
#pragma once

#include <memory>
#include <string_view>

#include "base/part.h"
#include "settings/page.h"
#include "view/view.h"

namespace pd::app {

struct CloseSettings {
  void operator()(settings::Page* page) const;
};
using SettingsPage = std::unique_ptr<settings::Page, CloseSettings>;

SettingsPage make_settings(settings::Surroundings surroundings, std::string_view kept);
void draw_settings(const settings::Page& page, const view::Input& input, const view::Theme& theme,
                   text::TextEngine& text, text::FamilyId family, view::Output& output);

}  // namespace pd::app
