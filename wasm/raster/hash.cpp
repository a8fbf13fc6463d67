#include <cstring>

#include "imgui.h"
#include "raster/raster.h"

namespace pd::raster {
namespace {

// A multiply-rotate hash over words: fast, and good enough to tell one frame from the next.
class Hash {
 public:
  void add(const void* data, std::size_t size) {
    const char* bytes = static_cast<const char*>(data);
    for (; size >= sizeof(std::uint64_t);
         size -= sizeof(std::uint64_t), bytes += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes, sizeof word);
      mix(word);
    }
    std::uint64_t rest = size;
    if (size > 0) std::memcpy(&rest, bytes, size);
    mix(rest ^ (static_cast<std::uint64_t>(size) << 56U));
  }
  template <typename T>
  void add_value(const T& value) {
    add(&value, sizeof value);
  }
  std::uint64_t value() const { return state_ ^ (state_ >> 29U); }

 private:
  void mix(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9E3779B97F4A7C15ULL;
    state_ = (state_ << 27U) | (state_ >> 37U);
  }
  std::uint64_t state_ = 0x243F6A8885A308D3ULL;
};

}  // namespace

std::uint64_t hash(const ImDrawData& data) {
  Hash hash;
  hash.add_value(data.DisplaySize.x);
  for (const ImDrawList* list : data.CmdLists) {
    hash.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    hash.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      hash.add_value(command.ClipRect);
      hash.add_value(command.ElemCount);
      const ImTextureData* texture = command.TexRef._TexData;
      hash.add_value(texture == nullptr ? -1 : texture->UniqueID);
    }
  }
  return hash.value();
}

}  // namespace pd::raster
