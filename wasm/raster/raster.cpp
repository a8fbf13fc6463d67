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

// The first pixel whose centre lies at or right of `edge`.
int first_pixel(float edge) { return static_cast<int>(std::ceil(edge - 0.5F)); }

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
  const int x = static_cast<int>(std::floor(at.x + 0.5F));
  const int y = static_cast<int>(std::floor(at.y + 0.5F));
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
    if (is_plain(a, c) && is_plain(b, d)) {
      fill_rectangle(surface_, clip_, a.pos, c.pos, modulate(texel(a.uv), a.col));
      return true;
    }
    const float u = a.uv.x * static_cast<float>(texture_.width);
    const float v = a.uv.y * static_cast<float>(texture_.height);
    const float width = c.uv.x * static_cast<float>(texture_.width) - u;
    const float height = c.uv.y * static_cast<float>(texture_.height) - v;
    const bool one_to_one = a.uv.y == b.uv.y && d.uv.x == a.uv.x &&
                            is_near(width, c.pos.x - a.pos.x) &&
                            is_near(height, c.pos.y - a.pos.y) && is_near(u, std::round(u)) &&
                            is_near(v, std::round(v)) && u >= -0.5F && v >= -0.5F;
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

  std::uint32_t texel(ImVec2 uv) const {
    if (texture_.pixels == nullptr) return 0xFFFFFFFF;
    const int x = std::clamp(static_cast<int>(uv.x * static_cast<float>(texture_.width)), 0,
                             texture_.width - 1);
    const int y = std::clamp(static_cast<int>(uv.y * static_cast<float>(texture_.height)), 0,
                             texture_.height - 1);
    return texture_.pixels[static_cast<std::ptrdiff_t>(y) * texture_.width + x];
  }

  // Any triangle: pixels whose centre is inside, shared edges drawn once (top-left rule), colours
  // and texture coordinates interpolated. Positions snap to 1/256 pixel, so that edges are exact in
  // integers.
  void draw_triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) const;
};

using Fixed = std::int64_t;
constexpr Fixed kOne = 256;
constexpr float kFarthest = 60000.0F;

Fixed fixed(float value) {
  return static_cast<Fixed>(
      std::lround(std::clamp(value, -kFarthest, kFarthest) * static_cast<float>(kOne)));
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
  bool contains(Fixed value) const { return value > 0 || (value == 0 && inclusive); }
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

void Painter::draw_triangle(const ImDrawVert& first, const ImDrawVert& second,
                            const ImDrawVert& third) const {
  const ImDrawVert* a = &first;
  const ImDrawVert* b = &second;
  const ImDrawVert* c = &third;
  const auto point = [](const ImDrawVert* v) { return Point{fixed(v->pos.x), fixed(v->pos.y)}; };
  const auto area_of = [](Point p, Point q, Point r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  Fixed area = area_of(point(a), point(b), point(c));
  if (area == 0) return;
  if (area < 0) {
    std::swap(b, c);
    area = -area;
  }
  const Point pa = point(a);
  const Point pb = point(b);
  const Point pc = point(c);
  const auto lowest = [](Fixed p, Fixed q, Fixed r) {
    return static_cast<int>(std::min({p, q, r}) / kOne) - 1;
  };
  const auto highest = [](Fixed p, Fixed q, Fixed r) {
    return static_cast<int>(std::max({p, q, r}) / kOne) + 2;
  };
  const int left = std::max(clip_.left, lowest(pa.x, pb.x, pc.x));
  const int right = std::min(clip_.right, highest(pa.x, pb.x, pc.x));
  const int top = std::max(clip_.top, lowest(pa.y, pb.y, pc.y));
  const int bottom = std::min(clip_.bottom, highest(pa.y, pb.y, pc.y));
  if (left >= right || top >= bottom) return;

  const Point start{left * kOne + kOne / 2, top * kOne + kOne / 2};
  const Edge opposite_a(pb, pc, start);
  const Edge opposite_b(pc, pa, start);
  const Edge opposite_c(pa, pb, start);
  const float per_area = 1.0F / static_cast<float>(area);
  const bool one_color = a->col == b->col && b->col == c->col;
  const bool one_texel = is_plain(*a, *b) && is_plain(*b, *c);
  const std::uint32_t plain_texel = texel(a->uv);
  const std::uint32_t plain_color = modulate(plain_texel, a->col);

  for (int y = top; y < bottom; ++y) {
    const Fixed down = (y - top) * kOne;
    Fixed ea = opposite_a.at_start + opposite_a.dx * down;
    Fixed eb = opposite_b.at_start + opposite_b.dx * down;
    Fixed ec = opposite_c.at_start + opposite_c.dx * down;
    std::uint32_t* row = row_of(surface_, y);
    bool entered = false;
    for (int x = left; x < right; ++x) {
      if (opposite_a.contains(ea) && opposite_b.contains(eb) && opposite_c.contains(ec)) {
        entered = true;
        if (one_color && one_texel) {
          blend(row[x], plain_color);
        } else {
          const float wa = static_cast<float>(ea) * per_area;
          const float wb = static_cast<float>(eb) * per_area;
          const float wc = static_cast<float>(ec) * per_area;
          const std::uint32_t color = one_color ? a->col : mix(a->col, b->col, c->col, wa, wb, wc);
          const ImVec2 uv{a->uv.x * wa + b->uv.x * wb + c->uv.x * wc,
                          a->uv.y * wa + b->uv.y * wb + c->uv.y * wc};
          blend(row[x], modulate(one_texel ? plain_texel : texel(uv), color));
        }
      } else if (entered) {
        break;  // a triangle meets a row in one span
      }
      ea -= opposite_a.dy * kOne;
      eb -= opposite_b.dy * kOne;
      ec -= opposite_c.dy * kOne;
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
