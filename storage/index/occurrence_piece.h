#ifndef GISA_STORAGE_INDEX_OCCURRENCE_PIECE_H_
#define GISA_STORAGE_INDEX_OCCURRENCE_PIECE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// The occurrences of several blocks, one behind another, and where each begins: to walk there from the front costs a
// cache miss for each block. Immutable.
class OccurrencePiece {
 public:
  // Of no block.
  OccurrencePiece() = default;

  // `bytes`, of so many blocks, must outlive the piece. INTERNAL DATA_CORRUPTED.
  static absl::StatusOr<OccurrencePiece> Open(absl::string_view bytes, size_t block_count);

  // The block with this number in the piece, with all that is behind it: a reader that may load more than it needs is
  // quicker. Empty when there is no such block.
  absl::string_view block(size_t i) const {
    return i < begins_.size() ? bytes_.substr(begins_[i]) : absl::string_view();
  }

  // What it takes beside the bytes and itself.
  size_t memory_bytes() const { return begins_.size() > kFewBlocks ? begins_.capacity() * sizeof(uint32_t) : 0; }

 private:
  static constexpr size_t kFewBlocks = 4;  // take no memory of their own

  absl::string_view bytes_;
  absl::InlinedVector<uint32_t, kFewBlocks> begins_;  // of each block
};

// A piece that owns its bytes.
class OwnedPiece {
 public:
  // As OccurrencePiece::Open.
  static absl::StatusOr<std::shared_ptr<const OwnedPiece>> Open(std::string bytes, size_t block_count);

  OwnedPiece(const OwnedPiece&) = delete;
  OwnedPiece& operator=(const OwnedPiece&) = delete;

  const OccurrencePiece& piece() const { return piece_; }
  size_t memory_bytes() const { return sizeof(*this) + bytes_.capacity() + piece_.memory_bytes(); }

 private:
  explicit OwnedPiece(std::string bytes) : bytes_(std::move(bytes)) {}

  const std::string bytes_;
  OccurrencePiece piece_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_OCCURRENCE_PIECE_H_
