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

void ReadAll(const ChunkReader& reader, absl::string_view occurrences) {
  PostingBlock decoded;
  BlockOccurrences found;
  PiecePlace place;
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
    status = reader.OpenOccurrences(block, decoded, occurrences, &place, &found);
    if (status.ok()) {
      ChunkReader::ReadPositions(&found);
      status = ChunkReader::ReadFlags(&found);
    }
    CheckStatus(status);
    FUZZ_CHECK(!status.ok() ||
               found.values.size() == std::accumulate(decoded.freqs, decoded.freqs + decoded.size, size_t{0}));
  }
}

void Walk(const std::shared_ptr<const PostingChunk>& chunk, absl::string_view occurrences) {
  auto chunks = std::make_shared<std::vector<TermChunk>>();
  chunks->push_back({1, chunk});
  const SearchControl control;
  SearchGuard guard(control);
  const auto cursor = NewChunkCursor(
      chunks, kEndDoc, [occurrences](uint32_t, uint32_t) { return std::make_shared<const std::string>(occurrences); },
      &guard);
  for (DocId doc = cursor->doc(), step = 1; doc != kEndDoc; step = step * 3 % 1021) {
    using Detail = PostingCursor::Detail;
    cursor->Occurrences(step % 3 == 0 ? Detail::kPositions : Detail::kFlags);
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
