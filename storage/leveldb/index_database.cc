#include "storage/leveldb/index_database.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "leveldb/db.h"
#include "leveldb/options.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

// FORMAT.md has the history.
constexpr uint32_t kSchemaVersion = 10;

// The database has a few records, and one for each removed document.
constexpr size_t kWriteBufferBytes = 1 << 20;

constexpr BackgroundThread kBackgroundThread = {"gisa-db-index", ThreadPriority::kBackground};

leveldb::ReadOptions Checked() {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  return options;
}

std::vector<SegmentId> SegmentsIn(leveldb::Env* env, const std::string& dir) {
  std::vector<std::string> names;
  if (!env->GetChildren(dir, &names).ok()) return {};
  std::vector<SegmentId> segments;
  for (const std::string& name : names) {
    if (const std::optional<SegmentId> id = SegmentFile::IdOf(name)) segments.push_back(*id);
  }
  std::sort(segments.begin(), segments.end());
  return segments;
}

absl::Status RemoveSegmentOf(leveldb::Env* env, const std::string& dir, SegmentId segment) {
  const std::string path = SegmentFile::PathOf(dir, segment);
  return FromLevelDb(env->RemoveFile(path), absl::StrCat("remove ", path));
}

}  // namespace

IndexDatabase::IndexDatabase(const SearchIndex::Options& options)
    : dir_(options.dir), env_(options.env), posting_cache_(options.posting_cache_bytes) {}

absl::StatusOr<std::unique_ptr<IndexDatabase>> IndexDatabase::Open(const SearchIndex::Options& options) {
  std::unique_ptr<IndexDatabase> database(new IndexDatabase(options));
  leveldb::Options leveldb_options;
  leveldb_options.env = options.env;
  leveldb_options.create_if_missing = true;
  leveldb_options.paranoid_checks = true;
  leveldb_options.write_buffer_size = kWriteBufferBytes;
  RETURN_IF_ERROR(FromLevelDb(ReopenableDb::Open(leveldb_options, options.dir, kBackgroundThread, &database->db_),
                              absl::StrCat("open the search index ", options.dir)));
  RETURN_IF_ERROR(database->CheckSchema());
  return database;
}

absl::Status IndexDatabase::Destroy(const SearchIndex::Options& options) {
  for (const SegmentId segment : SegmentsIn(options.env, options.dir)) {
    RETURN_IF_ERROR(RemoveSegmentOf(options.env, options.dir, segment));
  }
  leveldb::Options files;
  files.env = options.env;
  return FromLevelDb(leveldb::DestroyDB(options.dir, files), absl::StrCat("remove ", options.dir));
}

absl::Status IndexDatabase::CheckSchema() {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Find(IndexKey::OfSchema()));
  if (!value.has_value()) {
    const std::unique_ptr<leveldb::Iterator> iterator = ReopenableDb::NewIterator(db_->Current(), Checked());
    iterator->SeekToFirst();
    RETURN_IF_ERROR(FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_)));
    if (iterator->Valid()) {
      return DataCorruptedError(absl::StrCat(dir_, " is a LevelDB database without an index schema"));
    }
    leveldb::WriteBatch batch;
    batch.Put(IndexKey::OfSchema().slice(), absl::StrCat(kSchemaVersion));
    batch.Put(IndexKey::OfState().slice(), EncodeIndexState(IndexState()));
    return Write(&batch);
  }
  uint32_t version = 0;
  if (!absl::SimpleAtoi(*value, &version) || version == 0) {
    return DataCorruptedError(absl::StrCat("the schema version of the search index ", dir_, " does not parse"));
  }
  if (version < kSchemaVersion) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_OLD",
                     absl::StrCat("the search index ", dir_, " has schema version ", version, " and must be rebuilt"));
  }
  if (version > kSchemaVersion) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_NEW",
        absl::StrCat("the search index ", dir_, " has schema version ", version, "; this gisad knows up to ",
                     kSchemaVersion, ": run the gisad that wrote it, or a newer one"));
  }
  return absl::OkStatus();
}

absl::StatusOr<IndexState> IndexDatabase::ReadState() const {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, Find(IndexKey::OfState()));
  if (!bytes.has_value()) return DataCorruptedError(absl::StrCat("the search index ", dir_, " lacks its state"));
  IndexState state;
  RETURN_IF_ERROR(DecodeIndexState(*bytes, &state));
  return state;
}

absl::Status IndexDatabase::ReadRemoved(absl::FunctionRef<void(DocId)> visit) const {
  const IndexKey all = IndexKey::AllRemoved();
  const std::unique_ptr<leveldb::Iterator> iterator = ReopenableDb::NewIterator(db_->Current(), Checked());
  for (iterator->Seek(all.slice()); iterator->Valid(); iterator->Next()) {
    if (!absl::StartsWith(ToView(iterator->key()), all.bytes())) break;
    const std::optional<DocId> doc = ParseRemovedKey(ToView(iterator->key()));
    if (!doc.has_value()) return DataCorruptedError("a key of a removed document does not parse");
    visit(*doc);
  }
  return FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_));
}

std::vector<SegmentId> IndexDatabase::ListSegments() const { return SegmentsIn(env_, dir_); }

absl::StatusOr<std::unique_ptr<SegmentWriter>> IndexDatabase::NewSegment(SegmentId segment) const {
  return SegmentWriter::Create(env_, dir_, segment);
}

absl::StatusOr<std::shared_ptr<const SegmentFile>> IndexDatabase::OpenSegment(SegmentId segment) const {
  return SegmentFile::Open(dir_, segment);
}

absl::Status IndexDatabase::RemoveSegment(SegmentId segment) const { return RemoveSegmentOf(env_, dir_, segment); }

absl::StatusOr<std::optional<std::string>> IndexDatabase::Find(const IndexKey& key) const {
  std::string value;
  const leveldb::Status status = db_->Current()->Get(Checked(), key.slice(), &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromLevelDb(status, absl::StrCat("read the search index ", dir_)));
  return value;
}

absl::StatusOr<std::shared_ptr<const PostingChunk>> IndexDatabase::FindPostings(const SegmentFile& segment,
                                                                                absl::string_view term) const {
  return FindChunk(segment, IndexKey::OfPostings(segment.id(), term));
}

absl::StatusOr<std::shared_ptr<const PostingChunk>> IndexDatabase::FindTrigram(const SegmentFile& segment,
                                                                               const Trigram& trigram) const {
  return FindChunk(segment, IndexKey::OfTrigram(segment.id(), TextOf(trigram)));
}

absl::StatusOr<std::shared_ptr<const PostingChunk>> IndexDatabase::FindChunk(const SegmentFile& segment,
                                                                             const IndexKey& key) const {
  if (std::optional<PostingCache::Chunk> known = posting_cache_.FindChunk(key); known.has_value()) {
    return *std::move(known);
  }
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, segment.Find(key));
  PostingCache::Chunk chunk;
  if (bytes.has_value()) {
    ASSIGN_OR_RETURN(chunk, PostingChunk::Open(*std::move(bytes)));
  }
  posting_cache_.AddChunk(key, chunk);
  return chunk;
}

absl::StatusOr<std::shared_ptr<const OwnedPiece>> IndexDatabase::GetOccurrences(const SegmentFile& segment,
                                                                                absl::string_view term,
                                                                                const ChunkReader& postings,
                                                                                uint32_t piece) const {
  const IndexKey key = IndexKey::OfOccurrences(segment.id(), term, piece);
  if (std::optional<PostingCache::Piece> known = posting_cache_.FindPiece(key); known.has_value()) {
    return *std::move(known);
  }
  ASSIGN_OR_RETURN(std::string bytes, segment.Get(key));
  ASSIGN_OR_RETURN(PostingCache::Piece found, OwnedPiece::Open(std::move(bytes), postings.piece_block_count(piece)));
  posting_cache_.AddPiece(key, found);
  return found;
}

absl::Status IndexDatabase::Write(leveldb::WriteBatch* batch) {
  leveldb::WriteOptions options;
  options.sync = true;
  return FromLevelDb(db_->Write(options, batch), absl::StrCat("write to the search index ", dir_));
}

absl::Status IndexDatabase::Reopen(leveldb::WriteBatch* first) {
  return FromLevelDb(db_->Reopen(first), absl::StrCat("open the search index ", dir_, " again"));
}

uint64_t IndexDatabase::DiskBytes() const {
  std::vector<std::string> children;
  if (!env_->GetChildren(dir_, &children).ok()) return 0;
  uint64_t bytes = 0;
  for (const std::string& child : children) {
    uint64_t size = 0;
    if (child != "." && child != ".." && env_->GetFileSize(absl::StrCat(dir_, "/", child), &size).ok()) bytes += size;
  }
  return bytes;
}

}  // namespace gisa
