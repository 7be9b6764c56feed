#include "storage/leveldb/index_database.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/leveldb_status.h"

namespace gisa {
namespace {

// FORMAT.md has the history.
constexpr uint32_t kSchemaVersion = 6;

constexpr int kBloomBitsPerKey = 10;
constexpr size_t kMaxFileBytes = 32 << 20;

constexpr BackgroundThread kBackgroundThread = {"gisa-db-index", ThreadPriority::kBackground};

// Removed data below this is left to LevelDB's own compactions.
constexpr uint64_t kMinCompactedBytes = 8 << 20;
constexpr size_t kRemovalBatchBytes = 1 << 20;

absl::Status Corrupted(absl::string_view what) {
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", what);
}

}  // namespace

IndexDatabase::IndexDatabase(const SearchIndex::Options& options)
    : dir_(options.dir),
      env_(options.env),
      block_cache_(leveldb::NewLRUCache(0)),
      posting_cache_(options.posting_cache_bytes),
      filter_policy_(leveldb::NewBloomFilterPolicy(kBloomBitsPerKey)) {}

absl::StatusOr<std::unique_ptr<IndexDatabase>> IndexDatabase::Open(const SearchIndex::Options& options) {
  std::unique_ptr<IndexDatabase> database(new IndexDatabase(options));
  leveldb::Options leveldb_options;
  leveldb_options.env = options.env;
  leveldb_options.create_if_missing = true;
  leveldb_options.paranoid_checks = true;
  leveldb_options.write_buffer_size = options.write_buffer_bytes;
  leveldb_options.max_file_size = kMaxFileBytes;
  leveldb_options.max_open_files = options.max_open_files;
  leveldb_options.block_cache = database->block_cache_.get();
  leveldb_options.filter_policy = database->filter_policy_.get();
  leveldb_options.compression = leveldb::kNoCompression;  // postings are packed as it is
  RETURN_IF_ERROR(FromLevelDb(ReopenableDb::Open(leveldb_options, options.dir, kBackgroundThread, &database->db_),
                              absl::StrCat("open the search index ", options.dir)));
  RETURN_IF_ERROR(database->CheckSchema());
  return database;
}

absl::Status IndexDatabase::CheckSchema() {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Find(IndexKey::OfSchema(), TakeSnapshot()));
  if (!value.has_value()) {
    const std::unique_ptr<leveldb::Iterator> iterator = NewScan();
    iterator->SeekToFirst();
    RETURN_IF_ERROR(FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_)));
    if (iterator->Valid()) return Corrupted(absl::StrCat(dir_, " is a LevelDB database without an index schema"));
    leveldb::WriteBatch batch;
    batch.Put(IndexKey::OfSchema().slice(), absl::StrCat(kSchemaVersion));
    batch.Put(IndexKey::OfState().slice(), EncodeIndexState(IndexState()));
    RETURN_IF_ERROR(Write(&batch));
    StartNewFile();
    return absl::OkStatus();
  }
  uint32_t version = 0;
  if (!absl::SimpleAtoi(*value, &version) || version == 0) {
    return Corrupted(absl::StrCat("the schema version of the search index ", dir_, " does not parse"));
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
  ASSIGN_OR_RETURN(const std::string bytes, Get(IndexKey::OfState(), TakeSnapshot()));
  IndexState state;
  RETURN_IF_ERROR(DecodeIndexState(bytes, &state));
  return state;
}

absl::Status IndexDatabase::ReadRemoved(absl::FunctionRef<void(DocId)> visit) const {
  return ForEach(IndexKey::AllRemoved(), [visit](absl::string_view key, absl::string_view value) {
    const std::optional<DocId> doc = ParseRemovedKey(key);
    if (!doc.has_value()) return Corrupted("a key of a removed document does not parse");
    visit(*doc);
    return absl::OkStatus();
  });
}

absl::Status IndexDatabase::ReadValues(SegmentId segment,
                                       absl::FunctionRef<void(DocId, const DocValues&)> visit) const {
  return ForEach(IndexKey::AllValuesOf(segment), [visit](absl::string_view key, absl::string_view value) {
    const std::optional<DocId> first_doc = ParseValuesKey(key);
    return first_doc.has_value() ? DecodeValues(*first_doc, value, visit)
                                 : Corrupted("a key of document values does not parse");
  });
}

absl::StatusOr<std::vector<SegmentId>> IndexDatabase::ListSegments() const {
  std::vector<SegmentId> segments;
  const std::unique_ptr<leveldb::Iterator> iterator = NewScan();
  iterator->Seek(IndexKey::AllData().slice());
  while (iterator->Valid() && absl::StartsWith(ToView(iterator->key()), IndexKey::AllData().bytes())) {
    const std::optional<SegmentId> segment = ParseDataKey(ToView(iterator->key()));
    if (!segment.has_value()) return Corrupted("a key of a segment does not parse");
    segments.push_back(*segment);
    iterator->Seek(IndexKey::AfterAllOf(*segment).slice());
  }
  RETURN_IF_ERROR(FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_)));
  return segments;
}

absl::Status IndexDatabase::ForEach(
    const IndexKey& prefix,
    absl::FunctionRef<absl::Status(absl::string_view key, absl::string_view value)> visit) const {
  const std::unique_ptr<leveldb::Iterator> iterator = NewScan();
  for (iterator->Seek(prefix.slice()); iterator->Valid(); iterator->Next()) {
    if (!absl::StartsWith(ToView(iterator->key()), prefix.bytes())) break;
    RETURN_IF_ERROR(visit(ToView(iterator->key()), ToView(iterator->value())));
  }
  return FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_));
}

std::unique_ptr<leveldb::Iterator> IndexDatabase::NewIterator(const Snapshot& snapshot) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot.get();
  return ReopenableDb::NewIterator(snapshot.get_deleter().db, options);
}

std::unique_ptr<leveldb::Iterator> IndexDatabase::NewScan() const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.fill_cache = false;
  return ReopenableDb::NewIterator(db_->Current(), options);
}

absl::StatusOr<std::optional<std::string>> IndexDatabase::Find(const IndexKey& key, const Snapshot& snapshot) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot.get();
  std::string value;
  const leveldb::Status status = snapshot.get_deleter().db->Get(options, key.slice(), &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromLevelDb(status, absl::StrCat("read the search index ", dir_)));
  return value;
}

absl::StatusOr<std::string> IndexDatabase::Get(const IndexKey& key, const Snapshot& snapshot) const {
  ASSIGN_OR_RETURN(std::optional<std::string> value, Find(key, snapshot));
  if (!value.has_value()) return Corrupted(absl::StrCat("the search index ", dir_, " lacks a part"));
  return *std::move(value);
}

absl::StatusOr<std::shared_ptr<const PostingChunk>> IndexDatabase::FindPostings(SegmentId segment,
                                                                                absl::string_view term,
                                                                                const Snapshot& snapshot) const {
  const IndexKey key = IndexKey::OfPostings(segment, term);
  if (std::optional<PostingCache::Chunk> known = posting_cache_.FindChunk(key); known.has_value()) {
    return *std::move(known);
  }
  ASSIGN_OR_RETURN(std::optional<std::string> bytes, Find(key, snapshot));
  PostingCache::Chunk chunk;
  if (bytes.has_value()) {
    ASSIGN_OR_RETURN(chunk, PostingChunk::Open(*std::move(bytes)));
  }
  posting_cache_.AddChunk(key, chunk);
  return chunk;
}

absl::StatusOr<std::shared_ptr<const std::string>> IndexDatabase::GetOccurrences(SegmentId segment,
                                                                                 absl::string_view term, uint32_t piece,
                                                                                 const Snapshot& snapshot) const {
  const IndexKey key = IndexKey::OfOccurrences(segment, term, piece);
  if (std::optional<PostingCache::Piece> known = posting_cache_.FindPiece(key); known.has_value()) {
    return *std::move(known);
  }
  ASSIGN_OR_RETURN(std::string bytes, Get(key, snapshot));
  const auto found = std::make_shared<const std::string>(std::move(bytes));
  posting_cache_.AddPiece(key, found);
  return found;
}

absl::Status IndexDatabase::Write(leveldb::WriteBatch* batch) {
  leveldb::WriteOptions options;
  options.sync = true;
  return FromLevelDb(db_->Write(options, batch), absl::StrCat("write to the search index ", dir_));
}

// To compact a range LevelDB first writes out what it has in memory. This range is empty: there is nothing else to do.
void IndexDatabase::StartNewFile() {
  const IndexKey key = IndexKey::AfterAll();
  const leveldb::Slice range = key.slice();
  db_->Current()->CompactRange(&range, &range);
}

absl::Status IndexDatabase::Reopen(leveldb::WriteBatch* first) {
  return FromLevelDb(db_->Reopen(first), absl::StrCat("open the search index ", dir_, " again"));
}

absl::Status IndexDatabase::RemoveSegment(SegmentId segment, absl::FunctionRef<bool()> should_stop) {
  const IndexKey begin = IndexKey::AllOf(segment);
  const std::unique_ptr<leveldb::Iterator> iterator = NewScan();
  leveldb::WriteBatch batch;
  uint64_t removed_bytes = 0;
  iterator->Seek(begin.slice());
  while (true) {
    const bool at_end = !iterator->Valid() || !absl::StartsWith(ToView(iterator->key()), begin.bytes());
    if (at_end || batch.ApproximateSize() >= kRemovalBatchBytes) {
      if (should_stop()) return absl::CancelledError("the removal was given up");
      RETURN_IF_ERROR(FromLevelDb(db_->Write(leveldb::WriteOptions(), &batch), absl::StrCat("write to ", dir_)));
      batch.Clear();
    }
    if (at_end) break;
    batch.Delete(iterator->key());
    removed_bytes += iterator->key().size() + iterator->value().size();
    iterator->Next();
  }
  RETURN_IF_ERROR(FromLevelDb(iterator->status(), absl::StrCat("read the search index ", dir_)));
  if (removed_bytes >= kMinCompactedBytes) {
    const leveldb::Slice from = begin.slice();
    const IndexKey end = IndexKey::AfterAllOf(segment);
    const leveldb::Slice to = end.slice();
    db_->Current()->CompactRange(&from, &to);
  }
  return absl::OkStatus();
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
