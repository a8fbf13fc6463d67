#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kActionsBelow = 400;  // narrower cards have the create button on a row of its own
constexpr float kHeaderButton = 32;
constexpr float kTitleIcon = 12;
constexpr float kIconInset = 8;  // of an icon in its button

std::string joined(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + " \xC2\xB7 " + b;
}

// What stands where: the title with the status behind it and buttons at the right; a line with
// where it comes from and how old it is. What has no room goes to a line of its own.
class HeaderView {
 public:
  HeaderView(Ui& ui, const card::Header& header, float x, float y, float width)
      : ui_(ui), header_(header), x_(x), top_(y), width_(width), below_(width < kActionsBelow) {}

  float draw() {
    const float start = top_;
    if (header_.back) top_ += draw_end_actions(ui_, {*header_.back}, x_, top_, width_);
    const bool status_behind = draw_title();
    draw_line(status_behind);
    draw_create_below();
    return top_ - start;
  }

 private:
  Ui& ui_;
  const card::Header& header_;
  float x_, top_, width_;
  bool below_;  // the create button has a row of its own

  bool is_beside(const card::Action& action) const {
    return !(below_ && action.style == card::ActionStyle::kPrimary);
  }
  float button_width(const card::Action& action) const {
    return action.icon_only ? kHeaderButton : ui_.button_width(action);
  }

  // Also draws the buttons. True: the status stands behind the title.
  bool draw_title() {
    // An icon ends where text does, not its larger target.
    float right = x_ + width_;
    if (!header_.actions.empty() && header_.actions.back().icon_only) right += kIconInset;
    float left = right;
    for (const card::Action& action : header_.actions) {
      if (is_beside(action)) left -= button_width(action) + kGap;
    }
    const TextStyle title = ui_.title_style();
    const float top = top_ + (kHeaderButton - title.line_height) / 2;
    const bool linked = !header_.title.href.empty();
    const float icon = linked ? kTitleIcon + kGap : 0;
    const float room = std::min(left, x_ + width_) - x_ - icon;
    const float badge = header_.status ? ui_.badge_width(*header_.status, true) + kGap + 4 : 0;
    const bool behind = badge > 0 && ui_.width_of(header_.title.text, title) + badge <= room;

    ui_.add(Role::kHeading, "header:heading", {x_, top, room + icon, title.line_height}).level = 2;
    ui_.begin("header:heading");
    const float wide = ui_.line({header_.title.id, Role::kLink, header_.title.href},
                                header_.title.text, title, x_, top, room);
    ui_.end();
    float at = x_ + wide;
    if (linked) {
      ui_.icon(card::Icon::kExternal, at + kGap, top + 6, kTitleIcon, ui_.theme.text_muted);
      at += icon;
    }
    if (behind) ui_.badge("header:status", *header_.status, at + kGap + 4, top + 3, true);
    for (const card::Action& action : header_.actions) {
      if (!is_beside(action)) continue;
      left += kGap;
      ui_.button(action, left, top_, button_width(action), kHeaderButton);
      left += button_width(action);
    }
    top_ += kHeaderButton;
    return behind;
  }

  void draw_line(bool status_behind) {
    const TextStyle small = ui_.small();
    const float right = x_ + width_;
    float at = x_;
    float line = top_ + 4;
    if (header_.status && !status_behind) {
      at += ui_.badge("header:status", *header_.status, at, line - 1, true) + kGap;
    }
    const std::string from = joined(header_.subtitle, header_.account);
    const float subtitle = ui_.width_of(from, small);
    if (at > x_ && at + subtitle > right) {
      at = x_;
      line += kBadgeHeight + 4;
    }
    const float updated =
        header_.updated.empty() ? 0 : std::ceil(ui_.width_of(header_.updated, small));
    const bool one_line = at + subtitle + (subtitle > 0 ? 16.0F : 0.0F) + updated <= right;
    if (!from.empty()) {
      const float room = (one_line ? right - updated - (updated > 0 ? 16.0F : 0.0F) : right) - at;
      const float high = ui_.paragraph({"header:subtitle"}, from, small, at, line, room, 2);
      line += high - small.line_height;
    }
    if (!header_.updated.empty()) {
      if (!one_line) line += small.line_height + 4;
      TextStyle style = small;
      if (header_.stale) style.color = ui_.theme.warning;
      const bool at_right = one_line && at + subtitle > x_;
      ui_.line({"header:updated"}, header_.updated, style, at_right ? right - updated : x_, line,
               width_);
    }
    if (at > x_ || subtitle > 0 || updated > 0) top_ = line + small.line_height;
  }

  void draw_create_below() {
    constexpr float kWideButton = 36;
    for (const card::Action& action : header_.actions) {
      if (is_beside(action)) continue;
      ui_.button(action, x_, top_ + 12, width_, kWideButton);
      top_ += 12 + kWideButton;
    }
  }
};

}  // namespace

float draw_header(Ui& ui, const card::Header& header, float x, float y, float width) {
  return HeaderView(ui, header, x, y, width).draw();
}

}  // namespace pd::view
