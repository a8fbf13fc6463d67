#include "view/ui.h"

#include <algorithm>
#include <cmath>

namespace pd::view {
namespace {

using card::ActionStyle;
using card::Icon;
using card::Tone;

constexpr float kButtonPadding = 12;
constexpr float kSmallButtonPadding = 10;
constexpr float kBadgePadding = 7;
constexpr float kBadgeHeight = 20;
constexpr float kIconSize = 16;
constexpr float kIconGap = 6;
constexpr float kBadgeShape = 10;

Rect intersection(Rect a, Rect b) {
  const float x = std::max(a.x, b.x);
  const float y = std::max(a.y, b.y);
  return {x, y, std::max(0.0F, std::min(a.x + a.width, b.x + b.width) - x),
          std::max(0.0F, std::min(a.y + a.height, b.y + b.height) - y)};
}

// Black or white, whichever reads better; one of them has 4.5:1 on any ground.
Color text_on(Color ground) {
  constexpr Color kBlack = 0xFF000000U;
  constexpr Color kWhite = 0xFFFFFFFFU;
  return contrast(kBlack, ground) >= contrast(kWhite, ground) ? kBlack : kWhite;
}

// "ff8800" -> colour; 0 when it is none.
Color parse_color(std::string_view hex) {
  if (hex.size() != 6) return 0;
  std::uint32_t value = 0;
  for (const char c : hex) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return 0;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return ((value >> 16U) & 0xFFU) | (value & 0xFF00U) | ((value & 0xFFU) << 16U) | 0xFF000000U;
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

float Ui::button_width(const card::Action& action, bool small) {
  if (action.icon_only) return small ? kSmallButton : 32;
  const bool has_icon = action.icon != Icon::kNone || action.busy;
  const float label = width_of(action.label, small ? small_strong() : strong());
  return std::ceil(label) + 2 * (small ? kSmallButtonPadding : kButtonPadding) +
         (has_icon ? kIconSize + kIconGap : 0);
}

float Ui::badge_width(const card::Badge& b, bool with_shape) {
  TextStyle s = tiny();
  s.face = text::Face::kBold;
  return std::ceil(width_of(b.text, s)) + 2 * kBadgePadding + (with_shape ? kBadgeShape + 5 : 0);
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
  if (!interactive) return false;
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

// ---- Widgets ----

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
  const Rect whole{x, y, width, static_cast<float>(lines.size()) * s.line_height};
  const bool hovered = is_link(node) && is_hovered(whole);
  if (hovered) output.hovered_node = node.id;
  std::string broken;
  float top = y;
  float widest = 1;
  bool cut = false;
  for (const text::Line& l : lines) {
    const std::string shown = text_.fit(font(s), l.text, width * input.dpr);
    cut = cut || shown.size() != l.text.size();
    const float line_width = std::min(std::ceil(width_of(shown, s)), width);
    widest = std::max(widest, line_width);
    const float left = node.centered ? x + (width - line_width) / 2 : x;
    draw_line(shown, s, left, top);
    if (hovered) rule(left, top + s.line_height * kUnderline, line_width, s.color);
    if (top > y) broken += '\n';
    broken += l.text;
    top += s.line_height;
  }
  TwinNode& twin = text_twin(node, broken, s, {x, y, node.centered ? width : widest, top - y});
  twin.wraps = true;
  twin.centered = node.centered;
  if (cut) twin.description = text;
  return top - y;
}

Color Ui::button_ground(const card::Action& action, bool hovered, bool pressed) const {
  const bool quiet = action.style == ActionStyle::kQuiet;
  if (!action.enabled) return quiet ? 0 : theme.disabled_soft;
  switch (action.style) {
    case ActionStyle::kPrimary:
      return pressed ? theme.accent_pressed : hovered ? theme.accent_hover : theme.accent;
    case ActionStyle::kDanger:
      return pressed ? theme.danger_pressed : hovered ? theme.danger_hover : theme.danger;
    case ActionStyle::kSecondary:
      return pressed ? theme.border : hovered ? theme.surface_hover : theme.background;
    case ActionStyle::kQuiet: break;
  }
  return pressed ? theme.border : hovered ? theme.surface_hover : 0;
}

Color Ui::button_label(const card::Action& action) const {
  if (!action.enabled || action.style == ActionStyle::kQuiet) return theme.text_muted;
  if (action.style == ActionStyle::kPrimary) return theme.on_accent;
  return action.style == ActionStyle::kDanger ? theme.on_danger : theme.text;
}

// Icon and text, together in the middle.
void Ui::label_button(const card::Action& action, const TextStyle& label, Rect r) {
  const bool has_icon = action.icon != Icon::kNone || action.busy;
  const bool has_text = !action.icon_only;
  const float icon_width = has_icon ? kIconSize + (has_text ? kIconGap : 0) : 0;
  const float room = r.width - icon_width - 8;
  const float text_width = has_text ? std::min(width_of(action.label, label), room) : 0;
  float left = r.x + (r.width - icon_width - text_width) / 2;
  const float icon_top = r.y + (r.height - kIconSize) / 2;
  if (action.busy) {
    spinner(left, icon_top, kIconSize, label.color);
  } else if (has_icon) {
    icon(action.icon, left, icon_top, kIconSize, label.color);
  }
  left += icon_width;
  if (has_text) {
    text_only(action.label, label, left, r.y + (r.height - label.line_height) / 2, room);
  }
}

void Ui::button(const card::Action& action, float x, float y, float width, float height) {
  const Rect rect{x, y, width, height};
  const bool hovered = action.enabled && is_hovered(rect);
  if (hovered) output.hovered_node = action.id;
  TextStyle label = height <= kSmallButton ? small_strong() : strong();
  label.color = button_label(action);
  const float radius = std::min(theme.radius_css_px, 6.0F);
  const Color ground = button_ground(action, hovered, hovered && input.pointer_down);
  if (ground != 0) fill(rect, ground, radius);
  if (action.style == ActionStyle::kSecondary && action.enabled) {
    outline(rect, theme.border_strong, radius);
  }
  label_button(action, label, rect);

  TwinNode& twin = add(Role::kButton, action.id, rect);
  twin.text = action.label;
  twin.name = action.name.empty() && action.icon_only ? action.label : action.name;
  twin.description = action.reason;
  twin.disabled = !action.enabled;
  twin.busy = action.busy;
  twin.font_size = label.size;
  twin.font_weight = 600;
}

float Ui::badge(const std::string& id, const card::Badge& b, float x, float y, bool with_shape) {
  const float width = badge_width(b, with_shape);
  const Rect rect{x, y, width, kBadgeHeight};
  TextStyle s = tiny();
  s.face = text::Face::kBold;
  s.color = color_of(b.tone);
  const Color own = parse_color(b.color);
  if (own != 0) {
    fill(rect, own, kBadgeHeight / 2);
    s.color = text_on(own);
  } else if (b.outlined) {
    outline(rect, theme.border_strong, kBadgeHeight / 2);
  } else {
    fill(rect, soft_color_of(b.tone), kBadgeHeight / 2);
  }
  float left = x + kBadgePadding;
  if (with_shape) {
    shape(b.tone, left, y + (kBadgeHeight - kBadgeShape) / 2, kBadgeShape);
    left += kBadgeShape + 5;
  }
  line({id}, b.text, s, left, y + (kBadgeHeight - s.line_height) / 2, width);
  return width;
}

void Ui::icon_link(const card::Link& link, Icon kind, float x, float y, float size) {
  const Rect rect{x, y, size, size};
  const bool hovered = is_hovered(rect);
  if (hovered) {
    output.hovered_node = link.id;
    fill(rect, theme.surface_hover, 6);
  }
  icon(kind, x + (size - kIconSize) / 2, y + (size - kIconSize) / 2, kIconSize,
       hovered ? theme.text : theme.text_muted);
  TwinNode& twin = add(Role::kLink, link.id, rect);
  twin.name = link.text;
  twin.href = link.href;
}

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
  TwinNode& twin = add(Role::kTextBox, f.id, rect);
  twin.name = f.label;
  twin.value = f.value;
  twin.placeholder = f.placeholder;
  twin.max_length = f.max_length;
  twin.required = f.required;
  twin.invalid = !f.error.empty();
  twin.multiline = f.kind == card::FieldKind::kMultiline;
  twin.described_by = described_by;
  twin.font_size = s.size;
  twin.line_height = s.line_height;
  twin.padding_x = 10;
  twin.padding_y = 7;
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

bool Ui::Scroll::is_visible(float y, float height) const {
  return y + height > top_ && y < top_ + window_.height;
}

}  // namespace pd::view
