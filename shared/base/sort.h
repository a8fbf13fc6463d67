// Sorting, with one copy of the algorithm for all element types: each instance of std::stable_sort is
// 3 KB of the module.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace pd {

using IsBefore = bool (*)(const void* order, const void* a, const void* b);
void sort_erased(std::span<const void*> items, IsBefore is_before, const void* order);

// Equal ones stay in their order. `before(const T&, const T&)`: a strict weak order.
template <typename T, typename Before>
void stable_sort(std::vector<const T*>& items, const Before& before) {
  std::vector<const void*> erased(items.begin(), items.end());
  sort_erased(
      erased,
      [](const void* order, const void* a, const void* b) {
        return (*static_cast<const Before*>(order))(*static_cast<const T*>(a),
                                                    *static_cast<const T*>(b));
      },
      &before);
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = static_cast<const T*>(erased[i]);
}

template <typename T>
std::vector<const T*> pointers_to(const std::vector<T>& items) {
  std::vector<const T*> pointers;
  pointers.reserve(items.size());
  for (const T& item : items) pointers.push_back(&item);
  return pointers;
}

}  // namespace pd
