// Reads any bytes as a posting chunk, then walks them with a cursor. The first two bytes are the size of the postings;
// what follows those are the occurrences.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <vector>

#include "storage/base/errors.h"
#include "storage/index/chunk_cursor.h"
#include "storage/index/coding.h"
#include "storage/index/posting_chunk.h"
#include "tests/fuzz/fuzz_check.h"

namespace gisa {
namespace {

void CheckStatus(const absl::Status& status) { FUZZ_CHECK(status.ok() || ErrorReason(status) == "DATA_CORRUPTED"); }

// Whatever of a block is read alone must be as it is among all; `seed` says what.
void ReadSome(uint32_t seed, const PostingBlock& decoded, const BlockOccurrences& all) {
  BlockOccurrences some = all;
  uint32_t begin = 0;
  for (size_t i = 0; i < decoded.size; ++i) {
    const uint32_t freq = decoded.freqs[i];
    seed = seed * 1664525 + 1013904223;  // Knuth and Lewis's, as in Numerical Recipes
    const uint32_t flags = seed >> 30;
    FUZZ_CHECK(ChunkReader::ReadPositions(begin, freq, &some).ok());
    FUZZ_CHECK(ChunkReader::ReadFlags(flags, begin, freq, &some).ok());
    for (uint32_t j = begin; j < begin + freq; ++j) {
      FUZZ_CHECK(some.values[j] == (all.values[j] & (~kOccurrenceFlags | flags)));
    }
    begin += freq;
  }
}

// Each piece has the same bytes.
void ReadAll(const ChunkReader& reader, absl::string_view occurrences) {
  PostingBlock decoded;
  BlockOccurrences found;
  for (size_t block = 0; block < reader.block_count(); ++block) {
    absl::Status status = reader.ReadBlock(block, &decoded);
    if (status.ok()) status = ChunkReader::ReadFreqs(&decoded);
    CheckStatus(status);
    if (!status.ok()) continue;
    FUZZ_CHECK(decoded.size > 0 && decoded.size <= kBlockDocs);
    for (size_t i = 0; i < decoded.size; ++i) {
      FUZZ_CHECK(decoded.docs[i] <= kMaxDocId && (i == 0 || decoded.docs[i - 1] < decoded.docs[i]));
      FUZZ_CHECK(decoded.freqs[i] > 0);
    }
    absl::StatusOr<OccurrencePiece> piece = OccurrencePiece();
    if (!reader.inlined()) {
      piece = OccurrencePiece::Open(occurrences, reader.piece_block_count(block / kPieceBlocks));
    }
    CheckStatus(piece.status());
    if (!piece.ok()) continue;
    status = reader.OpenOccurrences(block, decoded, *piece, &found);
    if (status.ok()) status = ChunkReader::ReadOccurrences(&found);
    CheckStatus(status);
    if (!status.ok()) continue;
    FUZZ_CHECK(found.values.size() == std::accumulate(decoded.freqs, decoded.freqs + decoded.size, size_t{0}));
    ReadSome(static_cast<uint32_t>(block), decoded, found);
  }
}

void Walk(const std::shared_ptr<const PostingChunk>& chunk, absl::string_view occurrences) {
  auto chunks = std::make_shared<std::vector<TermChunk>>();
  chunks->push_back({1, chunk});
  const SearchControl control;
  SearchGuard guard(control);
  const auto cursor = NewChunkCursor(
      chunks, DocRange(),
      [occurrences](const TermChunk& of, uint32_t piece) {
        return OwnedPiece::Open(std::string(occurrences), of.chunk->reader().piece_block_count(piece));
      },
      &guard);
  for (DocId doc = cursor->doc(), step = 1; doc != kEndDoc; step = step * 3 % 1021) {
    FUZZ_CHECK(cursor->BoundFrom(doc).end > doc);
    cursor->Occurrences(step & kOccurrenceFlags);
    const DocId next = step % 2 == 0 ? cursor->Next() : cursor->Seek(step < kEndDoc - doc ? doc + step : kEndDoc);
    FUZZ_CHECK(next > doc && next == cursor->doc());
    doc = next;
  }
  CheckStatus(guard.status());
}

// As it is, and decoded if it suits.
void WalkBoth(absl::string_view postings, absl::string_view occurrences) {
  const absl::StatusOr<std::shared_ptr<const PostingChunk>> chunk = PostingChunk::Open(std::string(postings));
  if (!chunk.ok()) return;
  Walk(*chunk, occurrences);
  (*chunk)->NoteBlocksRead(UINT32_MAX);
  const std::shared_ptr<const PostingChunk> decoded = (*chunk)->DecodedIfItPays();
  if (decoded != nullptr) Walk(decoded, occurrences);
}

}  // namespace
}  // namespace gisa

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  gisa::Decoder decoder(absl::string_view(reinterpret_cast<const char*>(data), size));
  const absl::string_view sizes = decoder.Bytes(2);
  if (!decoder.ok()) return 0;
  const size_t postings_size = static_cast<uint8_t>(sizes[0]) << 8 | static_cast<uint8_t>(sizes[1]);
  // Buffers of their own, so that AddressSanitizer knows where they end.
  const std::string postings(decoder.rest().substr(0, postings_size));
  const std::string occurrences(decoder.rest().substr(postings.size()));

  const absl::StatusOr<gisa::ChunkReader> reader = gisa::ChunkReader::Open(postings);
  gisa::CheckStatus(reader.status());
  if (reader.ok()) gisa::ReadAll(*reader, occurrences);
  gisa::WalkBoth(postings, occurrences);
  return 0;
}
