// How much of the heap is in use.
#pragma once

#include <cstddef>

namespace pd::soak {

// Bytes; 0 where it cannot be known.
std::size_t heap_bytes();

}  // namespace pd::soak
