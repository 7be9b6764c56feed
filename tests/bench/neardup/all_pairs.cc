#include "tests/bench/neardup/all_pairs.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"

namespace gisa {
namespace {

using Shingle = std::array<char32_t, kShingleLength>;

constexpr size_t kTextsPerBlock = 4096;

std::vector<Shingle> DistinctShingles(absl::Span<const char32_t> text) {
  absl::flat_hash_set<Shingle> shingles;
  for (size_t i = 0; i + kShingleLength <= text.size(); ++i) {
    Shingle shingle;
    std::copy_n(text.begin() + static_cast<ptrdiff_t>(i), kShingleLength, shingle.begin());
    shingles.insert(shingle);
  }
  if (shingles.size() < kMinShingles) return {};
  return {shingles.begin(), shingles.end()};
}

// The texts from `begin` on, as many as a block has, by shingle.
class Block {
 public:
  Block(absl::Span<const std::vector<char32_t>> texts, size_t begin)
      : begin_(begin), sizes_(std::min(kTextsPerBlock, texts.size() - begin)) {
    for (size_t i = 0; i < sizes_.size(); ++i) {
      const std::vector<Shingle> shingles = DistinctShingles(texts[begin + i]);
      sizes_[i] = shingles.size();
      for (const Shingle& shingle : shingles) texts_of_[shingle].push_back(static_cast<uint32_t>(i));
    }
  }

  // Compares text `b` with those of the block that stand before it.
  void Compare(uint32_t b, absl::Span<const char32_t> text,
               absl::FunctionRef<void(uint32_t a, uint32_t b, const Overlap& overlap)> visit) const {
    const std::vector<Shingle> shingles = DistinctShingles(text);
    std::vector<uint32_t> shared(sizes_.size());
    for (const Shingle& shingle : shingles) {
      const auto found = texts_of_.find(shingle);
      if (found == texts_of_.end()) continue;
      for (const uint32_t i : found->second) ++shared[i];
    }
    for (size_t i = 0; i < shared.size() && begin_ + i < b; ++i) {
      if (shared[i] == 0) continue;
      visit(static_cast<uint32_t>(begin_ + i), b, {shared[i], sizes_[i] - shared[i], shingles.size() - shared[i]});
    }
  }

 private:
  const size_t begin_;
  std::vector<size_t> sizes_;
  absl::flat_hash_map<Shingle, std::vector<uint32_t>> texts_of_;
};

}  // namespace

void CompareAllPairs(absl::Span<const std::vector<char32_t>> texts,
                     absl::FunctionRef<void(uint32_t a, uint32_t b, const Overlap& overlap)> visit) {
  for (size_t begin = 0; begin < texts.size(); begin += kTextsPerBlock) {
    const Block block(texts, begin);
    for (size_t b = begin + 1; b < texts.size(); ++b) block.Compare(static_cast<uint32_t>(b), texts[b], visit);
  }
}

}  // namespace gisa
