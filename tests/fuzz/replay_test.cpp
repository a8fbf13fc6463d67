// Feeds a fuzzer every file that it starts from: the fuzzer's checks hold for them in every build.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "places.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer looks for this name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

void feed(const std::vector<std::uint8_t>& bytes) {
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// As bytes on the heap without a spare one behind them, so that a read beyond the end is seen.
std::vector<std::uint8_t> bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(file),
                                  std::istreambuf_iterator<char>()};
  bytes.shrink_to_fit();
  return bytes;
}

TEST(Replay, HoldsForEverySeed) {
  std::istringstream folders(PDC_SEED_FOLDERS);
  int count = 0;
  for (std::string folder; std::getline(folders, folder, '|');) {
    for (const auto& entry : fs::recursive_directory_iterator(pd::source_dir() / folder)) {
      if (!entry.is_regular_file()) continue;
      SCOPED_TRACE(entry.path().string());
      feed(bytes_of(entry.path()));
      ++count;
    }
  }
  EXPECT_GT(count, 0) << PDC_SEED_FOLDERS;
}

TEST(Replay, HoldsForNothingAndForEachByte) {
  feed({});
  for (int byte = 0; byte < 256; ++byte) feed({static_cast<std::uint8_t>(byte)});
}

}  // namespace
