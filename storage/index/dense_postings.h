#ifndef GISA_STORAGE_INDEX_DENSE_POSTINGS_H_
#define GISA_STORAGE_INDEX_DENSE_POSTINGS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/index/count_ones.h"
#include "storage/index/document.h"
#include "storage/index/posting_cursor.h"

namespace gisa {

class ChunkReader;

// The documents and frequencies of a chunk, decoded for terms that many documents have: a bit for each document from
// the first to the last, with counts to find a document's place among the others (rank, as in Jacobson: Space-efficient
// Static Trees and Graphs, 1989), and a byte for each frequency. The next document from anywhere costs a few
// instructions, where a coded block of 128 has to be decoded. Immutable.
class DensePostings {
 public:
  static constexpr uint32_t kWordBits = 64;

  // Whether the documents of the chunk are so close to each other that their bits are no waste.
  static bool Suits(const ChunkReader& chunk);

  // Decodes a chunk that suits. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<DensePostings> Decode(const ChunkReader& chunk);

  // The first document that is `target` or after it; kEndDoc when there is none.
  DocId From(DocId target) const {
    if (target < begin_) target = begin_;
    size_t word = (target - begin_) / kWordBits;
    if (word >= words_.size()) return kEndDoc;
    uint64_t bits = words_[word] & (~uint64_t{0} << (target % kWordBits));
    while (bits == 0) {
      if (++word == words_.size()) return kEndDoc;
      bits = words_[word];
    }
    return static_cast<DocId>(begin_ + word * kWordBits + static_cast<size_t>(absl::countr_zero(bits)));
  }

  // Copies those of `docs` that it has to `out`, which may be where they are, and returns where they end there. Without
  // branches: the processor then looks at many at a time.
  DocId* Sift(absl::Span<const DocId> docs, DocId* out) const {
    const size_t words = words_.size();
    for (const DocId doc : docs) {
      const size_t word = (doc - begin_) / kWordBits;  // large for one that is before the begin
      *out = doc;
      out += word < words ? words_[word] >> (doc % kWordBits) & 1 : 0;
    }
    return out;
  }

  // Takes the bits of other documents out; the first bit is that of `begin`, a multiple of kWordBits.
  void SiftBits(DocId begin, absl::Span<uint64_t> bits) const {
    const size_t before = begin < begin_ ? std::min<size_t>((begin_ - begin) / kWordBits, bits.size()) : 0;
    std::fill_n(bits.begin(), before, 0);
    bits.remove_prefix(before);
    const size_t word = begin < begin_ ? 0 : (begin - begin_) / kWordBits;
    const size_t count = word < words_.size() ? std::min(bits.size(), words_.size() - word) : 0;
    for (size_t i = 0; i < count; ++i) bits[i] &= words_[word + i];
    std::fill(bits.begin() + static_cast<std::ptrdiff_t>(count), bits.end(), 0);
  }

  // How many documents are before `doc`, which may be any.
  uint32_t Rank(DocId doc) const {
    if (doc < begin_) return 0;
    const size_t word = (doc - begin_) / kWordBits;
    if (word >= words_.size()) return static_cast<uint32_t>(freqs_.size());
    return ranks_[word] + CountOnes(words_[word] & ((uint64_t{1} << (doc % kWordBits)) - 1));
  }

  ListPlace Find(DocId doc) const {
    const size_t word = (doc - begin_) / kWordBits;  // large for one that is before the begin
    if (word >= words_.size() || (words_[word] >> (doc % kWordBits) & 1) == 0) return {0, 0};
    const uint32_t rank = ranks_[word] + CountOnes(words_[word] & ((uint64_t{1} << (doc % kWordBits)) - 1));
    return {rank, freqs_[rank] == UINT8_MAX ? UINT32_MAX : freqs_[rank]};
  }

  // Reads the frequencies of a block of the chunk into the front of `freqs` and returns how many they are.
  size_t ReadFreqs(size_t block, absl::Span<uint32_t> freqs) const;

  size_t memory_bytes() const;

 private:
  DensePostings(DocId first, DocId last, uint32_t size);

  // Adds the next document.
  void Add(DocId doc, uint32_t freq);
  // After the last one.
  void CountRanks();

  DocId begin_;  // of the first bit
  std::vector<uint64_t> words_;
  std::vector<uint32_t> ranks_;                             // of each word: how many documents are before it
  std::vector<uint8_t> freqs_;                              // UINT8_MAX for those in large_freqs_
  std::vector<std::pair<uint32_t, uint32_t>> large_freqs_;  // with the place of each, by that
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DENSE_POSTINGS_H_
