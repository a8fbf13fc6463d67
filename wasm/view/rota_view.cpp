// Who is on call when: a row for each level, shifts as bars in their person's colour.
#include <algorithm>
#include <cmath>

#include "view/parts.h"

namespace pd::view {
namespace {

constexpr float kBar = 24;
constexpr float kRow = 32;
constexpr float kSegment = 28;
constexpr float kPadding = 6;
constexpr float kRadius = 4;
constexpr float kLabelsBeside = 340;  // narrower rotas have a row's label above it

float draw_spans(Ui& ui, const card::Rota& rota, const std::string& name, float x, float y,
                 float width) {
  float wide = 0;
  for (const card::Choice& span : rota.spans) wide += ui.segment_width(span);
  const std::string id = rota.id + ":spans";
  const float left = x + width - wide;
  const Rect bar{left, y, wide, kSegment};
  ui.fill(bar, ui.theme.disabled_soft, 6);
  ui.add(Role::kRadioGroup, id, bar).name = name;
  ui.begin(id);
  float at = left;
  for (const card::Choice& span : rota.spans) {
    ui.segment(span, at, y, ui.segment_width(span), kSegment);
    at += ui.segment_width(span);
  }
  ui.end();
  return kSegment;
}

Color with_alpha(Color color, std::uint32_t alpha) { return (color & 0x00FFFFFFU) | alpha << 24U; }

// What stands in a shift's bar, and where.
struct BarText {
  std::string text;
  float left = 0, width = 0;
};

// Clear of the line at `now`, on one side of it.
bool move_clear(float now, Rect bar, BarText& placed) {
  constexpr float kClear = 5;
  if (now < placed.left - kClear || now > placed.left + placed.width + kClear) return true;
  if (now + kClear + placed.width + 2 <= bar.x + bar.width) {
    placed.left = now + kClear;
    return true;
  }
  if (bar.x + 2 + placed.width + kClear > now) return false;
  placed.left = now - kClear - placed.width;
  return true;
}

// The name where it has room, else the initials where they have; the line at `now` is no place.
BarText text_in(Ui& ui, const card::RotaShift& shift, const TextStyle& style, Rect bar, float now) {
  const auto place = [&](const std::string& text, float least) {
    const float wide = std::ceil(ui.width_of(text, style));
    if (text.empty() || wide + least > bar.width) return BarText{{}, bar.x, 0};
    const bool named = &text == &shift.label;
    return BarText{text, named ? bar.x + kPadding : bar.x + (bar.width - wide) / 2, wide};
  };
  BarText name = place(shift.label, 2 * kPadding);
  if (!name.text.empty() && move_clear(now, bar, name)) return name;
  BarText initials = place(shift.initials, shift.is_override ? 10 : 4);
  if (!initials.text.empty() && move_clear(now, bar, initials)) return initials;
  return name.text.empty() ? initials : name;
}

void draw_shift(Ui& ui, const card::RotaShift& shift, float now, float x, float y, float width) {
  const float start = std::clamp(shift.start, 0.0F, 1.0F) * width;
  const float end = std::clamp(shift.end, 0.0F, 1.0F) * width;
  const Rect bar{x + start + 1, y, std::max(end - start - 2, 2.0F), kBar};
  TextStyle style = ui.tiny_strong();
  const auto [text, left, wide] = text_in(ui, shift, style, bar, x + now * width);
  if (shift.is_gap) {
    style.color = ui.theme.warning;
    ui.fill(bar, ui.theme.warning_soft, kRadius);
    ui.hatch(bar, with_alpha(ui.theme.warning, 90), 7);
    ui.outline(bar, ui.theme.warning, kRadius);
    if (!text.empty()) {
      ui.fill({left - 3, y + 4, wide + 6, kBar - 8}, ui.theme.warning_soft, kRadius);
    }
  } else {
    style.color = 0xFFFFFFFF;
    ui.fill(bar, avatar_ground(shift.hue), kRadius);
    // Somebody stands in: a frame within the bar.
    if (shift.is_override && bar.width > 8) {
      ui.outline({bar.x + 2, bar.y + 2, bar.width - 4, bar.height - 4}, 0xFFFFFFFF, kRadius - 2);
    }
  }
  ui.text_only(text, style, left, y + (kBar - style.line_height) / 2, wide + 1);
  ui.add(Role::kListItem, shift.id, bar);
  ui.begin(shift.id);
  TwinNode& node = ui.image(shift.id + ":shift", shift.name, bar);
  node.text = text;
  node.font_size = style.size;
  node.font_weight = 600;
  node.line_height = kBar;
  node.padding_left = std::max(left - bar.x, 0.5F);
  ui.end();
}

float draw_row(Ui& ui, const card::RotaRow& row, float now, float labels, float x, float y,
               float width) {
  const TextStyle style = ui.tiny_strong();
  float top = y;
  const float left = x + labels;
  if (labels > 0) {
    ui.line({row.id + ":label"}, row.label, style, x, y + (kBar - style.line_height) / 2,
            labels - kGap);
  } else {
    const float wide = std::ceil(ui.width_of(row.label, style));
    ui.fill({x, top, wide + 4, style.line_height}, ui.theme.background);  // over the ticks
    ui.line({row.id + ":label"}, row.label, style, x, top, width);
    top += style.line_height + 4;
  }
  const Rect bars{left, top, x + width - left, kBar};
  ui.fill(bars, ui.theme.surface, kRadius);
  ui.add(Role::kList, row.id, bars).name = row.label;
  ui.begin(row.id);
  for (const card::RotaShift& shift : row.shifts) draw_shift(ui, shift, now, left, top, bars.width);
  ui.end();
  return top + kRow - y;
}

float draw_rows(Ui& ui, const card::Rota& rota, float x, float y, float width) {
  float labels = 0;
  if (width >= kLabelsBeside) {
    for (const card::RotaRow& row : rota.rows) {
      labels = std::max(labels, std::ceil(ui.width_of(row.label, ui.tiny_strong())) + 12);
    }
    labels = std::min(labels, std::floor(width * 0.3F));
  }
  const float left = x + labels;
  const float span = x + width - left;
  const auto draw = [&] {
    float top = y;
    for (const card::RotaRow& row : rota.rows)
      top += draw_row(ui, row, rota.now, labels, x, top, width);
    return top - y;
  };
  const float high = ui.measure(draw) - (kRow - kBar);
  const float bottom = draw_ticks(ui, rota.id, rota.ticks, left, y, span, high + 4);
  draw();
  const float now = left + std::clamp(rota.now, 0.0F, 1.0F) * span;
  ui.fill({now - 2, y - 4, 4, high + 8}, ui.theme.background);
  ui.fill({now - 1, y - 4, 2, high + 8}, ui.theme.text);
  ui.fill({now - 3, y - 6, 6, 6}, ui.theme.text, 3);
  return bottom;
}

}  // namespace

PD_ENTERS_PART float draw_rota(Ui& ui, const card::Rota& rota, const std::string& name, float x,
                               float y, float width) {
  const std::size_t node = ui.open(Role::kGroup, rota.id, {x, y, width, 0});
  float top = y;
  if (!rota.spans.empty()) top += draw_spans(ui, rota, name, x, top, width) + 12;
  if (rota.notice) top += draw_notice(ui, *rota.notice, x, top, width) + kGap;
  if (rota.state == card::SectionState::kLoading) {
    top += draw_skeleton_lines(ui, 3, x, top, width);
  }
  if (!rota.rows.empty()) top += draw_rows(ui, rota, x, top, width);
  ui.close(node, top - y);
  return top - y;
}

}  // namespace pd::view
