#include "storage/index/chunk_occurrences.h"

#include <numeric>

#include "absl/strings/string_view.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// To find the occurrences of one document costs as much as to read so many more of them.
constexpr uint32_t kSingleReadCost = 16;

}  // namespace

void ChunkOccurrences::EnterChunk(const TermChunk* chunk) {
  chunk_ = chunk;
  piece_.reset();
  place_ = PiecePlace();
  EnterBlock(0);
}

void ChunkOccurrences::EnterBlock(size_t block) {
  block_ = block;
  known_ = Known::kNothing;
}

absl::StatusOr<absl::Span<const Occurrence>> ChunkOccurrences::Read(const PostingBlock& decoded, size_t index,
                                                                    PostingCursor::Detail detail) {
  if (known_ == Known::kNothing) {
    RETURN_IF_ERROR(FindPlaces(decoded));
  }
  const uint32_t freq = decoded.freqs[index];
  const uint32_t begin = ends_[index] - freq;
  if (detail == PostingCursor::Detail::kPositions && known_ == Known::kPlaces && singly_read_ < occurrences_.count) {
    singly_read_ += freq + kSingleReadCost;
    of_document_.resize(freq);
    occurrences_.reader.ReadPositions(begin, absl::MakeSpan(of_document_));
    return of_document_;
  }
  RETURN_IF_ERROR(ReadBlock(detail));
  return absl::MakeConstSpan(occurrences_.values).subspan(begin, freq);
}

absl::Status ChunkOccurrences::FindPlaces(const PostingBlock& decoded) {
  RETURN_IF_ERROR(LoadPiece());
  const absl::string_view piece = piece_bytes_ == nullptr ? absl::string_view() : *piece_bytes_;
  RETURN_IF_ERROR(chunk_->chunk->reader().OpenOccurrences(block_, decoded, piece, &place_, &occurrences_));
  std::partial_sum(decoded.freqs, decoded.freqs + decoded.size, ends_);
  known_ = Known::kPlaces;
  singly_read_ = 0;
  return absl::OkStatus();
}

// Reads those of all documents of the block, unless they are.
absl::Status ChunkOccurrences::ReadBlock(PostingCursor::Detail detail) {
  if (known_ < Known::kPositions) {
    ChunkReader::ReadPositions(&occurrences_);
    known_ = Known::kPositions;
  }
  if (detail == PostingCursor::Detail::kFlags && known_ < Known::kFlags) {
    RETURN_IF_ERROR(ChunkReader::ReadFlags(&occurrences_));
    known_ = Known::kFlags;
  }
  return absl::OkStatus();
}

// Makes piece_bytes_ hold what the block's occurrences are in.
absl::Status ChunkOccurrences::LoadPiece() {
  if (chunk_->chunk->reader().inlined()) return absl::OkStatus();
  const size_t piece = block_ / kPieceBlocks;
  if (piece_ == piece) return absl::OkStatus();
  piece_.reset();
  ASSIGN_OR_RETURN(piece_bytes_, loader_(chunk_->segment, static_cast<uint32_t>(piece)));
  piece_ = piece;
  place_ = PiecePlace();
  return absl::OkStatus();
}

}  // namespace gisa
