#ifndef GISA_STORAGE_DEDUP_UNION_FIND_H_
#define GISA_STORAGE_DEDUP_UNION_FIND_H_

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace gisa {

// Which of the numbers 0 to size - 1 belong together: a forest in which each tree is a set (B. Galler and M. Fischer,
// "An improved equivalence algorithm", 1964), with union by size and path halving (R. Tarjan and J. van Leeuwen,
// "Worst-case analysis of set union algorithms", 1984), so that all calls are as good as constant in time.
//
// Not thread-safe.
class UnionFind {
 public:
  explicit UnionFind(size_t size = 0) { Resize(size); }

  // Adds numbers, each in a set of its own.
  void Resize(size_t size) {
    const size_t old_size = parents_.size();
    parents_.resize(size);
    std::iota(parents_.begin() + static_cast<std::ptrdiff_t>(old_size), parents_.end(),
              static_cast<uint32_t>(old_size));
    sizes_.resize(size, 1);
  }

  // The number that stands for the set of `i`, until the next Unite.
  uint32_t Find(uint32_t i) {
    while (parents_[i] != i) {
      parents_[i] = parents_[parents_[i]];
      i = parents_[i];
    }
    return i;
  }

  void Unite(uint32_t a, uint32_t b) {
    a = Find(a);
    b = Find(b);
    if (a == b) return;
    if (sizes_[a] < sizes_[b]) std::swap(a, b);
    parents_[b] = a;
    sizes_[a] += sizes_[b];
  }

 private:
  std::vector<uint32_t> parents_;
  std::vector<uint32_t> sizes_;  // of a root: how many are in its set
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_UNION_FIND_H_
