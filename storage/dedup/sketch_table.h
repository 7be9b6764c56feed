#ifndef GISA_STORAGE_DEDUP_SKETCH_TABLE_H_
#define GISA_STORAGE_DEDUP_SKETCH_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/dedup/sketch.h"

namespace gisa {

// The kept sketches of a range of documents, by hash, in memory: an open-addressing table of 8 bytes an entry, the
// upper 44 bits of a hash with 20 bits of the document's offset in the range. Of a billion entries, one in 17,000 is
// taken for another hash; that makes a candidate more, no answer.
//
// Of a hash no more than kMaxDocsOfHash documents are taken in.
//
// Thread-compatible.
class SketchTable {
 public:
  static constexpr int kOffsetBits = 20;
  static constexpr uint32_t kOffsetLimit = (1u << kOffsetBits) - 1;  // offsets are below

  // An entry's parts.
  static constexpr uint32_t Offset(uint64_t entry) { return static_cast<uint32_t>(entry) & kOffsetLimit; }

  // `first_doc` is the one of offset 0.
  explicit SketchTable(uint32_t first_doc) : first_doc_(first_doc) {}

  // `doc` is above all before it, and less than kOffsetLimit from the first.
  void Add(uint32_t doc, const Sketch& kept);

  // Has the memory that Find, or Add, will touch first on its way.
  void Prefetch(uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash >> kOffsetBits & (slots_.size() - 1)]);
  }

  // Calls `visit` with documents before `limit` that have the hash, and as often takes one from `remaining`, until it
  // is 0.
  template <typename Visit>
  void Find(uint64_t hash, uint64_t limit, uint32_t& remaining, Visit visit) const {
    if (slots_.empty()) return;
    const size_t mask = slots_.size() - 1;
    for (size_t i = hash >> kOffsetBits & mask; slots_[i] != kEmpty && remaining > 0; i = (i + 1) & mask) {
      if (!HasHash(slots_[i], hash)) continue;
      const uint32_t doc = first_doc_ + Offset(slots_[i]);
      if (doc >= limit) continue;
      --remaining;
      visit(doc);
    }
  }

  // Calls `visit` with each hash below `limit` and a document that has it, in no order. Of a hash the lower kOffsetBits
  // bits are 0.
  void ForEachBelow(uint64_t limit, absl::FunctionRef<void(uint64_t hash, uint32_t doc)> visit) const;

  // All entries, in no order.
  std::vector<uint64_t> Entries() const;

  uint32_t first_doc() const { return first_doc_; }
  size_t documents() const { return documents_; }
  size_t entries() const { return entries_; }

  // How many documents from the first on it is about.
  uint32_t span() const { return static_cast<uint32_t>(fingerprint_counts_.size()); }
  // How many fingerprints a document of the range has, up to 255; and its stored sample, which is valid until the next
  // is added. 0 and empty when there is no such document.
  size_t FingerprintsOf(uint32_t doc) const { return fingerprint_counts_[doc - first_doc_]; }
  absl::string_view SampleOf(uint32_t doc) const {
    const uint32_t offset = doc - first_doc_;
    const uint32_t begin = offset == 0 ? 0 : sample_ends_[offset - 1];
    return absl::string_view(samples_).substr(begin, sample_ends_[offset] - begin);
  }

 private:
  static constexpr uint64_t kEmpty = ~uint64_t{0};  // no entry has the offset kOffsetLimit
  static constexpr uint64_t kHashMask = ~uint64_t{kOffsetLimit};

  static bool HasHash(uint64_t entry, uint64_t hash) { return ((entry ^ hash) & kHashMask) == 0; }
  void Add(uint64_t hash, uint32_t offset);
  void Grow();

  const uint32_t first_doc_;
  std::vector<uint64_t> slots_;  // a power of two of them, at most two thirds full
  size_t entries_ = 0;
  size_t documents_ = 0;
  std::vector<uint8_t> fingerprint_counts_;  // by offset
  std::string samples_;
  std::vector<uint32_t> sample_ends_;  // by offset
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SKETCH_TABLE_H_
