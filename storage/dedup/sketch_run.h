#ifndef GISA_STORAGE_DEDUP_SKETCH_RUN_H_
#define GISA_STORAGE_DEDUP_SKETCH_RUN_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/dedup/sketch.h"

namespace gisa {

// An entry of a run, that a document has a hash: the upper 33 bits of the hash, then 7 of zero, then 24 of the
// document's offset from the run's first. Entries are in order as numbers are.
struct RunEntry {
  static constexpr int kHashBits = 33;
  static constexpr int kOffsetBits = 24;
  static constexpr uint32_t kOffsetLimit = 1u << kOffsetBits;  // offsets are below

  static constexpr uint64_t HashBits(uint64_t hash) { return hash >> (64 - kHashBits); }
  static constexpr uint64_t Make(uint64_t hash_bits, uint32_t offset) { return hash_bits << (64 - kHashBits) | offset; }
  static constexpr uint64_t HashBitsOf(uint64_t entry) { return HashBits(entry); }
  static constexpr uint32_t OffsetOf(uint64_t entry) { return static_cast<uint32_t>(entry) & (kOffsetLimit - 1); }
};

// The kept sketches of a range of documents, by hash, as a file has them: all entries in order, and where those of each
// bucket, of hashes with the same upper bits, begin. A look-up touches the directory once and a bucket, of some ten
// entries, once. Among 40 million entries one hash in 200 is taken for another; that makes a candidate more, which its
// sample nearly always rules out, and no answer. So many bits of a hash are kept that an entry takes four bytes,
// whatever the number of documents. Numbers are little-endian.
//
//   entries     of some bytes each: the bits of the hash below those of the bucket, over offset_bits of the offset
//   samples     the stored sample of each document from the first on (shingle_sample.h)
//   counts      a byte for each document: how many fingerprints it has, up to 255; 0 for none
//   ends        4 bytes for each document: where its sample ends
//   directory   4 bytes for each bucket and one more: how many entries are before it
//   footer      32 bytes: entries:8, bytes of samples:4, first doc:4, span:4, directory_bits:1, offset_bits:1,
//               2 of zero, "gisanear"
//
// A view of bytes that it does not own. Immutable, so thread-safe.
class SketchRun {
 public:
  // nullopt when the bytes are no run. That they are undamaged is up to their owner.
  static std::optional<SketchRun> Parse(absl::string_view bytes);

  uint32_t first_doc() const { return first_doc_; }
  // How many documents from the first on it is about.
  uint32_t span() const { return span_; }
  uint64_t entries() const { return entries_; }

  // How many fingerprints a document of the range has, up to 255.
  size_t FingerprintsOf(uint32_t doc) const { return static_cast<uint8_t>(counts_[doc - first_doc_]); }
  // Its stored sample; empty when there is no such document.
  absl::string_view SampleOf(uint32_t doc) const;

  // Calls `visit` with the documents before `limit` that have hashes[i], if there are any: the newest first, and no
  // more than remaining[i], from which it takes their number. Many hashes at a time are found quicker, as memory is
  // read ahead.
  void Find(absl::Span<const uint64_t> hashes, uint64_t limit, absl::Span<uint32_t> remaining,
            absl::FunctionRef<void(size_t i, absl::Span<const uint32_t> docs)> visit) const;

  // Goes through all entries, in order.
  class Cursor {
   public:
    explicit Cursor(const SketchRun& run) : run_(&run) { Load(); }

    bool done() const { return index_ == run_->entries_; }
    uint64_t entry() const { return entry_; }
    void Next() {
      ++index_;
      Load();
    }

   private:
    void Load();

    const SketchRun* run_;
    uint64_t index_ = 0;
    uint64_t bucket_ = 0;
    uint64_t entry_ = 0;
  };

 private:
  uint64_t PackedAt(uint64_t index) const;
  // Behind the last of the `count` entries from `begin` on, all of one bucket, whose lower bits of the hash are at most
  // `rest`.
  uint64_t UpperBound(uint64_t begin, uint64_t count, uint64_t rest) const;
  uint64_t BucketBegin(uint64_t bucket) const;

  const char* data_ = nullptr;
  const char* samples_ = nullptr;
  const char* counts_ = nullptr;
  const char* ends_ = nullptr;
  const char* directory_ = nullptr;
  uint64_t entries_ = 0;
  uint32_t first_doc_ = 0;
  uint32_t span_ = 0;
  int directory_bits_ = 0;
  int offset_bits_ = 0;
  size_t entry_bytes_ = 0;
};

// Writes a run: Add for each entry, in order; then AddDocument for each document, in order; then Finish. What is
// written piles up in a string, which the owner may empty at any time.
class SketchRunEncoder {
 public:
  // `max_entries`, of which there may come fewer, is what the directory is made for. `span` is at most
  // RunEntry::kOffsetLimit.
  SketchRunEncoder(uint32_t first_doc, uint32_t span, uint64_t max_entries, std::string* out);

  void Add(uint64_t entry);

  // Of no document nothing is added in its place: 0 fingerprints and an empty sample.
  void AddDocument(size_t fingerprints, absl::string_view stored_sample);

  // After `span` documents.
  void Finish();

 private:
  const uint32_t first_doc_;
  const uint32_t span_;
  const int directory_bits_;
  const int offset_bits_;
  const size_t entry_bytes_;
  std::string* const out_;
  std::vector<uint32_t> bucket_ends_;  // how many entries there are up to each bucket's end, as far as they have come
  std::string counts_;
  std::vector<uint32_t> sample_ends_;
  uint32_t sample_bytes_ = 0;
  uint64_t entries_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SKETCH_RUN_H_
