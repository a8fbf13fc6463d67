// A whole card: header, notices, sections in one or two columns, dialog.
#include <algorithm>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;

constexpr float kTwoColumns = 680;
constexpr float kActionsBelow = 400;  // narrower cards have the create button on a row of its own
constexpr float kHeaderButton = 32;

float padding_of(float width) { return width < 340 ? 12 : 16; }

// ---- Header ----

// The buttons at the right of the title; returns their width with the gap before them.
float draw_header_actions(Ui& ui, const card::Header& header, float right, float y,
                          bool create_below) {
  float at = right;
  for (auto action = header.actions.rbegin(); action != header.actions.rend(); ++action) {
    if (create_below && action->style == card::ActionStyle::kPrimary) continue;
    const float wide = ui.button_width(*action);
    at -= wide;
    ui.button(*action, at, y, wide, kHeaderButton);
    at -= kGap;
  }
  return right - at;
}

float draw_header(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  const card::Header& header = model.header;
  const bool below = width < kActionsBelow;
  float top = y;
  // In document order the title comes before the buttons beside it.
  float taken = 0;
  for (const card::Action& action : header.actions) {
    if (!(below && action.style == card::ActionStyle::kPrimary))
      taken += ui.button_width(action) + kGap;
  }
  const TextStyle title = ui.title_style();
  const float room = width - taken;
  ui.add(Role::kHeading, "header:heading", {x, top + 4, room, title.line_height}).level = 2;
  ui.begin("header:heading");
  const bool linked = !header.title.href.empty();
  const float wide = ui.line({header.title.id, Role::kLink, header.title.href, 0},
                             header.title.text, title, x, top + 4, room - (linked ? 22 : 0));
  if (linked) ui.icon(card::Icon::kExternal, x + wide + 7, top + 10, 12, ui.theme.text_muted);
  ui.end();
  draw_header_actions(ui, header, x + width, top, below);
  top += kHeaderButton + 6;

  float at = x;
  if (header.status) at += ui.badge("header:status", *header.status, at, top, true) + 8;
  const float updated = header.updated.empty() ? 0 : ui.width_of(header.updated, ui.small());
  const bool one_row = at + ui.width_of(header.subtitle, ui.small()) + 16 + updated <= x + width;
  const float subtitle_room = (one_row ? x + width - updated - 16 : x + width) - at;
  if (!header.subtitle.empty())
    ui.line({"header:subtitle", Role::kText, {}, 0}, header.subtitle, ui.small(), at, top + 1,
            subtitle_room);
  if (!header.updated.empty()) {
    if (!one_row) top += 22;
    TextStyle style = ui.small();
    if (header.stale) style.color = ui.theme.warning;
    ui.line({"header:updated", Role::kText, {}, 0}, header.updated, style,
            one_row ? x + width - updated : x, top + 1, updated + 2);
  }
  if (header.status || !header.subtitle.empty() || !header.updated.empty()) top += 22;
  for (const card::Action& action : header.actions) {
    if (!below || action.style != card::ActionStyle::kPrimary) continue;
    top += 6;
    ui.button(action, x, top, width, 36);
    top += 36;
  }
  return top - y;
}

// ---- Sections ----

float draw_section_heading(Ui& ui, const Section& section, float x, float y, float width) {
  const float wide = ui.line({section.id + ":heading", Role::kHeading, {}, 3}, section.title,
                             ui.heading(), x, y, width);
  if (!section.count.empty())
    ui.line({section.id + ":count", Role::kText, {}, 0}, section.count, ui.small(), x + wide + 8,
            y + 1, width - wide - 8);
  return 26;
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

// Tabs and the panel of the selected one.
float draw_tabs(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  constexpr float kTabHeight = 36;
  ui.add(Role::kTabList, "tabs", {x, y, width, kTabHeight}).name = "Sections";
  ui.begin("tabs");
  ui.fill({x, y + kTabHeight - 1, width, 1}, ui.theme.border);
  float at = x;
  const card::Tab* selected = nullptr;
  for (const card::Tab& tab : model.tabs) {
    TextStyle style = ui.strong();
    const float label = ui.width_of(tab.label, style);
    const float count = tab.count.empty() ? 0 : ui.width_of(tab.count, ui.tiny()) + 18;
    const Rect rect{at, y, label + count + 16, kTabHeight};
    const bool hovered = ui.is_hovered(rect);
    if (hovered) ui.output.hovered_node = tab.id;
    if (!tab.selected) style.color = hovered ? ui.theme.text : ui.theme.text_muted;
    if (tab.selected) selected = &tab;
    ui.text_only(tab.label, style, at + 4, y + 7, label + 4);
    if (count > 0) {
      ui.fill({at + label + 10, y + 8, count - 6, 18}, ui.theme.disabled_soft, 9);
      TextStyle number = ui.tiny();
      ui.text_only(tab.count, number,
                   at + label + 10 + (count - 6 - ui.width_of(tab.count, number)) / 2, y + 9,
                   count);
    }
    if (tab.selected) ui.fill({at, y + kTabHeight - 2, rect.width, 2}, ui.theme.accent);
    TwinNode& node = ui.add(Role::kTab, tab.id, rect);
    node.text = tab.label;
    node.name = tab.count.empty() ? std::string() : tab.label + " " + tab.count;
    node.selected = tab.selected;
    node.controls = tab.section_id;
    node.font_size = style.size;
    node.font_weight = 600;
    at += rect.width + 8;
  }
  ui.end();
  float top = y + kTabHeight;
  for (const Section& section : model.sections) {
    if (selected == nullptr || section.id != selected->section_id) continue;
    const std::size_t node = ui.output.twin.size();
    ui.add(Role::kTabPanel, section.id, {x, top, width, 0}).name = section.title;
    ui.begin(section.id);
    const float height = draw_section_body(ui, section, x, top, width);
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

float draw_stacked(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  float top = y;
  bool tabs_drawn = false;
  for (const Section& section : model.sections) {
    if (is_tabbed(model, section)) {
      if (!tabs_drawn) top += draw_tabs(ui, model, x, top, width) + 12;
      tabs_drawn = true;
    } else {
      top += draw_plain_section(ui, section, x, top + 4, width) + 16;
    }
  }
  return top - y;
}

// Rows at the left, people at the right.
float draw_columns(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  const float right_width = std::clamp(width * 0.32F, 220.0F, 300.0F);
  const float left_width = width - right_width - 41;
  const float right = x + left_width + 41;
  const auto draw_side = [&](bool people, float left, float wide) {
    float top = y;
    bool tabs_drawn = false;
    for (const Section& section : model.sections) {
      if ((section.kind == SectionKind::kOnCall) != people) continue;
      if (!is_tabbed(model, section)) {
        top += draw_plain_section(ui, section, left, top + 8, wide) + 16;
      } else if (!tabs_drawn) {
        top += draw_tabs(ui, model, left, top, wide) + 12;
        tabs_drawn = true;
      }
    }
    return top - y;
  };
  const float left_height = draw_side(false, x, left_width);
  const float right_height = draw_side(true, right, right_width);
  const float height = std::max(left_height, right_height);
  ui.fill({right - 21, y + 8, 1, height - 16}, ui.theme.border);
  return height;
}

bool has_two_columns(const card::ViewModel& model, float width) {
  const bool people = std::ranges::any_of(
      model.sections, [](const Section& s) { return s.kind == SectionKind::kOnCall; });
  const bool rows = std::ranges::any_of(
      model.sections, [](const Section& s) { return s.kind != SectionKind::kOnCall; });
  return width >= kTwoColumns && people && rows;
}

float draw_trigger(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  for (const card::Action& action : model.header.actions) {
    if (action.style == card::ActionStyle::kPrimary)
      ui.button(action, x, y, std::min(width, ui.button_width(action)), 36);
  }
  return 36;
}

float draw_content(Ui& ui, const card::ViewModel& model, float width) {
  const float padding = padding_of(width);
  const float inner = width - 2 * padding;
  float top = padding;
  if (model.layout == card::Layout::kTrigger)
    return top + draw_trigger(ui, model, padding, top, inner) + padding;
  top += draw_header(ui, model, padding, top, inner);
  for (const card::Notice& notice : model.notices)
    top += 10 + draw_notice(ui, notice, padding, top + 10, inner);
  if (model.sections.empty()) return top + padding;
  top += 12;
  ui.fill({0, top, width, 1}, ui.theme.border);
  top += 8;
  top += has_two_columns(model, width) ? draw_columns(ui, model, padding, top, inner)
                                       : draw_stacked(ui, model, padding, top, inner);
  return top + padding - 12;
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
  float height = draw_content(ui, model, input.width_css_px);
  if (model.dialog) {
    ui.interactive = true;
    height = draw_dialog(ui, *model.dialog, height);
  }
  list.PopTexture();
  output.height_css_px = height;
}

}  // namespace pd::view
