#include "base/sort.h"

#include <algorithm>

namespace pd {

void sort_erased(std::span<const void*> items, IsBefore is_before, const void* order) {
  std::stable_sort(items.begin(), items.end(),
                   [=](const void* a, const void* b) { return is_before(order, a, b); });
}

}  // namespace pd
