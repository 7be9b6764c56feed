#include "storage/index/occurrence_piece.h"

#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/coding.h"

namespace gisa {

absl::StatusOr<OccurrencePiece> OccurrencePiece::Open(absl::string_view bytes, size_t block_count) {
  OccurrencePiece piece;
  piece.bytes_ = bytes;
  piece.begins_.reserve(block_count);
  Decoder decoder(bytes);
  for (size_t i = 0; i < block_count; ++i) {
    // The last one has all that is left.
    const uint64_t size = i + 1 < block_count ? decoder.Varint64() : 0;
    piece.begins_.push_back(static_cast<uint32_t>(bytes.size() - decoder.rest().size()));
    decoder.Bytes(size);
  }
  if (!decoder.ok()) {
    return DataCorruptedError("a piece of occurrences is cut short");
  }
  return piece;
}

absl::StatusOr<std::shared_ptr<const OwnedPiece>> OwnedPiece::Open(std::string bytes, size_t block_count) {
  const std::shared_ptr<OwnedPiece> owned(new OwnedPiece(std::move(bytes)));
  ASSIGN_OR_RETURN(owned->piece_, OccurrencePiece::Open(owned->bytes_, block_count));
  return owned;
}

}  // namespace gisa
