#ifndef GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_
#define GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/index/occurrence.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/posting_cursor.h"

namespace gisa {

// A term's chunk in one segment.
struct TermChunk {
  uint32_t segment = 0;
  std::shared_ptr<const PostingChunk> chunk;
};

// Reads one piece of the occurrences beside a chunk.
using OccurrencesLoader =
    std::function<absl::StatusOr<std::shared_ptr<const OwnedPiece>>(const TermChunk& chunk, uint32_t piece)>;

// Reads the occurrences of one document after another, upwards, and of each block no more than is asked for.
class ChunkOccurrences {
 public:
  explicit ChunkOccurrences(OccurrencesLoader loader) : loader_(std::move(loader)) {}

  // Goes to a chunk, which must outlive what is read of it, and to no block of it.
  void EnterChunk(const TermChunk* chunk);

  // Goes to a block.
  void EnterBlock(size_t block);

  // The occurrences in the document at `index` of the block, which `decoded` is with its frequencies, as
  // PostingCursor::Occurrences has them. Valid until the next call. INTERNAL DATA_CORRUPTED, or what the loader
  // returns.
  absl::StatusOr<absl::Span<const Occurrence>> Read(const PostingBlock& decoded, size_t index, uint32_t flags);

 private:
  // Whether to read something of all documents of the block rather than of one after another: that pays once the latter
  // has cost as much, and mostly where it would have paid in the block before.
  class WholeReads {
   public:
    void EnterBlock() {
      paid_before_ = cost_ >= limit_;
      cost_ = 0;
    }
    // Says that the next document is read, which costs as much as so many occurrences of a block of `limit`.
    bool Pay(uint64_t cost, uint64_t limit) {
      const bool pays = paid_before_ || cost_ >= limit;
      cost_ += cost;
      limit_ = limit;
      return pays;
    }

   private:
    uint64_t cost_ = 0;
    uint64_t limit_ = 1;
    bool paid_before_ = false;
  };

  absl::Status OpenBlock(const PostingBlock& decoded);
  absl::Status ReadPositions(uint32_t begin, uint32_t count);
  absl::Status ReadFlags(uint32_t flags, uint32_t begin, uint32_t count);
  absl::Status LoadPiece();

  const OccurrencesLoader loader_;
  const TermChunk* chunk_ = nullptr;
  std::shared_ptr<const OwnedPiece> piece_;  // of the chunk's occurrences
  std::optional<size_t> piece_number_;       // nullopt when none is loaded

  size_t block_ = 0;
  bool is_open_ = false;
  BlockOccurrences occurrences_;
  uint32_t ends_[kBlockDocs];  // of each document
  WholeReads whole_positions_;
  WholeReads whole_flags_;
  bool has_all_positions_ = false;
  uint32_t flags_of_all_ = 0;  // those that are read of all documents
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_
