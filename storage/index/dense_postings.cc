#include "storage/index/dense_postings.h"

#include <algorithm>

#include "storage/base/status_macros.h"
#include "storage/index/posting_chunk.h"

namespace gisa {
namespace {

// One in so many documents at least: then a document takes up to 56 bits, where it has some 9 in a chunk.
constexpr uint64_t kMaxMeanGap = 32;

}  // namespace

bool DensePostings::Suits(const ChunkReader& chunk) {
  if (chunk.inlined()) return false;
  return chunk.last_docs().back() - chunk.first_doc() < uint64_t{chunk.size()} * kMaxMeanGap;
}

absl::StatusOr<DensePostings> DensePostings::Decode(const ChunkReader& chunk) {
  DensePostings dense(chunk.first_doc(), chunk.last_docs().back(), chunk.size());
  PostingBlock decoded;
  for (size_t block = 0; block < chunk.block_count(); ++block) {
    RETURN_IF_ERROR(chunk.ReadBlock(block, &decoded));
    RETURN_IF_ERROR(ChunkReader::ReadFreqs(&decoded));
    for (size_t i = 0; i < decoded.size; ++i) dense.Add(decoded.docs[i], decoded.freqs[i]);
  }
  dense.CountRanks();
  return dense;
}

DensePostings::DensePostings(DocId first, DocId last, uint32_t size)
    : begin_(first / kWordBits * kWordBits), words_((last - begin_) / kWordBits + 1) {
  ranks_.reserve(words_.size());
  freqs_.reserve(size);
}

void DensePostings::Add(DocId doc, uint32_t freq) {
  words_[(doc - begin_) / kWordBits] |= uint64_t{1} << (doc % kWordBits);
  if (freq >= UINT8_MAX) large_freqs_.emplace_back(freqs_.size(), freq);
  freqs_.push_back(static_cast<uint8_t>(std::min<uint32_t>(freq, UINT8_MAX)));
}

void DensePostings::CountRanks() {
  uint32_t count = 0;
  for (const uint64_t word : words_) {
    ranks_.push_back(count);
    count += CountOnes(word);
  }
}

size_t DensePostings::ReadFreqs(size_t block, absl::Span<uint32_t> freqs) const {
  const size_t begin = block * kBlockDocs;
  const size_t count = std::min(kBlockDocs, freqs_.size() - begin);
  std::copy_n(freqs_.begin() + static_cast<std::ptrdiff_t>(begin), count, freqs.begin());
  const auto is_before = [](const std::pair<uint32_t, uint32_t>& large, size_t place) { return large.first < place; };
  for (auto large = std::lower_bound(large_freqs_.begin(), large_freqs_.end(), begin, is_before);
       large != large_freqs_.end() && large->first < begin + count; ++large) {
    freqs[large->first - begin] = large->second;
  }
  return count;
}

size_t DensePostings::memory_bytes() const {
  return words_.capacity() * sizeof(uint64_t) + ranks_.capacity() * sizeof(uint32_t) + freqs_.capacity() +
         large_freqs_.capacity() * sizeof(large_freqs_.front());
}

}  // namespace gisa
