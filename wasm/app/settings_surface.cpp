#include "app/settings_surface.h"

#include <utility>

namespace pd::app {

PD_ENTERS_PART void CloseSettings::operator()(settings::Page* page) const { delete page; }

PD_ENTERS_PART SettingsPage make_settings(settings::Surroundings surroundings,
                                          std::string_view kept) {
  return SettingsPage(new settings::Page(std::move(surroundings), kept));
}

PD_ENTERS_PART void draw_settings(const settings::Page& page, const view::Input& input,
                                  const view::Theme& theme, text::TextEngine& text,
                                  text::FamilyId family, view::Output& output) {
  view::draw_settings(page.view_model(), input, theme, text, family, output);
}

}  // namespace pd::app
