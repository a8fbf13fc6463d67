// Icons and tone shapes as paths: crisp at any size, no font needed.
#include <cmath>

#include "view/ui.h"

namespace pd::view {
namespace {

using card::Icon;
using card::Tone;

constexpr float kPi = 3.14159265F;

// Draws in a square of side 1 with its corner at `from`.
class Pen {
 public:
  Pen(ImDrawList& list, ImVec2 from, float size, Color color)
      : list_(list), from_(from), size_(size), color_(color) {}

  ImVec2 at(float x, float y) const { return {from_.x + x * size_, from_.y + y * size_}; }
  float thickness() const { return std::max(1.2F, size_ * 0.095F); }
  void stroke(std::initializer_list<ImVec2> points, bool closed = false) const {
    list_.PathClear();
    for (const ImVec2& p : points) list_.PathLineTo(at(p.x, p.y));
    list_.PathStroke(color_, closed ? ImDrawFlags_Closed : 0, thickness());
  }
  void fill(std::initializer_list<ImVec2> points) const {
    list_.PathClear();
    for (const ImVec2& p : points) list_.PathLineTo(at(p.x, p.y));
    list_.PathFillConvex(color_);
  }
  void arc(float x, float y, float radius, float from, float to) const {
    list_.PathClear();
    list_.PathArcTo(at(x, y), radius * size_, from, to);
    list_.PathStroke(color_, 0, thickness());
  }
  // A rounded rectangle's outline.
  void frame(float left, float top, float right, float bottom, float radius) const {
    list_.PathClear();
    list_.PathRect(at(left, top), at(right, bottom), radius * size_);
    list_.PathStroke(color_, ImDrawFlags_Closed, thickness());
  }
  void ring(float x, float y, float radius) const {
    list_.AddCircle(at(x, y), radius * size_, color_, 0, thickness());
  }
  void disc(float x, float y, float radius) const {
    list_.AddCircleFilled(at(x, y), radius * size_, color_);
  }
  Pen in(Color color) const { return {list_, from_, size_, color}; }

 private:
  ImDrawList& list_;
  ImVec2 from_;
  float size_;
  Color color_;
};

void draw_icon(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::kRefresh:
      pen.arc(0.5F, 0.5F, 0.37F, 0, 1.78F * kPi);
      pen.stroke({{0.875F, 0.12F}, {0.875F, 0.34F}, {0.655F, 0.34F}});
      break;
    case Icon::kAdd:
      pen.stroke({{0.5F, 0.16F}, {0.5F, 0.84F}});
      pen.stroke({{0.16F, 0.5F}, {0.84F, 0.5F}});
      break;
    case Icon::kExternal:
      pen.stroke({{0.45F, 0.2F}, {0.16F, 0.2F}, {0.16F, 0.84F}, {0.8F, 0.84F}, {0.8F, 0.55F}});
      pen.stroke({{0.6F, 0.14F}, {0.86F, 0.14F}, {0.86F, 0.4F}});
      pen.stroke({{0.86F, 0.14F}, {0.45F, 0.55F}});
      break;
    case Icon::kCheck: pen.stroke({{0.16F, 0.54F}, {0.4F, 0.78F}, {0.86F, 0.26F}}); break;
    case Icon::kClose:
      pen.stroke({{0.2F, 0.2F}, {0.8F, 0.8F}});
      pen.stroke({{0.8F, 0.2F}, {0.2F, 0.8F}});
      break;
    case Icon::kCopy:
      pen.frame(0.34F, 0.34F, 0.9F, 0.9F, 0.09F);
      pen.stroke({{0.22F, 0.66F}, {0.1F, 0.66F}, {0.1F, 0.1F}, {0.66F, 0.1F}, {0.66F, 0.22F}});
      break;
    case Icon::kMail:
      pen.frame(0.07F, 0.17F, 0.93F, 0.83F, 0.09F);
      pen.stroke({{0.1F, 0.28F}, {0.5F, 0.56F}, {0.9F, 0.28F}});
      break;
    case Icon::kPhone:
      pen.frame(0.24F, 0.06F, 0.76F, 0.94F, 0.1F);
      pen.stroke({{0.44F, 0.78F}, {0.56F, 0.78F}});
      break;
    case Icon::kWarning:
      pen.stroke({{0.5F, 0.12F}, {0.94F, 0.86F}, {0.06F, 0.86F}}, true);
      pen.stroke({{0.5F, 0.42F}, {0.5F, 0.62F}});
      break;
    case Icon::kInfo:
      pen.ring(0.5F, 0.5F, 0.42F);
      pen.stroke({{0.5F, 0.46F}, {0.5F, 0.72F}});
      break;
    case Icon::kUser:
      pen.ring(0.5F, 0.32F, 0.18F);
      pen.arc(0.5F, 0.95F, 0.38F, -kPi * 0.95F, -kPi * 0.05F);
      break;
    case Icon::kClock:
      pen.ring(0.5F, 0.5F, 0.4F);
      pen.stroke({{0.5F, 0.26F}, {0.5F, 0.52F}, {0.68F, 0.62F}});
      break;
    case Icon::kSearch:
      pen.ring(0.44F, 0.44F, 0.28F);
      pen.stroke({{0.64F, 0.64F}, {0.88F, 0.88F}});
      break;
    case Icon::kChevronDown: pen.stroke({{0.2F, 0.36F}, {0.5F, 0.66F}, {0.8F, 0.36F}}); break;
    case Icon::kChevronRight: pen.stroke({{0.36F, 0.2F}, {0.66F, 0.5F}, {0.36F, 0.8F}}); break;
    case Icon::kChevronLeft: pen.stroke({{0.64F, 0.2F}, {0.34F, 0.5F}, {0.64F, 0.8F}}); break;
    case Icon::kBell:
      pen.stroke({{0.2F, 0.74F},
                  {0.8F, 0.74F},
                  {0.7F, 0.6F},
                  {0.7F, 0.4F},
                  {0.5F, 0.16F},
                  {0.3F, 0.4F},
                  {0.3F, 0.6F}},
                 true);
      pen.stroke({{0.44F, 0.88F}, {0.56F, 0.88F}});
      break;
    case Icon::kArrowUp:
      pen.stroke({{0.2F, 0.46F}, {0.5F, 0.16F}, {0.8F, 0.46F}});
      pen.stroke({{0.5F, 0.18F}, {0.5F, 0.86F}});
      break;
    case Icon::kCalendar:
      pen.frame(0.12F, 0.18F, 0.88F, 0.88F, 0.1F);
      pen.stroke({{0.12F, 0.4F}, {0.88F, 0.4F}});
      pen.stroke({{0.34F, 0.08F}, {0.34F, 0.26F}});
      pen.stroke({{0.66F, 0.08F}, {0.66F, 0.26F}});
      break;
    case Icon::kNote:
      pen.frame(0.14F, 0.12F, 0.86F, 0.88F, 0.1F);
      pen.stroke({{0.32F, 0.38F}, {0.68F, 0.38F}});
      pen.stroke({{0.32F, 0.6F}, {0.56F, 0.6F}});
      break;
    case Icon::kWrench:
      pen.stroke({{0.14F, 0.86F}, {0.54F, 0.46F}});
      pen.arc(0.68F, 0.32F, 0.2F, -kPi * 0.1F, kPi * 1.6F);
      break;
    case Icon::kFilter:
      pen.stroke({{0.12F, 0.26F}, {0.88F, 0.26F}});
      pen.stroke({{0.28F, 0.5F}, {0.72F, 0.5F}});
      pen.stroke({{0.42F, 0.74F}, {0.58F, 0.74F}});
      break;
    case Icon::kNone: break;
  }
}

}  // namespace

void Ui::icon(Icon kind, float x, float y, float size, Color color) {
  if (draws) draw_icon(Pen(list_, device(x, y), size * input.dpr, color), kind);
}

// A shape of its own for each tone: colour is never the only difference.
void Ui::shape(Tone tone, float x, float y, float size) {
  if (!draws) return;
  const Pen pen(list_, device(x, y), size * input.dpr, color_of(tone));
  const Pen hole = pen.in(soft_color_of(tone));
  switch (tone) {
    case Tone::kCritical:  // octagon
      pen.fill(
          {{0.3F, 0}, {0.7F, 0}, {1, 0.3F}, {1, 0.7F}, {0.7F, 1}, {0.3F, 1}, {0, 0.7F}, {0, 0.3F}});
      hole.fill({{0.42F, 0.2F}, {0.58F, 0.2F}, {0.58F, 0.58F}, {0.42F, 0.58F}});
      hole.fill({{0.42F, 0.68F}, {0.58F, 0.68F}, {0.58F, 0.82F}, {0.42F, 0.82F}});
      break;
    case Tone::kWarning:  // triangle
      pen.fill({{0.5F, 0.02F}, {1.02F, 0.96F}, {-0.02F, 0.96F}});
      hole.fill({{0.43F, 0.36F}, {0.57F, 0.36F}, {0.57F, 0.66F}, {0.43F, 0.66F}});
      hole.fill({{0.43F, 0.74F}, {0.57F, 0.74F}, {0.57F, 0.86F}, {0.43F, 0.86F}});
      break;
    case Tone::kOk:  // disc with a tick
      pen.disc(0.5F, 0.5F, 0.5F);
      hole.stroke({{0.26F, 0.52F}, {0.44F, 0.7F}, {0.76F, 0.34F}});
      break;
    case Tone::kInfo:
      pen.disc(0.5F, 0.5F, 0.5F);
      hole.fill({{0.43F, 0.44F}, {0.57F, 0.44F}, {0.57F, 0.8F}, {0.43F, 0.8F}});
      hole.fill({{0.43F, 0.2F}, {0.57F, 0.2F}, {0.57F, 0.34F}, {0.43F, 0.34F}});
      break;
    case Tone::kMaintenance:  // diamond
      pen.fill({{0.5F, 0}, {1, 0.5F}, {0.5F, 1}, {0, 0.5F}});
      break;
    case Tone::kDisabled:  // ring with a slash
      pen.ring(0.5F, 0.5F, 0.42F);
      pen.stroke({{0.22F, 0.78F}, {0.78F, 0.22F}});
      break;
    case Tone::kNeutral: pen.ring(0.5F, 0.5F, 0.42F); break;
  }
}

void Ui::arrow(bool up, float x, float y, float size, Color color) {
  if (!draws) return;
  const Pen pen(list_, device(x, y), size * input.dpr, color);
  const float tip = up ? 0.14F : 0.86F;
  const float side = up ? 0.46F : 0.54F;
  pen.stroke({{0.18F, side}, {0.5F, tip}, {0.82F, side}});
  pen.stroke({{0.5F, tip}, {0.5F, 1 - tip}});
}

void Ui::spinner(float x, float y, float size, Color color) {
  if (!draws) return;
  const Pen pen(list_, device(x, y), size * input.dpr, color);
  if (input.reduced_motion) {
    pen.in((color & 0x00FFFFFFU) | 0x80000000U).ring(0.5F, 0.5F, 0.36F);
    return;
  }
  const float turn = input.time_s * 2 * kPi;
  pen.arc(0.5F, 0.5F, 0.36F, turn, turn + 1.5F * kPi);
  output.animating = true;
}

}  // namespace pd::view
