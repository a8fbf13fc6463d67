// Semantic widgets: each draws and appends its TwinNode in one call, so that the two cannot differ.
// Positions are CSS pixels in the current space (the card, or a scroller's content); drawing
// multiplies by dpr. Internal to this folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "imgui.h"
#include "view/view.h"

namespace pd::view {

struct TextStyle {
  float size = 14;  // CSS px
  float line_height = 20;
  text::Face face = text::Face::kRegular;
  Color color = 0;
};

// What text is in the twin.
struct TextNode {
  std::string id;
  Role role = Role::kText;
  std::string href = {};  // of links
  int level = 0;          // of headings
  bool centered = false;
};

inline constexpr float kSmallButton = 28;
// The least height and width of what can be activated (WCAG 2.2, 2.5.8).
inline constexpr float kLeastTarget = 24;
inline constexpr float kBadgeHeight = 20;

class Ui {
 public:
  Ui(const Input& input, const Theme& theme, text::TextEngine& text, text::FamilyId family,
     ImDrawList& list, Output& output);

  const Theme& theme;
  const Input& input;
  Output& output;

  // ---- Styles, from the theme's base size ----
  TextStyle title_style() const { return style(18.0F / 14, 24, text::Face::kBold, theme.text); }
  TextStyle figure() const { return style(24.0F / 14, 32, text::Face::kBold, theme.text); }
  TextStyle strong() const { return style(1, 20, text::Face::kBold, theme.text); }
  TextStyle body() const { return style(1, 20, text::Face::kRegular, theme.text); }
  TextStyle small_strong() const { return style(13.0F / 14, 18, text::Face::kBold, theme.text); }
  TextStyle small() const { return style(13.0F / 14, 18, text::Face::kRegular, theme.text_muted); }
  TextStyle tiny() const { return style(12.0F / 14, 16, text::Face::kRegular, theme.text_muted); }
  TextStyle heading() const { return style(13.0F / 14, 20, text::Face::kBold, theme.text_muted); }
  TextStyle tiny_strong() const {
    return style(12.0F / 14, 16, text::Face::kBold, theme.text_muted);
  }
  TextStyle code() const { return style(12.0F / 14, 18, text::Face::kMono, theme.text); }
  Color color_of(card::Tone tone) const;
  Color soft_color_of(card::Tone tone) const;

  // ---- Measuring ----
  float width_of(std::string_view text, const TextStyle& style);
  int line_count(std::string_view text, const TextStyle& style, float width, int max_lines = 0);
  float button_width(const card::Action& action, bool small = false);
  float badge_width(const card::Badge& badge, bool with_shape = false);

  // ---- Semantic widgets ----
  // One line, cut with an ellipsis; returns the width drawn.
  float line(const TextNode& node, std::string_view text, const TextStyle& style, float x, float y,
             float max_width);
  // Several lines; returns the height.
  float paragraph(const TextNode& node, std::string_view text, const TextStyle& style, float x,
                  float y, float width, int max_lines = 0);
  // Up to kSmallButton high, its label is a size smaller.
  void button(const card::Action& action, float x, float y, float width, float height = 32);
  // A badge's text has the tone's colour on its soft ground; `with_shape` draws the tone's shape in
  // front.
  float badge(const std::string& id, const card::Badge& badge, float x, float y,
              bool with_shape = false);
  void icon_link(const card::Link& link, card::Icon icon, float x, float y, float size);
  void field(const card::Field& field, const std::string& described_by, float x, float y,
             float width, float height);
  void radio(const card::Choice& choice, float x, float y, float width, float height);
  // A radio as one part of a bar.
  void segment(const card::Choice& choice, float x, float y, float width, float height);
  float segment_width(const card::Choice& choice);
  // A box to tick, kLeastTarget wide and high; its label is its name.
  void checkbox(const card::Choice& choice, float x, float y);
  // The same with its label behind it, which ticks it, too; returns the height.
  float labelled_checkbox(const card::Choice& choice, float x, float y, float width);
  // The twin of what is drawn without words.
  TwinNode& image(std::string id, std::string_view name, Rect rect);

  // ---- Structure ----
  TwinNode& add(Role role, std::string id, Rect rect);
  // A part with what stands in it, until close(), which says how high it has become.
  std::size_t open(Role role, const std::string& id, Rect rect, std::string_view name = {});
  void close(std::size_t node, float height);
  void begin(std::string id) { parents_.push_back(std::move(id)); }
  void end() { parents_.pop_back(); }
  const std::string& parent() const { return parents_.back(); }

  // ---- Drawing only ----
  void fill(Rect rect, Color color, float radius = 0);
  void outline(Rect rect, Color color, float radius = 0, float width = 1);
  // One CSS pixel as borders are: whole device pixels, rounded down, at least one.
  void rule(float x, float y, float width, Color color);
  void vertical_rule(float x, float y, float height, Color color);
  void shape(card::Tone tone, float x, float y, float size);
  void icon(card::Icon icon, float x, float y, float size, Color color);
  void arrow(bool up, float x, float y, float size, Color color);
  void spinner(float x, float y, float size, Color color);
  // Slanted lines over `rect`.
  void hatch(Rect rect, Color color, float distance);
  // How high what `draw` draws is: it runs without drawing and leaves no trace in the twin.
  template <typename Draw>
  float measure(Draw draw) {
    const std::size_t nodes = output.twin.size();
    const bool drew = std::exchange(draws, false);
    const float height = draw();
    draws = drew;
    output.twin.resize(nodes);
    return height;
  }
  void text_only(std::string_view text, const TextStyle& style, float x, float y, float max_width);
  bool is_hovered(Rect rect) const;

  // ---- Spaces ----
  // While it lives, coordinates are the scroller's content's; drawing is clipped to `window`.
  class Scroll {
   public:
    Scroll(Ui& ui, const std::string& node, Rect window, float content_height);
    ~Scroll();
    Scroll(const Scroll&) = delete;
    Scroll& operator=(const Scroll&) = delete;
    // What of the content can be seen, through all windows around it.
    float seen_top() const { return ui_.clip_.y - ui_.offset_y_; }
    float seen_bottom() const { return seen_top() + ui_.clip_.height; }

   private:
    Ui& ui_;
    Rect window_;
    float top_, old_x_, old_y_;
    Rect old_clip_;
    bool old_draws_;
  };
  Memory& memory() { return input.memory != nullptr ? *input.memory : own_memory_; }
  bool rows_laid_out = false;          // memory() is of this frame
  bool interactive = true;             // false: nothing is hovered (behind a dialog)
  bool rows_scroll_with_card = false;  // the card scrolls as a whole, its lists do not
  int part_level = 4;                  // of headings in a section; a tab's panel has no own heading
  bool draws = true;  // false: measures, or only makes the twin (rows out of sight)

 private:
  TextStyle style(float ratio, float line_height, text::Face face, Color color) const;
  text::FontKey font(const TextStyle& style) const;
  ImVec2 device(float x, float y) const;
  float baseline(const TextStyle& style, float y);
  void draw_line(std::string_view text, const TextStyle& style, float x, float y);
  TwinNode& text_twin(const TextNode& node, std::string_view text, const TextStyle& style,
                      Rect rect);
  float thickness(float css_px) const;
  // At the upper left corner of what ticks it.
  void checkbox(const card::Choice& choice, Rect rect);
  void label_button(const card::Action& action, const TextStyle& label, Rect rect);
  Color button_ground(const card::Action& action, bool hovered, bool pressed) const;
  Color button_label(const card::Action& action) const;

  text::TextEngine& text_;
  text::FamilyId family_;
  ImDrawList& list_;
  Memory own_memory_;
  std::vector<std::string> parents_{""};
  float offset_x_ = 0, offset_y_ = 0;  // from the current space to the card
  Rect clip_;                          // in the card
};

}  // namespace pd::view
