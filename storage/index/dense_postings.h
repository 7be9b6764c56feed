#ifndef GISA_STORAGE_INDEX_DENSE_POSTINGS_H_
#define GISA_STORAGE_INDEX_DENSE_POSTINGS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/numeric/bits.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/index/count_ones.h"
#include "storage/index/document.h"

namespace gisa {

class ChunkReader;

// The documents and frequencies of a chunk, decoded for terms that many documents have: a bit for each document from
// the first to the last, with counts to find a document's place among the others (rank, as in Jacobson: Space-efficient
// Static Trees and Graphs, 1989), and a byte for each frequency. The next document from anywhere costs a few
// instructions, where a coded block of 128 has to be decoded. Immutable, but for the weights that are noted.
class DensePostings {
 public:
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

  // How many documents are before `doc`, which may be any.
  uint32_t Rank(DocId doc) const {
    if (doc < begin_) return 0;
    const size_t word = (doc - begin_) / kWordBits;
    if (word >= words_.size()) return static_cast<uint32_t>(freqs_.size());
    return ranks_[word] + CountOnes(words_[word] & ((uint64_t{1} << (doc % kWordBits)) - 1));
  }

  // Reads the frequencies of a block of the chunk into the front of `freqs` and returns how many they are.
  size_t ReadFreqs(size_t block, absl::Span<uint32_t> freqs) const;

  // What was noted of the document with this rank; 0 when nothing was. Thread-safe, as all of it.
  uint8_t weight(uint32_t rank) const { return weights_[rank].load(std::memory_order_relaxed); }
  // Notes something that is the same whoever works it out, if it is less than 256.
  void NoteWeight(uint32_t rank, uint32_t weight) const {
    if (weight <= UINT8_MAX) weights_[rank].store(static_cast<uint8_t>(weight), std::memory_order_relaxed);
  }

  size_t memory_bytes() const;

 private:
  static constexpr uint32_t kWordBits = 64;

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
  mutable std::vector<std::atomic<uint8_t>> weights_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DENSE_POSTINGS_H_
