#include "storage/index/chunk_occurrences.h"

#include <numeric>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// To read the positions of one document, or its flags, costs as much as to read so many more of a whole block.
constexpr uint32_t kSinglePositionsCost = 16;
constexpr uint32_t kSingleFlagsCost = 48;

}  // namespace

void ChunkOccurrences::EnterChunk(const TermChunk* chunk) {
  chunk_ = chunk;
  piece_number_.reset();
  EnterBlock(0);
}

void ChunkOccurrences::EnterBlock(size_t block) {
  block_ = block;
  is_open_ = false;
}

absl::StatusOr<absl::Span<const Occurrence>> ChunkOccurrences::Read(const PostingBlock& decoded, size_t index,
                                                                    uint32_t flags) {
  if (!is_open_) {
    RETURN_IF_ERROR(OpenBlock(decoded));
  }
  const uint32_t count = decoded.freqs[index];
  const uint32_t begin = ends_[index] - count;
  RETURN_IF_ERROR(ReadPositions(begin, count));
  RETURN_IF_ERROR(ReadFlags(flags, begin, count));
  return absl::MakeConstSpan(occurrences_.values).subspan(begin, count);
}

absl::Status ChunkOccurrences::OpenBlock(const PostingBlock& decoded) {
  RETURN_IF_ERROR(LoadPiece());
  const OccurrencePiece none;
  const OccurrencePiece& piece = piece_ == nullptr ? none : piece_->piece();
  RETURN_IF_ERROR(chunk_->chunk->reader().OpenOccurrences(block_, decoded, piece, &occurrences_));
  std::partial_sum(decoded.freqs, decoded.freqs + decoded.size, ends_);
  is_open_ = true;
  whole_positions_.EnterBlock();
  whole_flags_.EnterBlock();
  has_all_positions_ = false;
  flags_of_all_ = 0;
  return absl::OkStatus();
}

// Those of the document that has `count` occurrences from number `begin` on.
absl::Status ChunkOccurrences::ReadPositions(uint32_t begin, uint32_t count) {
  const auto all = static_cast<uint32_t>(occurrences_.values.size());
  const bool whole = whole_positions_.Pay(count + kSinglePositionsCost, all);
  if (has_all_positions_) return absl::OkStatus();
  if (!whole) return ChunkReader::ReadPositions(begin, count, &occurrences_);
  RETURN_IF_ERROR(ChunkReader::ReadPositions(0, all, &occurrences_));
  has_all_positions_ = true;
  return absl::OkStatus();
}

// Its flags, behind its positions.
absl::Status ChunkOccurrences::ReadFlags(uint32_t flags, uint32_t begin, uint32_t count) {
  if (flags == 0) return absl::OkStatus();
  const auto all = static_cast<uint32_t>(occurrences_.values.size());
  const bool whole = whole_flags_.Pay(count + kSingleFlagsCost, all);
  flags &= ~flags_of_all_;
  if (flags == 0) return absl::OkStatus();
  // Positions that are read of one document overwrite its flags.
  if (!whole || !has_all_positions_) return ChunkReader::ReadFlags(flags, begin, count, &occurrences_);
  RETURN_IF_ERROR(ChunkReader::ReadFlags(flags, 0, all, &occurrences_));
  flags_of_all_ |= flags;
  return absl::OkStatus();
}

// Makes piece_ what the block's occurrences are in.
absl::Status ChunkOccurrences::LoadPiece() {
  if (chunk_->chunk->reader().inlined()) return absl::OkStatus();
  const size_t number = block_ / kPieceBlocks;
  if (piece_number_ == number) return absl::OkStatus();
  piece_number_.reset();
  ASSIGN_OR_RETURN(piece_, loader_(*chunk_, static_cast<uint32_t>(number)));
  piece_number_ = number;
  return absl::OkStatus();
}

}  // namespace gisa
