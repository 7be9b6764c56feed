#include "storage/leveldb/segment_writer.h"

#include <algorithm>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kBatchBytes = 4 << 20;
constexpr size_t kLargeSegmentBytes = 8 << 20;

// How many documents one value holds the columns of.
constexpr size_t kValuesDocs = 16384;

}  // namespace

absl::Status SegmentWriter::AddChunk(absl::string_view term, const EncodedChunk& chunk) {
  RETURN_IF_ERROR(AddPostings(term, chunk.postings));
  for (size_t i = 0; i < chunk.piece_count(); ++i) {
    RETURN_IF_ERROR(AddPiece(term, static_cast<uint32_t>(i), chunk.piece(i)));
  }
  return absl::OkStatus();
}

absl::Status SegmentWriter::AddPostings(absl::string_view term, absl::string_view postings) {
  second_characters_.Add(term);
  return Put(IndexKey::OfPostings(segment_, term), postings);
}

absl::Status SegmentWriter::AddPiece(absl::string_view term, uint32_t piece, absl::string_view occurrences) {
  return Put(IndexKey::OfOccurrences(segment_, term, piece), occurrences);
}

absl::Status SegmentWriter::Finish(absl::Span<const DocId> docs, const DocTable& table) {
  RETURN_IF_ERROR(second_characters_.ForEach([this](absl::string_view character, absl::string_view before) {
    return Put(IndexKey::OfSecondCharacter(segment_, character), before);
  }));
  for (; !docs.empty(); docs.remove_prefix(std::min(docs.size(), kValuesDocs))) {
    RETURN_IF_ERROR(Put(IndexKey::OfValues(segment_, docs.front()), EncodeValues(docs.subspan(0, kValuesDocs), table)));
  }
  return absl::OkStatus();
}

absl::Status SegmentWriter::Put(const IndexKey& key, absl::string_view value) {
  batch_.Put(key.slice(), ToSlice(value));
  return batch_.ApproximateSize() < kBatchBytes ? absl::OkStatus() : WriteBatch();
}

absl::Status SegmentWriter::WriteBatch() {
  RETURN_IF_ERROR(database_.Write(&batch_));
  written_bytes_ += batch_.ApproximateSize();
  batch_.Clear();
  return absl::OkStatus();
}

absl::Status SegmentWriter::SetApart() {
  if (written_bytes_ < kLargeSegmentBytes) return absl::OkStatus();
  RETURN_IF_ERROR(WriteBatch());
  database_.StartNewFile();
  is_apart_ = true;
  return absl::OkStatus();
}

}  // namespace gisa
