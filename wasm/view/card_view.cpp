// A whole card: header, notices, sections in one or two columns, dialog.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;

constexpr float kTwoColumns = 680;
constexpr float kActionsBelow = 400;  // narrower cards have the create button on a row of its own
constexpr float kHeaderButton = 32;
constexpr float kTitleIcon = 12;
constexpr float kIconInset = 8;  // of an icon in its button

constexpr float kLeastBody = 96;  // a scrolling body is never lower

float padding_of(float width) { return width < 340 ? 12 : 16; }

// ---- Header ----

// What stands where: the title with the status behind it and buttons at the right; a line with
// where it comes from and how old it is. What has no room goes to a line of its own.
class HeaderView {
 public:
  HeaderView(Ui& ui, const card::Header& header, float x, float y, float width)
      : ui_(ui), header_(header), x_(x), top_(y), width_(width), below_(width < kActionsBelow) {}

  float draw() {
    const float start = top_;
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
    const float updated =
        header_.updated.empty() ? 0 : std::ceil(ui_.width_of(header_.updated, small));
    const float subtitle = ui_.width_of(header_.subtitle, small);
    const bool one_line = at + subtitle + (subtitle > 0 ? 16.0F : 0.0F) + updated <= right;
    if (!header_.subtitle.empty()) {
      const float room = (one_line ? right - updated - (updated > 0 ? 16.0F : 0.0F) : right) - at;
      ui_.line({"header:subtitle"}, header_.subtitle, small, at, line, room);
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

// ---- Sections ----

float draw_section_heading(Ui& ui, const Section& section, float x, float y, float width) {
  constexpr float kHeadingHeight = 24;
  const float wide = ui.line({section.id + ":heading", Role::kHeading, {}, 3}, section.title,
                             ui.heading(), x, y, width);
  const float left = x + wide + kGap;
  if (!section.count.empty()) {
    ui.line({section.id + ":count"}, section.count, ui.small(), left, y + 1, x + width - left);
  }
  if (!section.age.empty()) {
    const float age = std::ceil(ui.width_of(section.age, ui.tiny()));
    const float at = std::max(left + 24, x + width - age);
    ui.line({section.id + ":age"}, section.age, ui.tiny(), at, y + 2, x + width - at);
  }
  return kHeadingHeight;
}

float draw_plain_section(Ui& ui, const Section& section, float x, float y, float width) {
  const std::size_t node = ui.output.twin.size();
  ui.add(Role::kRegion, section.id, {x, y, width, 0}).name = section.title;
  ui.begin(section.id);
  float top = y + draw_section_heading(ui, section, x, y, width);
  top += draw_section_body(ui, section, x, top, width);
  ui.end();
  ui.output.twin[node].rect.height = top - y;
  return top - y;
}

constexpr float kTabHeight = 36;

// One tab from `x` on: its label, a count on a ground of its own, a line under the selected one.
// Returns its width.
float draw_tab(Ui& ui, const card::Tab& tab, float x, float y) {
  constexpr float kCountHeight = 18;
  constexpr float kCountPadding = 6;
  TextStyle label = ui.strong();
  const TextStyle number = ui.tiny();
  const float label_width = std::ceil(ui.width_of(tab.label, label));
  const float number_width = std::ceil(ui.width_of(tab.count, number));
  const float pill = std::max(number_width + 2 * kCountPadding, kCountHeight);
  const float width = label_width + (tab.count.empty() ? 0 : kGap + pill);
  const Rect rect{x, y, width, kTabHeight};
  const bool hovered = ui.is_hovered(rect);
  if (hovered) ui.output.hovered_node = tab.id;
  if (!tab.selected && !hovered) label.color = ui.theme.text_muted;
  ui.text_only(tab.label, label, x, y + 7, label_width + 1);
  if (!tab.count.empty()) {
    const float left = x + label_width + kGap;
    ui.fill({left, y + 8, pill, kCountHeight}, ui.theme.disabled_soft, kCountHeight / 2);
    ui.text_only(tab.count, number, left + (pill - number_width) / 2, y + 9, pill);
  }
  if (tab.selected || hovered) {
    const Color line = tab.selected ? ui.theme.accent : ui.theme.border_strong;
    ui.fill({x, y + kTabHeight - 2, width, 2}, line);
  }
  TwinNode& node = ui.add(Role::kTab, tab.id, rect);
  node.text = tab.label;
  node.name = tab.count.empty() ? std::string() : tab.label + " " + tab.count;
  node.selected = tab.selected;
  node.controls = tab.section_id;
  node.font_size = label.size;
  node.font_weight = 600;
  return width;
}

// Tabs and the panel of the selected one.
float draw_tabs(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kTabGap = 20;
  ui.add(Role::kTabList, "tabs", {x, y, width, kTabHeight}).name = "Sections";
  ui.begin("tabs");
  ui.rule(x, y + kTabHeight - 1, width, ui.theme.border);
  float at = x;
  for (const card::Tab& tab : model.tabs) at += draw_tab(ui, tab, at, y) + kTabGap;
  ui.end();
  const auto selected = std::ranges::find(model.tabs, true, &card::Tab::selected);
  float top = y + kTabHeight;
  for (const Section& section : model.sections) {
    if (selected == model.tabs.end() || section.id != selected->section_id) continue;
    const std::size_t node = ui.output.twin.size();
    ui.add(Role::kTabPanel, section.id, {x, top, width, 0}).name = section.title;
    ui.begin(section.id);
    float height = 0;
    if (!section.age.empty()) {
      ui.line({section.id + ":age"}, section.age, ui.tiny(), x, top + kGap, width);
      height += kGap + ui.tiny().line_height;
    }
    height += draw_section_body(ui, section, x, top + height, width);
    ui.end();
    ui.output.twin[node].rect.height = height;
    top += height;
  }
  return top - y;
}

bool is_tabbed(const card::ViewModel& model, const Section& section) {
  return std::ranges::any_of(model.tabs,
                             [&](const card::Tab& tab) { return tab.section_id == section.id; });
}

// The sections that `wanted` holds for, one below the other; those behind tabs where the first of
// them would stand.
template <typename Wanted>
float draw_stack(Ui& ui, const card::ViewModel& model, Wanted wanted, float x, float y,
                 float width) {
  constexpr float kSectionGap = 16;
  float top = y;
  bool tabs_drawn = false;
  for (const Section& section : model.sections) {
    if (!wanted(section) || (tabs_drawn && is_tabbed(model, section))) continue;
    if (top > y) top += kSectionGap;
    if (is_tabbed(model, section)) {
      tabs_drawn = true;
      top += draw_tabs(ui, model, x, top, width);
    } else {
      top += kGap + draw_plain_section(ui, section, x, top + kGap, width);
    }
  }
  return top - y;
}

bool is_on_call(const Section& section) { return section.kind == SectionKind::kOnCall; }

// Rows at the left, people at the right.
float draw_columns(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kColumnGap = 24;
  const float right_width = std::clamp(std::floor(width * 0.32F), 216.0F, 300.0F);
  const float left_width = width - right_width - 2 * kColumnGap;
  const float right = x + width - right_width;
  const float left_height =
      draw_stack(ui, model, [](const Section& s) { return !is_on_call(s); }, x, y, left_width);
  const float right_height = draw_stack(ui, model, is_on_call, right, y, right_width);
  const float height = std::max(left_height, right_height);
  ui.vertical_rule(right - kColumnGap, y + kGap, height - kGap, ui.theme.border);
  return height;
}

bool has_two_columns(const card::ViewModel& model, float width) {
  return width >= kTwoColumns && std::ranges::any_of(model.sections, is_on_call) &&
         !std::ranges::all_of(model.sections, is_on_call);
}

float draw_trigger(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kHeight = 36;
  for (const card::Action& action : model.header.actions) {
    if (action.style != card::ActionStyle::kPrimary) continue;
    ui.button(action, x, y, std::min(width, ui.button_width(action)), kHeight);
  }
  return kHeight;
}

float draw_sections(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  if (has_two_columns(model, ui.input.width_css_px)) return draw_columns(ui, model, x, y, width);
  return draw_stack(ui, model, [](const Section&) { return true; }, x, y, width);
}

float draw_notices(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kNoticeGap = 12;
  float top = y;
  for (const card::Notice& notice : model.notices) {
    top += kNoticeGap + draw_notice(ui, notice, x, top + kNoticeGap, width);
  }
  return top - y;
}

// Notices and sections below the header, down to the card's end.
float draw_body(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  float top = y + draw_notices(ui, model, x, y, width);
  if (model.sections.empty()) return top + x - y;
  top += 12;
  ui.rule(0, top, ui.input.width_css_px, ui.theme.border);
  top += kGap;
  return top + draw_sections(ui, model, x, top, width) + kGap - y;
}

// The sections in what the header has left of the card's greatest height, scrolling there as a
// whole.
float draw_scrolled(Ui& ui, const card::ViewModel& model, float x, float y, float width,
                    float room) {
  constexpr const char* kBody = "card:body";
  const float full = ui.input.width_css_px;
  ui.rows_scroll_with_card = true;
  const auto draw = [&](float top) {
    return draw_notices(ui, model, x, top, width) + kGap +
           draw_sections(ui, model, x, top + kGap, width) + x;
  };
  const float content = ui.measure([&] { return draw(0); });
  const float height = std::min(content, std::max(room, kLeastBody));
  TwinNode& body = ui.add(Role::kGroup, kBody, {0, y, full, height});
  body.scroller = true;
  body.content_height = content;
  ui.begin(kBody);
  {
    const Ui::Scroll scroll(ui, kBody, {0, y, full, height}, content);
    draw(0);
  }
  ui.end();
  return height;
}

float draw_content(Ui& ui, const card::ViewModel& model, float width) {
  const float padding = padding_of(width);
  const float inner = width - 2 * padding;
  float top = padding;
  if (model.layout == card::Layout::kTrigger) {
    top += draw_trigger(ui, model, padding, top, inner);
    return top + draw_notices(ui, model, padding, top, inner) + padding;
  }
  top += HeaderView(ui, model.header, padding, top, inner).draw();
  const float most = ui.input.max_height_css_px;
  if (most > 0) {
    const float whole = ui.measure([&] { return draw_body(ui, model, padding, top, inner); });
    if (top + whole > most) {
      top += 12;
      ui.rule(0, top, width, ui.theme.border);
      return top + 1 + draw_scrolled(ui, model, padding, top + 1, inner, most - top - 1);
    }
  }
  return top + draw_body(ui, model, padding, top, inner);
}

}  // namespace

void draw_card(const card::ViewModel& model, const Input& input, const Theme& theme,
               text::TextEngine& text, text::FamilyId family, Output& output) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  list.Flags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill |
               ImDrawListFlags_AllowVtxOffset;
  list.PushTexture(text.atlas().TexRef);
  Ui ui(input, theme, text, family, list, output);
  ui.interactive = !model.dialog.has_value();
  TwinNode& card = ui.add(Role::kGroup, "card", {0, 0, input.width_css_px, 0});
  card.name = model.name;
  card.busy = model.busy;
  ui.begin("card");
  float height = draw_content(ui, model, input.width_css_px);
  ui.end();
  // The dialog stands beside the card, not in it: behind it nothing can be reached.
  output.twin.front().rect.height = height;
  if (model.dialog) {
    ui.interactive = true;
    height = draw_dialog(ui, *model.dialog, height);
  }
  list.PopTexture();
  output.height_css_px = std::ceil(height);
}

}  // namespace pd::view
