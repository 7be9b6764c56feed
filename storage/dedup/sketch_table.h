#ifndef GISA_STORAGE_DEDUP_SKETCH_TABLE_H_
#define GISA_STORAGE_DEDUP_SKETCH_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/types/span.h"
#include "storage/dedup/sketch.h"

namespace gisa {

// The kept sketches of a range of documents, by hash, in memory: an open-addressing table of 8 bytes an entry, the
// upper 44 bits of a hash with 20 bits of the document's offset in the range. Of a billion entries, one in 17,000 is
// taken for another hash; that makes a candidate more, no answer.
//
// A hash that many documents have says little, and each of them would have to be compared: after kMaxDocsOfHash no more
// are taken in, and whoever asks for it is told.
//
// Thread-compatible.
class SketchTable {
 public:
  static constexpr int kOffsetBits = 20;
  static constexpr uint32_t kOffsetLimit = (1u << kOffsetBits) - 1;  // offsets are below
  static constexpr size_t kMaxDocsOfHash = 256;

  // An entry's parts.
  static constexpr uint64_t HashBits(uint64_t entry) { return entry >> kOffsetBits; }
  static constexpr uint32_t Offset(uint64_t entry) { return static_cast<uint32_t>(entry) & kOffsetLimit; }

  // `first_doc` is the one of offset 0.
  explicit SketchTable(uint32_t first_doc) : first_doc_(first_doc) {}

  // `doc` is above all before it, and less than kOffsetLimit from the first.
  void Add(uint32_t doc, const Sketch& kept);

  // Calls `visit` with each document that has the hash. Returns whether those are all.
  bool Find(uint64_t hash, absl::FunctionRef<void(uint32_t doc)> visit) const;

  // Calls `visit` with each hash below `limit` and a document that has it, in no order. Of a hash the lower kOffsetBits
  // bits are 0.
  void ForEachBelow(uint64_t limit, absl::FunctionRef<void(uint64_t hash, uint32_t doc)> visit) const;

  // All entries, in the order of hash and offset.
  std::vector<uint64_t> SortedEntries() const;

  uint32_t first_doc() const { return first_doc_; }
  size_t documents() const { return documents_; }
  size_t entries() const { return entries_; }

  // How many fingerprints each document has, by offset, up to 255.
  const std::vector<uint8_t>& fingerprint_counts() const { return fingerprint_counts_; }

 private:
  static constexpr uint64_t kEmpty = ~uint64_t{0};  // no entry has the offset kOffsetLimit

  void Add(uint64_t hash, uint32_t offset);
  void Grow();

  const uint32_t first_doc_;
  std::vector<uint64_t> slots_;  // a power of two of them, at most two thirds full
  size_t entries_ = 0;
  size_t documents_ = 0;
  std::vector<uint8_t> fingerprint_counts_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SKETCH_TABLE_H_
