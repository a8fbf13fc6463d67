// What is filled in or chosen: fields, radios, boxes to tick.
#include <algorithm>
#include <cmath>

#include "view/ui.h"

namespace pd::view {
namespace {

constexpr float kFieldPadding = 10;
constexpr float kFieldIcon = 16;
constexpr float kTick = 16;

Role role_of(card::FieldKind kind) {
  if (kind == card::FieldKind::kSelect) return Role::kSelect;
  return kind == card::FieldKind::kSearch ? Role::kSearchBox : Role::kTextBox;
}

}  // namespace

void Ui::field(const card::Field& f, const std::string& described_by, float x, float y, float width,
               float height) {
  const Rect rect{x, y, width, height};
  const bool focused = input.focused_node == f.id;
  fill(rect, theme.field, 6);
  outline(rect,
          !f.error.empty() ? theme.critical
          : focused        ? theme.focus
                           : theme.field_border,
          6, focused ? 2.0F : 1.0F);
  const TextStyle s = body();
  TwinNode& twin = add(role_of(f.kind), f.id, rect);
  twin.name = f.label;
  twin.value = f.value;
  twin.placeholder = f.placeholder;
  twin.max_length = f.max_length;
  twin.required = f.required;
  twin.invalid = !f.error.empty();
  twin.multiline = f.kind == card::FieldKind::kMultiline;
  twin.secret = f.kind == card::FieldKind::kSecret;
  twin.email = f.kind == card::FieldKind::kEmail;
  twin.described_by = described_by;
  twin.font_size = s.size;
  twin.line_height = s.line_height;
  twin.padding_left = kFieldPadding;
  twin.padding_right = kFieldPadding;
  twin.padding_y = std::max(0.0F, std::min(7.0F, (height - s.line_height) / 2 - 1));
  const float icon_top = y + (height - kFieldIcon) / 2;
  if (f.kind == card::FieldKind::kSearch) {
    icon(card::Icon::kSearch, x + kFieldPadding, icon_top, kFieldIcon, theme.text_muted);
    twin.padding_left += kFieldIcon + 6;
  }
  if (f.kind == card::FieldKind::kSelect) {
    icon(card::Icon::kChevronDown, x + width - kFieldPadding - kFieldIcon, icon_top, kFieldIcon,
         theme.text_muted);
    twin.padding_right += kFieldIcon + 6;
    for (const card::Choice& choice : f.choices) {
      twin.options.push_back({choice.id, choice.label});
      if (choice.selected) twin.value = choice.id;
    }
  }
}

void Ui::radio(const card::Choice& choice, float x, float y, float width, float height) {
  const Rect rect{x, y, width, height};
  if (is_hovered(rect)) {
    output.hovered_node = choice.id;
    fill(rect, theme.surface_hover, 6);
  }
  outline(rect, choice.selected ? theme.accent : theme.field_border, 6,
          choice.selected ? 2.0F : 1.0F);
  const float middle = y + height / 2;
  if (draws) {
    const ImVec2 center = device(x + 18, middle);
    list_.AddCircle(center, 7 * input.dpr, choice.selected ? theme.accent : theme.field_border, 0,
                    std::max(1.0F, 1.5F * input.dpr));
    if (choice.selected) list_.AddCircleFilled(center, 4 * input.dpr, theme.accent);
  }
  const TextStyle s = body();
  text_only(choice.label, s, x + 32, middle - s.line_height / 2, width - 36);
  TwinNode& twin = add(Role::kRadio, choice.id, rect);
  twin.text = choice.label;
  twin.selected = choice.selected;
  twin.font_size = s.size;
}

float Ui::segment_width(const card::Choice& choice) {
  return std::ceil(width_of(choice.label, tiny_strong())) + 2 * kFieldPadding;
}

void Ui::segment(const card::Choice& choice, float x, float y, float width, float height) {
  const Rect rect{x, y, width, height};
  const bool hovered = is_hovered(rect);
  if (hovered) output.hovered_node = choice.id;
  if (choice.selected) {
    const Rect raised{x + 2, y + 2, width - 4, height - 4};
    fill(raised, theme.background, 4);
    outline(raised, theme.field_border, 4);
  }
  TextStyle s = tiny_strong();
  if (choice.selected || hovered) s.color = theme.text;
  text_only(choice.label, s, x + kFieldPadding, y + (height - s.line_height) / 2,
            width - kFieldPadding);
  TwinNode& twin = add(Role::kRadio, choice.id, rect);
  twin.text = choice.label;
  twin.selected = choice.selected;
  twin.font_size = s.size;
  twin.font_weight = 600;
}

void Ui::checkbox(const card::Choice& choice, float x, float y) {
  checkbox(choice, {x, y, kLeastTarget, kLeastTarget});
}

void Ui::checkbox(const card::Choice& choice, Rect rect) {
  const bool hovered = is_hovered(rect);
  if (hovered) output.hovered_node = choice.id;
  constexpr float kInset = (kLeastTarget - kTick) / 2;
  const Rect box{rect.x + kInset, rect.y + kInset, kTick, kTick};
  if (choice.selected) {
    fill(box, hovered ? theme.accent_hover : theme.accent, 4);
    icon(card::Icon::kCheck, box.x + 2, box.y + 2, kTick - 4, theme.on_accent);
  } else {
    fill(box, theme.field, 4);
    outline(box, hovered ? theme.text_muted : theme.field_border, 4);
  }
  TwinNode& twin = add(Role::kCheckBox, choice.id, rect);
  twin.name = choice.label;
  twin.selected = choice.selected;
}

float Ui::labelled_checkbox(const card::Choice& choice, float x, float y, float width) {
  constexpr float kInset = (kLeastTarget - kTick) / 2;  // the box begins where text does
  constexpr float kLabelLeft = kTick + 8;
  const TextStyle s = body();
  const float room = width - kLabelLeft;
  const std::vector<text::Line> lines = text_.wrap(font(s), choice.label, room * input.dpr, 0);
  float wide = 0;
  for (const text::Line& line : lines) {
    wide = std::max(wide, std::min(std::ceil(width_of(line.text, s)), room));
  }
  float top = y + (kLeastTarget - s.line_height) / 2;
  const float high = static_cast<float>(lines.size()) * s.line_height;
  const float height = std::max(kLeastTarget, top + high - y);
  checkbox(choice, {x - kInset, y, kInset + kLabelLeft + wide, height});
  for (const text::Line& line : lines) {
    text_only(line.text, s, x + kLabelLeft, top, room);
    top += s.line_height;
  }
  return height;
}

}  // namespace pd::view
