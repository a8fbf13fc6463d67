// A whole card: header, notices, sections in one or two columns, dialog.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

using card::Section;
using card::SectionKind;

constexpr float kTwoColumns = 680;
constexpr float kLeastBody = 96;  // a scrolling body is never lower

float padding_of(float width) { return width < 340 ? 12 : 16; }

// ---- Sections ----

// The sections that `wanted` holds for, one below the other; those behind tabs where the first of
// them would stand.
template <typename Wanted>
float draw_stack(Ui& ui, const card::ViewModel& model, Wanted wanted, float x, float y,
                 float width) {
  constexpr float kSectionGap = 16;
  float top = y;
  bool tabs_drawn = false;
  bool after_fold = false;
  for (const Section& section : model.sections) {
    if (!wanted(section) || (tabs_drawn && is_tabbed(model, section))) continue;
    const bool first = top == y;
    const bool folds = section.fold.has_value();
    // Closed ones follow each other line by line.
    if (!first && !(folds && after_fold)) top += kSectionGap;
    if (is_tabbed(model, section)) {
      tabs_drawn = true;
      top += draw_tabs(ui, model, x, top, width);
    } else {
      if (!folds) top += kGap;
      top += draw_section(ui, section, x, top, width, first);
    }
    after_fold = folds;
  }
  return top - y;
}

// What stands at the side of a wide card: people, and what the service is.
bool is_aside(const Section& section) {
  return section.kind == SectionKind::kOnCall || section.kind == SectionKind::kStatus ||
         section.kind == SectionKind::kStandards;
}

bool has_rota(const card::ViewModel& model) {
  return std::ranges::any_of(model.sections, [](const Section& s) { return s.rota.has_value(); });
}

// Rows at the left, the rest at the right.
float draw_columns(Ui& ui, const card::ViewModel& model, float x, float y, float width) {
  const float right_width = has_rota(model) ? std::clamp(std::floor(width * 0.44F), 288.0F, 480.0F)
                                            : std::clamp(std::floor(width * 0.32F), 216.0F, 300.0F);
  const float left_width = width - right_width - 2 * kColumnGap;
  const float right = x + width - right_width;
  const float left_height =
      draw_stack(ui, model, [](const Section& s) { return !is_aside(s); }, x, y, left_width);
  const float right_height = draw_stack(ui, model, is_aside, right, y, right_width);
  const float height = std::max(left_height, right_height);
  ui.vertical_rule(right - kColumnGap, y + kGap, height - kGap, ui.theme.border);
  return height;
}

bool has_two_columns(const card::ViewModel& model, float width) {
  return width >= kTwoColumns && std::ranges::any_of(model.sections, is_aside) &&
         !std::ranges::all_of(model.sections, is_aside);
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
  top += draw_header(ui, model.header, padding, top, inner);
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
  draw_whole(model.name, model.busy, model.dialog, input, theme, text, family, output,
             [&](Ui& ui) { return draw_content(ui, model, input.width_css_px); });
}

}  // namespace pd::view
