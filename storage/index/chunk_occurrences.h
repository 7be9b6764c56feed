#ifndef GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_
#define GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
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

// Reads one piece of the occurrences beside a segment's chunk.
using OccurrencesLoader =
    std::function<absl::StatusOr<std::shared_ptr<const std::string>>(uint32_t segment, uint32_t piece)>;

// Reads the occurrences of one document after another, upwards, and of each block no more than is asked for.
class ChunkOccurrences {
 public:
  explicit ChunkOccurrences(OccurrencesLoader loader) : loader_(std::move(loader)) {}

  // Goes to a chunk, which must outlive what is read of it, and to no block of it.
  void EnterChunk(const TermChunk* chunk);

  // Goes to a block.
  void EnterBlock(size_t block);

  // The occurrences in the document at `index` of the block, which `decoded` is with its frequencies. Valid until the
  // next call. INTERNAL DATA_CORRUPTED, or what the loader returns.
  absl::StatusOr<absl::Span<const Occurrence>> Read(const PostingBlock& decoded, size_t index,
                                                    PostingCursor::Detail detail);

 private:
  // What is known of the block: nothing, where the occurrences of each document are, the positions of all, and all.
  enum class Known { kNothing, kPlaces, kPositions, kFlags };

  absl::Status FindPlaces(const PostingBlock& decoded);
  absl::Status ReadBlock(PostingCursor::Detail detail);
  absl::Status LoadPiece();

  const OccurrencesLoader loader_;
  const TermChunk* chunk_ = nullptr;
  std::shared_ptr<const std::string> piece_bytes_;  // of the chunk's occurrences
  std::optional<size_t> piece_;                     // its number; nullopt when none is loaded
  PiecePlace place_;                                // in it

  size_t block_ = 0;
  Known known_ = Known::kNothing;
  BlockOccurrences occurrences_;
  uint32_t ends_[kBlockDocs];  // of each document
  // Those of one document after another, until that has cost as much as all of the block do.
  std::vector<Occurrence> of_document_;
  uint64_t singly_read_ = 0;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CHUNK_OCCURRENCES_H_
