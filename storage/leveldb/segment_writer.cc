#include "storage/leveldb/segment_writer.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "leveldb/options.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/index_values.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

// So much is synced at a time: the disk has to take it while others wait for it to sync less.
constexpr uint64_t kSyncBytes = 4 << 20;

// How many documents one value holds the columns of.
constexpr size_t kValuesDocs = 16384;

leveldb::Options TableOptions() {
  leveldb::Options options;
  options.compression = leveldb::kNoCompression;  // postings are packed as it is
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SegmentWriter>> SegmentWriter::Create(leveldb::Env* env, std::string dir,
                                                                     SegmentId segment) {
  const std::string path = SegmentFile::PathOf(dir, segment);
  leveldb::WritableFile* file = nullptr;
  RETURN_IF_ERROR(FromLevelDb(env->NewWritableFile(path, &file), absl::StrCat("create ", path)));
  return std::unique_ptr<SegmentWriter>(new SegmentWriter(env, std::move(dir), segment, file));
}

SegmentWriter::SegmentWriter(leveldb::Env* env, std::string dir, SegmentId segment, leveldb::WritableFile* file)
    : env_(env), dir_(std::move(dir)), segment_(segment), file_(file), table_(TableOptions(), file) {}

SegmentWriter::~SegmentWriter() {
  if (!is_built_) table_.Abandon();
  if (!is_finished_) env_->RemoveFile(SegmentFile::PathOf(dir_, segment_));
}

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

absl::Status SegmentWriter::AddTrigram(const Trigram& trigram, const EncodedChunk& chunk) {
  return Put(IndexKey::OfTrigram(segment_, TextOf(trigram)), chunk.postings);
}

absl::Status SegmentWriter::AddTrigramScope(const TrigramScope& scope) {
  return Put(IndexKey::OfTrigramScope(segment_), scope.Encode());
}

absl::StatusOr<std::shared_ptr<const SegmentFile>> SegmentWriter::Finish(absl::Span<const DocId> docs,
                                                                         const DocTable& table) {
  RETURN_IF_ERROR(second_characters_.ForEach([this](absl::string_view character, absl::string_view before) {
    return Put(IndexKey::OfSecondCharacter(segment_, character), before);
  }));
  for (; !docs.empty(); docs.remove_prefix(std::min(docs.size(), kValuesDocs))) {
    RETURN_IF_ERROR(Put(IndexKey::OfValues(segment_, docs.front()), EncodeValues(docs.subspan(0, kValuesDocs), table)));
  }
  is_built_ = true;
  RETURN_IF_ERROR(Translate(table_.Finish()));
  RETURN_IF_ERROR(Translate(file_->Sync()));
  RETURN_IF_ERROR(Translate(file_->Close()));
  ASSIGN_OR_RETURN(std::shared_ptr<const SegmentFile> file, SegmentFile::Open(dir_, segment_));
  is_finished_ = true;
  return file;
}

absl::Status SegmentWriter::Put(const IndexKey& key, absl::string_view value) {
  table_.Add(key.slice(), ToSlice(value));
  RETURN_IF_ERROR(Translate(table_.status()));
  return table_.FileSize() - synced_bytes_ < kSyncBytes ? absl::OkStatus() : Sync();
}

absl::Status SegmentWriter::Sync() {
  synced_bytes_ = table_.FileSize();
  return Translate(file_->Sync());
}

absl::Status SegmentWriter::Translate(const leveldb::Status& status) const {
  if (status.ok()) return absl::OkStatus();
  return FromLevelDb(status, absl::StrCat("write ", SegmentFile::PathOf(dir_, segment_)));
}

}  // namespace gisa
