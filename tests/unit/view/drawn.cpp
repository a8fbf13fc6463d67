#include "drawn.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/text.h"
#include "imgui.h"
#include "imgui_internal.h"
#include "raster/raster.h"
#include "text/drawing_context.h"
#include "text/text_engine.h"

namespace pd::view {
namespace {

// Glyphs further apart than this, in parts of their height, are not of one text.
constexpr float kMostGap = 0.45F;

struct Glyph {
  char32_t code = 0;  // 1: a whole string
  float font_px = 0;
  float pen_y = 0;  // top of the line that it stands in
};

using Place = std::pair<float, float>;  // top left corner in the texture

std::map<Place, Glyph> glyphs_of(ImFontAtlas& atlas) {
  std::map<Place, Glyph> glyphs;
  auto& pool = atlas.Builder->BakedPool;
  for (int i = 0; i < pool.Size; ++i) {
    for (const ImFontGlyph& glyph : pool[i].Glyphs) {
      if (!glyph.Visible) continue;
      glyphs[{glyph.U0, glyph.V0}] = {static_cast<char32_t>(glyph.Codepoint), pool[i].Size,
                                      glyph.Y0};
    }
  }
  return glyphs;
}

struct Box {
  float left, top, right, bottom;
};

class Reader {
 public:
  Reader(const ImDrawData& data, ImFontAtlas& atlas, float dpr, Frame& frame)
      : data_(data), glyphs_(glyphs_of(atlas)), dpr_(dpr), frame_(frame) {
    const ImDrawList& list = *data.CmdLists[0];
    batch_ = list.CloneOutput();
    batch_->IdxBuffer.resize(0);
    one_.Valid = true;
    one_.DisplaySize = data.DisplaySize;
    one_.FramebufferScale = {1, 1};
  }
  ~Reader() { IM_DELETE(batch_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void read() {
    const ImDrawList& list = *data_.CmdLists[0];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      const ImDrawIdx* indices = list.IdxBuffer.Data + command.IdxOffset;
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const ImDrawVert& first = list.VtxBuffer[static_cast<int>(indices[i])];
        const ImDrawVert& third = list.VtxBuffer[static_cast<int>(indices[i + 2])];
        const bool textured = first.uv.x != third.uv.x || first.uv.y != third.uv.y;
        if (!textured) {
          for (unsigned k = 0; k < 3; ++k) batch_->IdxBuffer.push_back(indices[i + k]);
          continue;
        }
        fill_shapes(command);
        read_glyph(command, first, third);
        i += 3;  // a glyph is two triangles
      }
      fill_shapes(command);
    }
    finish();
    note_covers();
  }

 private:
  const ImDrawData& data_;
  std::map<Place, Glyph> glyphs_;
  float dpr_;
  Frame& frame_;
  ImDrawList* batch_ = nullptr;
  ImDrawData one_;
  // Of the text that is being read.
  DrawnText text_;
  float pen_y_ = 0, last_right_ = 0;
  // A point of each text, and what was there when it was drawn.
  struct Seen {
    int x, y;
    std::uint32_t ground;
  };
  std::vector<Seen> seen_;
  Seen current_{};

  raster::Surface surface() {
    png::Image& image = frame_.picture;
    return {image.pixels.data(), image.width, image.height, image.width};
  }
  std::uint32_t ground_at(int x, int y) const {
    const png::Image& image = frame_.picture;
    return image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                        static_cast<std::size_t>(x)];
  }

  // What was collected, onto the picture.
  void fill_shapes(const ImDrawCmd& command) {
    if (batch_->IdxBuffer.empty()) return;
    batch_->CmdBuffer.resize(1);
    ImDrawCmd& own = batch_->CmdBuffer[0];
    own = command;
    own.IdxOffset = 0;
    own.ElemCount = static_cast<unsigned>(batch_->IdxBuffer.Size);
    one_.CmdLists.resize(0);
    one_.CmdLists.push_back(batch_);
    one_.CmdListsCount = 1;
    raster::draw(surface(), one_);
    batch_->IdxBuffer.resize(0);
  }

  void read_glyph(const ImDrawCmd& command, const ImDrawVert& from, const ImDrawVert& to) {
    const auto known = glyphs_.find({from.uv.x, from.uv.y});
    const Glyph glyph = known != glyphs_.end() ? known->second : Glyph{1, to.pos.y - from.pos.y, 0};
    const Box box{from.pos.x, from.pos.y, to.pos.x, to.pos.y};
    const Box seen{std::max(box.left, command.ClipRect.x), std::max(box.top, command.ClipRect.y),
                   std::min(box.right, command.ClipRect.z),
                   std::min(box.bottom, command.ClipRect.w)};
    const bool is_cut = seen.top > box.top || seen.bottom < box.bottom;
    if (seen.left >= seen.right || seen.top >= seen.bottom) return;
    const float pen_y = std::round(box.top - glyph.pen_y);
    const bool goes_on = !text_.letters.empty() && text_.color == from.col && pen_y == pen_y_ &&
                         glyph.code != 1 && box.left > last_right_ - glyph.font_px &&
                         box.left - last_right_ < kMostGap * glyph.font_px;
    if (!goes_on) finish();
    append_utf8(text_.letters, glyph.code);
    pen_y_ = pen_y;
    last_right_ = box.right;
    take(seen, from.col, is_cut);
  }

  void take(const Box& box, Color color, bool is_cut) {
    const float x = (box.left + box.right) / 2 / dpr_;
    const float y = (box.top + box.bottom) / 2 / dpr_;
    Rect& rect = text_.rect;
    if (rect.width == 0) rect = {x, y, 0.01F, 0.01F};
    const float right = std::max(rect.x + rect.width, x);
    const float bottom = std::max(rect.y + rect.height, y);
    rect.x = std::min(rect.x, x);
    rect.y = std::min(rect.y, y);
    rect.width = std::max(right - rect.x, 0.01F);
    rect.height = std::max(bottom - rect.y, 0.01F);
    text_.color = color;
    text_.clipped = text_.clipped || is_cut;
    const png::Image& image = frame_.picture;
    for (int row = static_cast<int>(box.top); row < static_cast<int>(box.bottom); ++row) {
      for (int column = static_cast<int>(box.left); column < static_cast<int>(box.right);
           ++column) {
        if (row < 0 || column < 0 || row >= image.height || column >= image.width) continue;
        const Color ground = ground_at(column, row) | 0xFF000000U;
        text_.contrast = std::min(text_.contrast, contrast(blend(color, ground), ground));
        current_ = {column, row, ground_at(column, row)};
      }
    }
  }

  void finish() {
    if (!text_.letters.empty()) {
      frame_.texts.push_back(text_);
      seen_.push_back(current_);
    }
    text_ = {};
  }

  void note_covers() {
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      const Seen& seen = seen_[i];
      frame_.texts[i].covered = ground_at(seen.x, seen.y) != seen.ground;
    }
  }
};

}  // namespace

struct Sheet::Impl {
  explicit Impl(text::TextSource& source) : text(source), context(text.atlas()) {}
  text::TextEngine text;
  text::DrawingContext context;

  void draw(const card::ViewModel& model, const Input& input, const Theme& theme, Output& output) {
    draw_card(model, input, theme, text, text::kDefaultFamily, output);
  }
  void draw(const settings::ViewModel& model, const Input& input, const Theme& theme,
            Output& output) {
    draw_settings(model, input, theme, text, text::kDefaultFamily, output);
  }
  template <typename Model>
  const ImDrawData& frame(const Model& model, const Input& input, bool dark, Output& output) {
    text.new_frame();
    context.begin_frame({std::round(input.width_css_px * input.dpr), 16384});
    draw(model, input, dark ? dark_theme() : light_theme(), output);
    return context.end_frame();
  }
};

Sheet::Sheet(text::TextSource& source) : impl_(std::make_unique<Impl>(source)) {}
Sheet::~Sheet() = default;

template <typename Model>
Output Sheet::draw(const Model& model, const Input& input, bool dark) {
  Output output;
  impl_->frame(model, input, dark, output);
  return output;
}

template <typename Model>
Frame Sheet::read(const Model& model, const Input& input, bool dark) {
  draw(model, input, dark);  // glyphs are in the atlas from here on, and stay where they are
  Frame frame;
  const ImDrawData& data = impl_->frame(model, input, dark, frame.output);
  png::Image& image = frame.picture;
  image.width = static_cast<int>(std::round(input.width_css_px * input.dpr));
  image.height = static_cast<int>(std::round(frame.output.height_css_px * input.dpr));
  image.pixels.resize(static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height));
  raster::clear({image.pixels.data(), image.width, image.height, image.width},
                (dark ? dark_theme() : light_theme()).background);
  // A frame with nothing in it has no list.
  if (!data.CmdLists.empty()) Reader(data, impl_->text.atlas(), input.dpr, frame).read();
  return frame;
}

template Output Sheet::draw(const card::ViewModel&, const Input&, bool);
template Output Sheet::draw(const settings::ViewModel&, const Input&, bool);
template Frame Sheet::read(const card::ViewModel&, const Input&, bool);
template Frame Sheet::read(const settings::ViewModel&, const Input&, bool);

}  // namespace pd::view
