// app: the living cards of a page: one Page (card/) that decides, one ImGuiContext per card that
// draws, one text engine and atlas for all. Everything the ABI exports, as C++; runs natively the
// same.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "card/page.h"
#include "raster/raster.h"
#include "settings/page.h"
#include "text/text_source.h"
#include "view/theme.h"
#include "view/view.h"

namespace pd::app {

// Where and how a card is drawn.
struct Viewport {
  float width_css_px = 0;
  float max_height_css_px = 0;  // 0 = as high as its content
  float dpr = 1;
  bool reduced_motion = false;
};

struct Frame {
  raster::Surface surface;  // valid until the next frame of any card
  float height_css_px = 0;
  bool pixels_changed = false;  // present it
  bool twin_changed = false;    // twin() is new
  bool again = false;           // wants another frame at once: something turns
};

class App {
 public:
  App(text::TextSource& source, std::uint64_t seed,
      const card::Formatter& formatter = card::english_formatter());
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // The logic; see card/page.h. Effects come back through take_effects(), which adds what drawing
  // needs: one WakeAt that also covers the words that change by themselves ("5 min ago").
  void handle(card::Event event, Time now);
  std::vector<card::Effect> take_effects(Time now);
  std::string snapshot(card::CardId card, Time now);
  std::string facts(card::CardId card, Time now) const;
  std::string diagnostics(Time now) const;

  // A settings page in the place of a card; the drawing side of cards and CloseCard hold for it, too.
  void open_settings(card::CardId id, settings::Surroundings surroundings, std::string_view kept);
  void handle(card::CardId id, const settings::Event& event);
  std::vector<std::pair<card::CardId, settings::Effect>> take_settings_effects();
  bool has_settings() const;

  // The drawing side of a card. Cards live from OpenCard to CloseCard; others are ignored.
  void set_viewport(card::CardId card, const Viewport& viewport);
  void set_style(card::CardId card, const view::Theme& theme, std::string_view font_family,
                 std::string_view mono_family);
  void set_pointer(card::CardId card, float x_css_px, float y_css_px, bool down);  // x < 0: left
  void set_focus(card::CardId card, std::string_view node);
  void set_scroll(card::CardId card, std::string_view node, float top_css_px);
  void hide(card::CardId card);          // its canvas is gone: the next frame is presented again
  void forget_frame(card::CardId card);  // nobody saw it: nor is its twin there
  void forget_glyphs();                  // the page's fonts changed

  Frame frame(card::CardId card, Time now);
  const std::string& twin(card::CardId card) const;  // JSON of the last frame's twin

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pd::app
