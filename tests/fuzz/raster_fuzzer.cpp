// Any bytes as draw lists: vertices, indices, commands and a texture. Nothing is written beside the surface.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "imgui.h"
#include "imgui_internal.h"
#include "promise.h"
#include "raster/raster.h"

namespace {

using pd::fuzz::require;

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ >= size_; }
  template <typename T>
  T take() {
    T value{};
    const std::size_t count = std::min(sizeof value, size_ - at_);
    if (count > 0) std::memcpy(&value, data_ + at_, count);
    at_ += count;
    return value;
  }
  // Mostly in the picture; any float now and then.
  float position() {
    const auto kind = take<std::uint8_t>();
    if (kind < 8) return take<float>();
    return static_cast<float>(take<std::int16_t>()) / 256.0F;
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

constexpr int kWidth = 24;
constexpr int kHeight = 16;
constexpr int kStride = kWidth + 4;
constexpr std::uint32_t kGuard = 0x5A5A5A5A;

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  ImDrawListSharedData shared;
  ImDrawList list(&shared);
  ImTextureData texture;
  texture.Create(ImTextureFormat_RGBA32, 8, 8);
  const auto vertices = static_cast<int>(bytes.take<std::uint8_t>() % 32) + 3;
  for (int i = 0; i < vertices; ++i) {
    ImDrawVert vertex;
    vertex.pos = {bytes.position(), bytes.position()};
    vertex.uv = {bytes.position() / 8, bytes.position() / 8};
    vertex.col = bytes.take<std::uint32_t>();
    list.VtxBuffer.push_back(vertex);
  }
  while (!bytes.empty()) {
    ImDrawCmd command;
    const auto flags = bytes.take<std::uint8_t>();
    command.ClipRect = {bytes.position(), bytes.position(), bytes.position(), bytes.position()};
    if ((flags & 1U) != 0) command.TexRef._TexData = &texture;
    command.IdxOffset = static_cast<unsigned>(list.IdxBuffer.Size);
    command.VtxOffset = 0;
    command.ElemCount = static_cast<unsigned>(flags >> 4U) * 3;
    for (unsigned i = 0; i < command.ElemCount; ++i) {
      list.IdxBuffer.push_back(
          static_cast<ImDrawIdx>(bytes.take<std::uint8_t>() % static_cast<unsigned>(vertices)));
    }
    list.CmdBuffer.push_back(command);
  }
  ImDrawData draw_data;
  draw_data.CmdLists.push_back(&list);
  draw_data.DisplaySize = {kWidth, kHeight};
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(kStride) * (kHeight + 2), kGuard);
  const pd::raster::Surface surface{pixels.data() + kStride + 2, kWidth, kHeight, kStride};
  pd::raster::clear(surface, 0xFFFFFFFF);
  pd::raster::draw(surface, draw_data);
  require(pd::raster::hash(draw_data) == pd::raster::hash(draw_data), "a picture has one hash");
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const int x = static_cast<int>(i) % kStride;
    const int y = static_cast<int>(i) / kStride;
    const bool inside = y >= 1 && y <= kHeight && x >= 2 && x < kWidth + 2;
    require(inside || pixels[i] == kGuard, "nothing is drawn beside the surface");
  }
  texture.DestroyPixels();
  return 0;
}
