// Text of one line and of several, as text, headings and links.
#include <algorithm>
#include <cmath>

#include "view/ui.h"

namespace pd::view {
TwinNode& Ui::text_twin(const TextNode& node, std::string_view text, const TextStyle& s,
                        Rect rect) {
  // A link without an address is text.
  const Role role = node.role == Role::kLink && node.href.empty() ? Role::kText : node.role;
  TwinNode& twin = add(role, node.id, rect);
  twin.text = text;
  twin.href = node.href;
  twin.level = node.level;
  twin.font_size = s.size;
  twin.font_weight = s.face == text::Face::kBold ? 600 : 400;
  twin.mono = s.face == text::Face::kMono;
  twin.line_height = s.line_height;
  return twin;
}

namespace {

// What is too low or narrow to be hit gets a larger rectangle around the same middle.
Rect target(Rect r) {
  const float more = std::max(0.0F, kLeastTarget - r.height);
  return {r.x, r.y - more / 2, std::max(r.width, kLeastTarget), r.height + more};
}

bool is_link(const TextNode& node) { return node.role == Role::kLink && !node.href.empty(); }

// Where the line under a hovered link lies, of its line's height.
constexpr float kUnderline = 0.86F;

}  // namespace

float Ui::line(const TextNode& node, std::string_view text, const TextStyle& s, float x, float y,
               float max_width) {
  const std::string shown = text_.fit(font(s), text, max_width * input.dpr);
  const float width = std::min(std::ceil(width_of(shown, s)), std::max(max_width, 1.0F));
  Rect rect{x, y, width, s.line_height};
  TextStyle placed = s;
  if (is_link(node)) {
    rect = target(rect);
    placed.line_height = rect.height;
    if (is_hovered(rect)) {
      output.hovered_node = node.id;
      rule(x, y + s.line_height * kUnderline, width, s.color);
    }
  }
  draw_line(shown, s, x, y);
  TwinNode& twin = text_twin(node, text, placed, rect);
  if (shown.size() != text.size()) twin.description = text;
  return width;
}

float Ui::paragraph(const TextNode& node, std::string_view text, const TextStyle& s, float x,
                    float y, float width, int max_lines) {
  const std::vector<text::Line> lines = text_.wrap(font(s), text, width * input.dpr, max_lines);
  if (lines.size() <= 1 && !node.centered) {
    line(node, text, s, x, y, width);
    return s.line_height;
  }
  float widest = 1;
  for (const text::Line& l : lines) {
    widest = std::max(widest, std::min(std::ceil(l.width_px / input.dpr), width));
  }
  const Rect whole{x, y, node.centered ? width : widest,
                   static_cast<float>(lines.size()) * s.line_height};
  const bool hovered = is_link(node) && is_hovered(whole);
  if (hovered) output.hovered_node = node.id;
  std::string broken;
  float top = y;
  bool cut = false;
  const char* end = nullptr;  // of the line before
  for (const text::Line& l : lines) {
    const std::string shown = text_.fit(font(s), l.text, width * input.dpr);
    cut = cut || shown.size() != l.text.size();
    const float line_width = std::min(std::ceil(width_of(shown, s)), width);
    const float left = node.centered ? x + (width - line_width) / 2 : x;
    draw_line(shown, s, left, top);
    if (hovered) rule(left, top + s.line_height * kUnderline, line_width, s.color);
    if (top > y) broken += *end == ' ' ? kSoftBreak : '\n';
    broken += l.text;
    end = l.text.data() + l.text.size();
    top += s.line_height;
  }
  TwinNode& twin = text_twin(node, broken, s, whole);
  twin.wraps = true;
  twin.centered = node.centered;
  if (cut) twin.description = text;
  return top - y;
}

}  // namespace pd::view
