#include "raster/raster.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "imgui.h"

namespace pd::raster {
namespace {

struct Clip {
  int left, top, right, bottom;  // right and bottom exclusive
  bool is_empty() const { return left >= right || top >= bottom; }
};

struct Texture {
  const std::uint32_t* pixels = nullptr;
  int width = 0, height = 0;
};

// x * y / 255, rounded; exact for 0..255.
constexpr std::uint32_t multiply(std::uint32_t x, std::uint32_t y) {
  const std::uint32_t product = x * y + 128;
  return (product + (product >> 8U)) >> 8U;
}

constexpr std::uint32_t alpha_of(std::uint32_t color) { return color >> 24U; }

// Source-over of a colour that is not premultiplied.
inline void blend(std::uint32_t& target, std::uint32_t color) {
  const std::uint32_t alpha = alpha_of(color);
  if (alpha == 0) return;
  if (alpha == 255) {
    target = color;
    return;
  }
  const std::uint32_t rest = 255 - alpha;
  const std::uint32_t red = multiply(color & 0xFFU, alpha) + multiply(target & 0xFFU, rest);
  const std::uint32_t green =
      multiply((color >> 8U) & 0xFFU, alpha) + multiply((target >> 8U) & 0xFFU, rest);
  const std::uint32_t blue =
      multiply((color >> 16U) & 0xFFU, alpha) + multiply((target >> 16U) & 0xFFU, rest);
  const std::uint32_t covered = alpha + multiply(target >> 24U, rest);
  target = std::min(red, 255U) | (std::min(green, 255U) << 8U) | (std::min(blue, 255U) << 16U) |
           (covered << 24U);
}

constexpr std::uint32_t modulate(std::uint32_t texel, std::uint32_t color) {
  return multiply(texel & 0xFFU, color & 0xFFU) |
         (multiply((texel >> 8U) & 0xFFU, (color >> 8U) & 0xFFU) << 8U) |
         (multiply((texel >> 16U) & 0xFFU, (color >> 16U) & 0xFFU) << 16U) |
         (multiply(texel >> 24U, color >> 24U) << 24U);
}

// Far beyond any surface, and exact in every computation below.
constexpr float kFarthest = 60000.0F;
// Positions may be huge or not numbers at all.
float near(float position) {
  return position > -kFarthest ? std::min(position, kFarthest) : -kFarthest;
}

// The first pixel whose centre lies at or right of `edge`.
int first_pixel(float edge) { return static_cast<int>(std::ceil(near(edge) - 0.5F)); }

std::uint32_t* row_of(const Surface& surface, int y) {
  return surface.pixels + static_cast<std::ptrdiff_t>(y) * surface.stride;
}

void fill_span(std::uint32_t* first, std::uint32_t* last, std::uint32_t color) {
  if (alpha_of(color) == 255) {
    std::fill(first, last, color);
  } else {
    for (; first != last; ++first) blend(*first, color);
  }
}

void fill_rectangle(const Surface& surface, const Clip& clip, ImVec2 from, ImVec2 to,
                    std::uint32_t color) {
  const int left = std::max(clip.left, first_pixel(from.x));
  const int right = std::min(clip.right, first_pixel(to.x));
  const int top = std::max(clip.top, first_pixel(from.y));
  const int bottom = std::min(clip.bottom, first_pixel(to.y));
  if (left >= right) return;
  for (int y = top; y < bottom; ++y) {
    std::uint32_t* row = row_of(surface, y);
    fill_span(row + left, row + right, color);
  }
}

// Copies texels 1:1 with the quad's top left corner on the nearest whole pixel: how glyphs are
// drawn.
void blit(const Surface& surface, const Clip& clip, const Texture& texture, ImVec2 at, int u, int v,
          int width, int height, std::uint32_t color) {
  const int x = static_cast<int>(std::floor(near(at.x) + 0.5F));
  const int y = static_cast<int>(std::floor(near(at.y) + 0.5F));
  const int left = std::max(clip.left, x);
  const int right = std::min(clip.right, x + width);
  const int top = std::max(clip.top, y);
  const int bottom = std::min(clip.bottom, y + height);
  for (int row = top; row < bottom; ++row) {
    const std::uint32_t* texels =
        texture.pixels + static_cast<std::ptrdiff_t>(v + row - y) * texture.width + u - x;
    std::uint32_t* target = row_of(surface, row);
    for (int column = left; column < right; ++column) {
      if (alpha_of(texels[column]) != 0) blend(target[column], modulate(texels[column], color));
    }
  }
}

bool is_near(float a, float b) { return std::fabs(a - b) < 0.02F; }

// A texel's corner.
bool is_whole(float at, int size) {
  return at > -0.5F && at <= static_cast<float>(size) && is_near(at, std::round(at));
}

// One command's triangles.
class Painter {
 public:
  Painter(const Surface& surface, const Clip& clip, const Texture& texture)
      : surface_(surface), clip_(clip), texture_(texture) {}

  void draw(const ImDrawVert* vertices, const ImDrawIdx* indices, unsigned count) const {
    unsigned at = 0;
    while (at + 3 <= count) {
      if (at + 6 <= count && draw_quad(vertices, indices + at)) {
        at += 6;
        continue;
      }
      draw_triangle(vertices[indices[at]], vertices[indices[at + 1]], vertices[indices[at + 2]]);
      at += 3;
    }
  }

 private:
  const Surface& surface_;
  const Clip& clip_;
  const Texture& texture_;

  // Dear ImGui's rectangles: a, b, c and a, c, d clockwise from the top left, one colour.
  bool draw_quad(const ImDrawVert* vertices, const ImDrawIdx* i) const {
    if (i[3] != i[0] || i[4] != i[2]) return false;
    const ImDrawVert& a = vertices[i[0]];
    const ImDrawVert& b = vertices[i[1]];
    const ImDrawVert& c = vertices[i[2]];
    const ImDrawVert& d = vertices[i[5]];
    const bool rectangle = a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y &&
                           d.pos.x == a.pos.x && a.pos.x <= c.pos.x && a.pos.y <= c.pos.y;
    if (!rectangle || a.col != b.col || b.col != c.col || c.col != d.col) return false;
    if (is_plain(a, b) && is_plain(b, c) && is_plain(c, d)) {
      fill_rectangle(surface_, clip_, a.pos, c.pos, modulate(texel(a.uv), a.col));
      return true;
    }
    const float u = a.uv.x * static_cast<float>(texture_.width);
    const float v = a.uv.y * static_cast<float>(texture_.height);
    const float width = c.uv.x * static_cast<float>(texture_.width) - u;
    const float height = c.uv.y * static_cast<float>(texture_.height) - v;
    const bool upright =
        a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
    const bool one_to_one = upright && is_near(width, c.pos.x - a.pos.x) &&
                            is_near(height, c.pos.y - a.pos.y) && is_whole(u, texture_.width) &&
                            is_whole(v, texture_.height);
    if (!one_to_one || texture_.pixels == nullptr) return false;
    const int left = static_cast<int>(std::lround(u));
    const int top = static_cast<int>(std::lround(v));
    const int columns = std::min(static_cast<int>(std::lround(width)), texture_.width - left);
    const int rows = std::min(static_cast<int>(std::lround(height)), texture_.height - top);
    if (columns <= 0 || rows <= 0) return true;
    blit(surface_, clip_, texture_, a.pos, left, top, columns, rows, a.col);
    return true;
  }

  static bool is_plain(const ImDrawVert& a, const ImDrawVert& b) {
    return a.uv.x == b.uv.x && a.uv.y == b.uv.y;
  }

  // The texel at a texture coordinate; the nearest one for coordinates outside.
  std::uint32_t texel(ImVec2 uv) const {
    if (texture_.pixels == nullptr) return 0xFFFFFFFF;
    const auto index = [](float coordinate, int size) {
      const float at = coordinate * static_cast<float>(size);
      if (!(at > 0)) return 0;
      return at < static_cast<float>(size) ? static_cast<int>(at) : size - 1;
    };
    return texture_
        .pixels[static_cast<std::ptrdiff_t>(index(uv.y, texture_.height)) * texture_.width +
                index(uv.x, texture_.width)];
  }

  // Any triangle: pixels whose centre is inside, shared edges drawn once (top-left rule), colours
  // and texture coordinates interpolated. Positions snap to 1/256 pixel, so that edges are exact in
  // integers.
  void draw_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const;
};

using Fixed = std::int64_t;
constexpr Fixed kOne = 256;

Fixed fixed(float value) {
  return static_cast<Fixed>(std::lround(near(value) * static_cast<float>(kOne)));
}

struct Point {
  Fixed x, y;
};

// The line through two points as e(x, y) = dx * (y - y0) - dy * (x - x0): positive inside of a
// clockwise triangle.
struct Edge {
  Fixed dx, dy, at_start;
  bool inclusive;  // top or left: owns the centres that lie on it

  Edge(Point from, Point to, Point start)
      : dx(to.x - from.x),
        dy(to.y - from.y),
        at_start(dx * (start.y - from.y) - dy * (start.x - from.x)),
        inclusive((dy == 0 && dx > 0) || dy < 0) {}

  // Of the pixels [from, to) of a row on whose first one the edge has `value`, those inside.
  void narrow(Fixed value, int& from, int& to) const {
    const Fixed least = inclusive ? 0 : 1;
    const Fixed step = dy * kOne;  // what each pixel to the right takes away
    if (step <= 0 && value >= least) return;
    if (step == 0 || (step > 0 && value < least)) {
      to = from;
    } else if (step > 0) {
      to = static_cast<int>(std::min<Fixed>(to, (value - least) / step + 1));
    } else {
      from = static_cast<int>(std::max<Fixed>(from, (least - value - step - 1) / -step));
    }
  }
};

// Four bytes blended by weights that sum to 1.
std::uint32_t mix(std::uint32_t a, std::uint32_t b, std::uint32_t c, float wa, float wb, float wc) {
  std::uint32_t mixed = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const float value = static_cast<float>((a >> shift) & 0xFFU) * wa +
                        static_cast<float>((b >> shift) & 0xFFU) * wb +
                        static_cast<float>((c >> shift) & 0xFFU) * wc + 0.5F;
    mixed |= static_cast<std::uint32_t>(std::clamp(value, 0.0F, 255.0F)) << shift;
  }
  return mixed;
}

// The vertices in an order that makes the area positive.
struct Triangle {
  const ImDrawVert *a, *b, *c;
  Point pa, pb, pc;
  Fixed area = 0;

  Triangle(const ImDrawVert& first, const ImDrawVert& second, const ImDrawVert& third)
      : a(&first), b(&second), c(&third), pa(point(a)), pb(point(b)), pc(point(c)) {
    area = (pb.x - pa.x) * (pc.y - pa.y) - (pb.y - pa.y) * (pc.x - pa.x);
    if (area >= 0) return;
    area = -area;
    std::swap(b, c);
    std::swap(pb, pc);
  }

  // The pixels of the clip rectangle that it may touch.
  Clip bounds(const Clip& clip) const {
    const auto [left, right] = std::minmax({pa.x, pb.x, pc.x});
    const auto [top, bottom] = std::minmax({pa.y, pb.y, pc.y});
    return {std::max(clip.left, static_cast<int>(left / kOne) - 1),
            std::max(clip.top, static_cast<int>(top / kOne) - 1),
            std::min(clip.right, static_cast<int>(right / kOne) + 2),
            std::min(clip.bottom, static_cast<int>(bottom / kOne) + 2)};
  }

 private:
  static Point point(const ImDrawVert* v) { return {fixed(v->pos.x), fixed(v->pos.y)}; }
};

void Painter::draw_triangle(const ImDrawVert& first, const ImDrawVert& second,
                            const ImDrawVert& third) const {
  const Triangle t(first, second, third);
  const Clip box = t.bounds(clip_);
  if (t.area == 0 || box.is_empty()) return;
  const Point start{box.left * kOne + kOne / 2, box.top * kOne + kOne / 2};
  const Edge opposite_a(t.pb, t.pc, start);
  const Edge opposite_b(t.pc, t.pa, start);
  const Edge opposite_c(t.pa, t.pb, start);
  const float per_area = 1.0F / static_cast<float>(t.area);
  const bool one_color = t.a->col == t.b->col && t.b->col == t.c->col;
  const bool one_texel = is_plain(*t.a, *t.b) && is_plain(*t.b, *t.c);
  const std::uint32_t plain_texel = texel(t.a->uv);
  const std::uint32_t plain_color = modulate(plain_texel, t.a->col);

  for (int y = box.top; y < box.bottom; ++y) {
    const Fixed down = (y - box.top) * kOne;
    const Fixed ea = opposite_a.at_start + opposite_a.dx * down;
    const Fixed eb = opposite_b.at_start + opposite_b.dx * down;
    const Fixed ec = opposite_c.at_start + opposite_c.dx * down;
    int from = 0;
    int to = box.right - box.left;
    opposite_a.narrow(ea, from, to);
    opposite_b.narrow(eb, from, to);
    opposite_c.narrow(ec, from, to);
    if (from >= to) continue;
    std::uint32_t* row = row_of(surface_, y) + box.left;
    if (one_color && one_texel) {
      fill_span(row + from, row + to, plain_color);
      continue;
    }
    for (int x = from; x < to; ++x) {
      const Fixed right = x * kOne;
      const float wa = static_cast<float>(ea - opposite_a.dy * right) * per_area;
      const float wb = static_cast<float>(eb - opposite_b.dy * right) * per_area;
      const float wc = static_cast<float>(ec - opposite_c.dy * right) * per_area;
      const std::uint32_t color =
          one_color ? t.a->col : mix(t.a->col, t.b->col, t.c->col, wa, wb, wc);
      const ImVec2 uv{t.a->uv.x * wa + t.b->uv.x * wb + t.c->uv.x * wc,
                      t.a->uv.y * wa + t.b->uv.y * wb + t.c->uv.y * wc};
      blend(row[x], modulate(one_texel ? plain_texel : texel(uv), color));
    }
  }
}

Texture texture_of(const ImDrawCmd& command) {
  const ImTextureData* data = command.TexRef._TexData;
  if (data == nullptr || data->Pixels == nullptr || data->Format != ImTextureFormat_RGBA32)
    return {};
  return {reinterpret_cast<const std::uint32_t*>(data->Pixels), data->Width, data->Height};
}

// Clip rectangles may be huge or not numbers at all.
int to_pixel(float value, int limit) {
  if (!(value > 0)) return 0;
  return value >= static_cast<float>(limit) ? limit : static_cast<int>(value);
}

}  // namespace

void clear(const Surface& surface, std::uint32_t rgba) {
  for (int y = 0; y < surface.height; ++y) {
    std::uint32_t* row = row_of(surface, y);
    std::fill(row, row + surface.width, rgba);
  }
}

void draw(const Surface& surface, const ImDrawData& data) {
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      const Clip clip{to_pixel(command.ClipRect.x, surface.width),
                      to_pixel(command.ClipRect.y, surface.height),
                      to_pixel(command.ClipRect.z, surface.width),
                      to_pixel(command.ClipRect.w, surface.height)};
      if (clip.is_empty() || command.UserCallback != nullptr) continue;
      const Texture texture = texture_of(command);
      Painter(surface, clip, texture)
          .draw(list->VtxBuffer.Data + command.VtxOffset, list->IdxBuffer.Data + command.IdxOffset,
                command.ElemCount);
    }
  }
}

}  // namespace pd::raster
