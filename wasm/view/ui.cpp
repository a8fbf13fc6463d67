#include "view/ui.h"

#include <algorithm>
#include <cmath>

namespace pd::view {
namespace {

using card::Tone;

Rect intersection(Rect a, Rect b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::max(0.0F, std::min(a.x + a.width, b.x + b.width) - x),
          std::max(0.0F, std::min(a.y + a.height, b.y + b.height) - y)};
}

}  // namespace

Ui::Ui(const Input& in, const Theme& colors, text::TextEngine& text, text::FamilyId family,
       ImDrawList& list, Output& out)
    : theme(colors),
      input(in),
      output(out),
      text_(text),
      family_(family),
      list_(list),
      clip_{0, 0, in.width_css_px, 1e6F} {}

TextStyle Ui::style(float ratio, float line_height, text::Face face, Color color) const {
  const float scale = theme.font_size_css_px / 14;
  return {theme.font_size_css_px * ratio, std::round(line_height * scale), face, color};
}

Color Ui::color_of(Tone tone) const {
  switch (tone) {
    case Tone::kInfo: return theme.info;
    case Tone::kOk: return theme.ok;
    case Tone::kWarning: return theme.warning;
    case Tone::kCritical: return theme.critical;
    case Tone::kMaintenance: return theme.maintenance;
    case Tone::kDisabled: return theme.disabled;
    case Tone::kNeutral: break;
  }
  return theme.text_muted;
}

Color Ui::soft_color_of(Tone tone) const {
  switch (tone) {
    case Tone::kInfo: return theme.info_soft;
    case Tone::kOk: return theme.ok_soft;
    case Tone::kWarning: return theme.warning_soft;
    case Tone::kCritical: return theme.critical_soft;
    case Tone::kMaintenance: return theme.maintenance_soft;
    case Tone::kDisabled: return theme.disabled_soft;
    case Tone::kNeutral: break;
  }
  return theme.disabled_soft;
}

// ---- Measuring ----

text::FontKey Ui::font(const TextStyle& s) const { return {family_, s.face, s.size * input.dpr}; }

float Ui::width_of(std::string_view text, const TextStyle& s) {
  return text_.width(font(s), text) / input.dpr;
}

int Ui::line_count(std::string_view text, const TextStyle& s, float width, int max_lines) {
  return static_cast<int>(text_.wrap(font(s), text, width * input.dpr, max_lines).size());
}

// ---- Drawing ----

ImVec2 Ui::device(float x, float y) const {
  return {std::round((x + offset_x_) * input.dpr), std::round((y + offset_y_) * input.dpr)};
}

void Ui::fill(Rect r, Color color, float radius) {
  if (draws)
    list_.AddRectFilled(device(r.x, r.y), device(r.x + r.width, r.y + r.height), color,
                        radius * input.dpr);
}

// Browsers round borders down to whole device pixels, never to none.
float Ui::thickness(float css_px) const {
  return std::max(1.0F, std::floor(css_px * input.dpr + 0.01F));
}

void Ui::outline(Rect r, Color color, float radius, float width) {
  if (!draws) return;
  const float thick = thickness(width);
  ImVec2 from = device(r.x, r.y);
  ImVec2 to = device(r.x + r.width, r.y + r.height);
  const float half = thick / 2;
  from = {from.x + half - 0.5F, from.y + half - 0.5F};
  to = {to.x - half + 0.5F, to.y - half + 0.5F};
  // AddRect takes the radius of the line's middle.
  list_.AddRect(from, to, color, std::max(0.0F, radius * input.dpr - half), 0, thick);
}

void Ui::rule(float x, float y, float width, Color color) {
  if (!draws) return;
  const ImVec2 from = device(x, y);
  list_.AddRectFilled(from, {device(x + width, y).x, from.y + thickness(1)}, color);
}

void Ui::vertical_rule(float x, float y, float height, Color color) {
  if (!draws) return;
  const ImVec2 from = device(x, y);
  list_.AddRectFilled(from, {from.x + thickness(1), device(x, y + height).y}, color);
}

void Ui::hatch(Rect r, Color color, float distance) {
  if (!draws) return;
  const ImVec2 from = device(r.x, r.y);
  const ImVec2 to = device(r.x + r.width, r.y + r.height);
  const float height = to.y - from.y;
  list_.PushClipRect(from, to, true);
  const float step = distance * input.dpr;
  const int count = static_cast<int>((to.x - from.x + height) / step) + 1;
  for (int i = 0; i < count; ++i) {
    const float left = from.x - height + static_cast<float>(i) * step;
    list_.AddLine({left, to.y}, {left + height, from.y}, color, 1.5F * input.dpr);
  }
  list_.PopClipRect();
}

// As CSS places text in a line box: the font's content area is centred in it.
float Ui::baseline(const TextStyle& s, float y) {
  const text::FontMetrics metrics = text_.metrics(font(s));
  const float content = metrics.ascent_px + metrics.descent_px;
  return (y + offset_y_) * input.dpr + (s.line_height * input.dpr - content) / 2 +
         metrics.ascent_px;
}

void Ui::draw_line(std::string_view text, const TextStyle& s, float x, float y) {
  if (draws)
    text_.draw(list_, font(s), {(x + offset_x_) * input.dpr, baseline(s, y)}, s.color, text);
}

void Ui::text_only(std::string_view text, const TextStyle& s, float x, float y, float max_width) {
  draw_line(text_.fit(font(s), text, max_width * input.dpr), s, x, y);
}

bool Ui::is_hovered(Rect r) const {
  // What is measured lies nowhere yet.
  if (!interactive || !draws) return false;
  const float x = input.pointer_x_css_px;
  const float y = input.pointer_y_css_px;
  const bool in_clip =
      x >= clip_.x && x < clip_.x + clip_.width && y >= clip_.y && y < clip_.y + clip_.height;
  const float left = r.x + offset_x_;
  const float top = r.y + offset_y_;
  return in_clip && x >= left && x < left + r.width && y >= top && y < top + r.height;
}

// ---- Twin ----

TwinNode& Ui::add(Role role, std::string id, Rect rect) {
  TwinNode& node = output.twin.emplace_back();
  node.id = std::move(id);
  node.parent = parents_.back();
  node.role = role;
  node.rect = rect;
  return node;
}

std::size_t Ui::open(Role role, const std::string& id, Rect rect, std::string_view name) {
  add(role, id, rect).name = name;
  begin(id);
  return output.twin.size() - 1;
}

void Ui::close(std::size_t node, float height) {
  output.twin[node].rect.height = height;
  end();
}

TwinNode& Ui::image(std::string id, std::string_view name, Rect rect) {
  TwinNode& node = add(Role::kImage, std::move(id), rect);
  node.name = name;
  return node;
}

// ---- Scrolling ----

Ui::Scroll::Scroll(Ui& ui, const std::string& node, Rect window, float content_height)
    : ui_(ui),
      window_(window),
      top_(0),
      old_x_(ui.offset_x_),
      old_y_(ui.offset_y_),
      old_clip_(ui.clip_),
      old_draws_(ui.draws) {
  if (ui.input.scroll_css_px != nullptr) {
    for (const auto& [id, top] : *ui.input.scroll_css_px) {
      if (id == node) top_ = top;
    }
  }
  top_ = std::clamp(top_, 0.0F, std::max(0.0F, content_height - window.height));
  const ImVec2 from = ui.device(window.x, window.y);
  const ImVec2 to = ui.device(window.x + window.width, window.y + window.height);
  ui.list_.PushClipRect(from, to, true);
  ui.clip_ =
      intersection(old_clip_, {window.x + old_x_, window.y + old_y_, window.width, window.height});
  ui.offset_x_ = old_x_ + window.x;
  ui.offset_y_ = old_y_ + window.y - top_;
}

Ui::Scroll::~Scroll() {
  ui_.list_.PopClipRect();
  ui_.clip_ = old_clip_;
  ui_.offset_x_ = old_x_;
  ui_.offset_y_ = old_y_;
  ui_.draws = old_draws_;
}

}  // namespace pd::view
