#include "storage/leveldb/near_database.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "leveldb/db.h"
#include "leveldb/write_batch.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/hash_chunk.h"
#include "storage/dedup/shingle_set.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/near_database_keys.h"
#include "storage/leveldb/record_database.h"

namespace gisa {
namespace {

// FORMAT.md has the history.
constexpr uint32_t kSchemaVersion = 2;

absl::string_view ToView(const leveldb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status Corrupted(absl::string_view what) {
  return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", what);
}

leveldb::ReadOptions Checked() {
  leveldb::ReadOptions read;
  read.verify_checksums = true;
  return read;
}

leveldb::WriteOptions Synced() {
  leveldb::WriteOptions write;
  write.sync = true;
  return write;
}

// The version, and everything that the hashes depend on.
std::string Schema() {
  const SketchShape& shape = kSketchShape;
  return absl::StrCat(kSchemaVersion, " shingle=", kShingleLength, " bands=", shape.lsh.bands, " rows=", shape.lsh.rows,
                      " fingerprint=", shape.kept.length, " window=", shape.kept.window,
                      " max=", shape.max_kept_fingerprints);
}

}  // namespace

std::string NearDatabase::Doing(absl::string_view verb) const {
  return absl::StrCat(verb, " the near-duplicate index ", options_.dir);
}

absl::StatusOr<std::unique_ptr<NearDatabase>> NearDatabase::Open(const Options& options) {
  std::unique_ptr<NearDatabase> database(new NearDatabase(options));
  leveldb::Options leveldb_options;
  leveldb_options.env = options.env;
  leveldb_options.create_if_missing = true;
  leveldb_options.paranoid_checks = true;
  leveldb_options.write_buffer_size = options.write_buffer_bytes;
  leveldb_options.max_open_files = options.max_open_files;
  leveldb_options.block_cache = database->block_cache_.get();
  leveldb_options.compression = leveldb::kNoCompression;  // hashes are as random as anything
  RETURN_IF_ERROR(
      FromLevelDb(ReopenableDb::Open(leveldb_options, options.dir, &database->db_), database->Doing("open")));
  RETURN_IF_ERROR(database->CheckSchema());
  return database;
}

absl::Status NearDatabase::CheckSchema() {
  std::string schema;
  const leveldb::Status found = db_->Current()->Get(Checked(), NearDatabaseKey::OfSchema().slice(), &schema);
  if (found.IsNotFound()) {
    const auto iterator = ReopenableDb::NewIterator(db_->Current(), Checked());
    iterator->SeekToFirst();
    RETURN_IF_ERROR(FromLevelDb(iterator->status(), Doing("read")));
    if (iterator->Valid()) return Corrupted(absl::StrCat(options_.dir, " is a LevelDB database without a schema"));
    leveldb::WriteBatch batch;
    batch.Put(NearDatabaseKey::OfSchema().slice(), Schema());
    batch.Put(NearDatabaseKey::OfState().slice(), "0");
    return FromLevelDb(db_->Write(Synced(), &batch), Doing("create"));
  }
  RETURN_IF_ERROR(FromLevelDb(found, Doing("read")));
  if (schema == Schema()) return absl::OkStatus();
  uint32_t version = 0;
  const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(schema, absl::MaxSplits(' ', 1));
  if (!absl::SimpleAtoi(parts.first, &version) || version == 0) {
    return Corrupted(absl::StrCat("the schema of the near-duplicate index ", options_.dir, " does not parse"));
  }
  if (version <= kSchemaVersion) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_OLD",
                     absl::StrCat("the near-duplicate index ", options_.dir, " has the schema \"", schema, "\", not \"",
                                  Schema(), "\", and must be rebuilt"));
  }
  return MakeError(
      absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_NEW",
      absl::StrCat("the near-duplicate index ", options_.dir, " has schema version ", version,
                   "; this gisad knows up to ", kSchemaVersion, ": run the gisad that wrote it, or a newer one"));
}

absl::StatusOr<uint64_t> NearDatabase::ReadIndexedUpTo() const {
  std::string state;
  RETURN_IF_ERROR(
      FromLevelDb(db_->Current()->Get(Checked(), NearDatabaseKey::OfState().slice(), &state), Doing("read")));
  uint64_t up_to = 0;
  if (absl::SimpleAtoi(state, &up_to)) return up_to;
  return Corrupted(absl::StrCat("the state of the near-duplicate index ", options_.dir, " does not parse"));
}

absl::Status NearDatabase::ReadCounts(
    absl::FunctionRef<void(uint32_t first_doc, std::vector<uint8_t> counts)> visit) const {
  leveldb::ReadOptions scan = Checked();
  scan.fill_cache = false;
  const auto iterator = ReopenableDb::NewIterator(db_->Current(), scan);
  const NearDatabaseKey all = NearDatabaseKey::AllCounts();
  for (iterator->Seek(all.slice()); iterator->Valid(); iterator->Next()) {
    const absl::string_view key = ToView(iterator->key());
    if (!absl::StartsWith(key, all.bytes())) break;
    const std::optional<uint32_t> first_doc = FirstDocOfKey(key);
    if (!first_doc.has_value()) return Corrupted("a key of the near-duplicate index does not parse");
    const absl::string_view counts = ToView(iterator->value());
    visit(*first_doc, std::vector<uint8_t>(counts.begin(), counts.end()));
  }
  return FromLevelDb(iterator->status(), Doing("read"));
}

absl::Status NearDatabase::Write(const SketchTable& table, uint64_t up_to) {
  if (db_->HasFailed()) RETURN_IF_ERROR(FromLevelDb(db_->Reopen(nullptr), Doing("reopen")));
  leveldb::WriteBatch batch;
  const std::vector<uint64_t> entries = table.SortedEntries();
  for (size_t begin = 0; begin < entries.size();) {
    const uint32_t bucket = BucketOf(entries[begin]);
    size_t end = begin + 1;
    while (end < entries.size() && BucketOf(entries[end]) == bucket) ++end;
    batch.Put(NearDatabaseKey::OfHashes(bucket, table.first_doc()).slice(),
              EncodeHashChunk(absl::MakeConstSpan(entries).subspan(begin, end - begin)));
    begin = end;
  }
  if (table.documents() > 0) {
    const std::vector<uint8_t>& counts = table.fingerprint_counts();
    batch.Put(NearDatabaseKey::OfCounts(table.first_doc()).slice(),
              leveldb::Slice(reinterpret_cast<const char*>(counts.data()), counts.size()));
  }
  batch.Put(NearDatabaseKey::OfState().slice(), absl::StrCat(up_to));
  return FromLevelDb(db_->Write(Synced(), &batch), Doing("write"));
}

absl::StatusOr<bool> NearDatabase::Find(const Snapshot& snapshot, absl::Span<const uint64_t> hashes, uint64_t limit,
                                        absl::FunctionRef<void(size_t position, uint32_t doc)> visit) const {
  leveldb::ReadOptions read = Checked();
  read.snapshot = snapshot.get();
  const auto iterator = ReopenableDb::NewIterator(snapshot.get_deleter().db, read);
  bool is_complete = true;
  for (size_t begin = 0; begin < hashes.size();) {
    const uint32_t bucket = BucketOf(hashes[begin]);
    size_t end = begin + 1;
    while (end < hashes.size() && BucketOf(hashes[end]) == bucket) ++end;
    const NearDatabaseKey prefix = NearDatabaseKey::HashesOf(bucket);
    for (iterator->Seek(prefix.slice()); iterator->Valid(); iterator->Next()) {
      const absl::string_view key = ToView(iterator->key());
      if (!absl::StartsWith(key, prefix.bytes())) break;
      const std::optional<uint32_t> first_doc = FirstDocOfKey(key);
      if (!first_doc.has_value() || !IsHashChunk(ToView(iterator->value()))) {
        return Corrupted("a chunk of the near-duplicate index does not parse");
      }
      if (*first_doc >= limit) break;
      for (size_t i = begin; i < end; ++i) {
        is_complete &= FindInHashChunk(ToView(iterator->value()), hashes[i], [&](uint32_t offset) {
          if (uint64_t{*first_doc} + offset < limit) visit(i, *first_doc + offset);
        });
      }
    }
    begin = end;
  }
  // It passes over a block that it cannot read.
  RETURN_IF_ERROR(FromLevelDb(iterator->status(), Doing("read")));
  return is_complete;
}

absl::Status NearDatabase::ReadBucket(const Snapshot& snapshot, uint32_t bucket, uint64_t up_to,
                                      std::vector<uint64_t>* out) const {
  leveldb::ReadOptions read = Checked();
  read.snapshot = snapshot.get();
  read.fill_cache = false;
  const auto iterator = ReopenableDb::NewIterator(snapshot.get_deleter().db, read);
  const NearDatabaseKey prefix = NearDatabaseKey::HashesOf(bucket);
  for (iterator->Seek(prefix.slice()); iterator->Valid(); iterator->Next()) {
    const absl::string_view key = ToView(iterator->key());
    if (!absl::StartsWith(key, prefix.bytes())) break;
    const std::optional<uint32_t> first_doc = FirstDocOfKey(key);
    if (!first_doc.has_value() || !IsHashChunk(ToView(iterator->value()))) {
      return Corrupted("a chunk of the near-duplicate index does not parse");
    }
    ReadHashChunk(ToView(iterator->value()), [&](uint32_t stored_hash, uint32_t offset) {
      const uint64_t doc = uint64_t{*first_doc} + offset;
      if (doc <= up_to) out->push_back(uint64_t{stored_hash >> 4} << 32 | doc);
    });
  }
  return FromLevelDb(iterator->status(), Doing("read"));
}

uint64_t NearDatabase::DiskBytes() const { return BytesOfFiles(options_.env, options_.dir); }

}  // namespace gisa
