#ifndef GISA_STORAGE_INDEX_CODE_SORT_H_
#define GISA_STORAGE_INDEX_CODE_SORT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "storage/index/term_code.h"

namespace gisa {

// Sorts items by their member `code`, a TermCode, and keeps the order of equal ones. `scratch` is for its use; its
// memory can serve again.
//
// By radix, the least significant digit first: three passes over the items, whatever their number. The counts of a
// digit fit the first cache together with the lines that are being written.
template <typename T>
void SortByCode(std::vector<T>* items, std::vector<T>* scratch) {
  constexpr int kDigitBits = 11;
  constexpr size_t kDigitValues = size_t{1} << kDigitBits;
  constexpr size_t kDigits = 3;
  // Below it, sorting by comparison is quicker than the counts.
  constexpr size_t kMinRadixItems = 256;

  if (items->size() < kMinRadixItems) {
    std::stable_sort(items->begin(), items->end(), [](const T& a, const T& b) { return a.code < b.code; });
    return;
  }
  const auto digit = [](TermCode code, size_t i) { return code >> (i * kDigitBits) & (kDigitValues - 1); };
  std::array<std::array<uint32_t, kDigitValues>, kDigits> next = {};
  for (const T& item : *items) {
    for (size_t i = 0; i < kDigits; ++i) ++next[i][digit(item.code, i)];
  }
  scratch->resize(items->size());
  for (size_t i = 0; i < kDigits; ++i) {
    if (next[i][digit(items->front().code, i)] == items->size()) continue;  // the same in all
    uint32_t begin = 0;
    for (uint32_t& count : next[i]) begin += std::exchange(count, begin);
    for (const T& item : *items) (*scratch)[next[i][digit(item.code, i)]++] = item;
    items->swap(*scratch);
  }
}

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CODE_SORT_H_
