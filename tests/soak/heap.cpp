#include "heap.h"

#include <malloc.h>

// GCC brings the function without its header.
#if defined(__SANITIZE_ADDRESS__)
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer's own
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#endif

namespace pd::soak {

std::size_t heap_bytes() {
#if defined(__SANITIZE_ADDRESS__)
  return __sanitizer_get_current_allocated_bytes();
#elif defined(__EMSCRIPTEN__)
  return static_cast<std::size_t>(mallinfo().uordblks);
#else
  return mallinfo2().uordblks + mallinfo2().hblkhd;
#endif
}

}  // namespace pd::soak
