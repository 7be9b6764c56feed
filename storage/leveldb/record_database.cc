#include "storage/leveldb/record_database.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/leveldb_status.h"

namespace gisa {
namespace {

constexpr int kBloomBitsPerKey = 10;

// Commits wait for it when it does not keep up.
constexpr BackgroundThread kBackgroundThread = {"gisa-db-records", ThreadPriority::kWrite};

leveldb::Options MakeOptions(const RecordDatabase::Options& options, leveldb::Env* env, leveldb::Cache* cache,
                             const leveldb::FilterPolicy* filter_policy) {
  leveldb::Options made;
  made.env = env;
  made.paranoid_checks = true;
  made.write_buffer_size = options.write_buffer_bytes;
  made.max_file_size = options.max_file_bytes;
  made.block_cache = cache;
  made.filter_policy = filter_policy;
  made.max_open_files = options.max_open_files;
  return made;
}

absl::Status NotAGisaDatabase(absl::string_view dir, absl::string_view why) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "NOT_A_GISA_DATABASE",
                   absl::StrCat(dir, " is not a gisa data folder: ", why,
                                "; expected an empty or new folder, or one "
                                "that gisad made"));
}

// Makes `dir` where it is missing; its parent is there.
absl::Status MakeDir(leveldb::Env* env, const std::string& dir) {
  const leveldb::Status made = env->CreateDir(dir);
  std::vector<std::string> children;
  const leveldb::Status listed = env->GetChildren(dir, &children);
  if (listed.ok()) return absl::OkStatus();
  return FromLevelDb(listed.IsNotFound() ? made : listed, absl::StrCat("open the folder ", dir));
}

// The same with missing parents.
absl::Status MakeDirs(leveldb::Env* env, const std::string& dir) {
  for (size_t slash = dir.find('/', 1); slash != std::string::npos; slash = dir.find('/', slash + 1)) {
    env->CreateDir(dir.substr(0, slash));  // a failure shows in the last one
  }
  return MakeDir(env, dir);
}

// A new database is made only where nothing else could be meant.
absl::Status CheckFolderIsFree(leveldb::Env* env, const std::string& data_dir) {
  std::vector<std::string> children;
  RETURN_IF_ERROR(FromLevelDb(env->GetChildren(data_dir, &children), absl::StrCat("list ", data_dir)));
  for (const std::string& child : children) {
    // A file system's root has lost+found; `records` without CURRENT is left by a crash before the first open ended.
    if (child == "." || child == ".." || child == "lost+found" || child == "records") continue;
    return NotAGisaDatabase(data_dir, absl::StrCat("it holds '", child, "' and no records/CURRENT"));
  }
  return absl::OkStatus();
}

// Notes the keys of a batch.
class KeyNoter : public leveldb::WriteBatch::Handler {
 public:
  KeyNoter(uint64_t write, RecentWrites* recent) : write_(write), recent_(*recent) {}

  void Put(const leveldb::Slice& key, const leveldb::Slice& value) override { Delete(key); }
  void Delete(const leveldb::Slice& key) override { recent_.Note({key.data(), key.size()}, write_); }

 private:
  const uint64_t write_;
  RecentWrites& recent_;
};

}  // namespace

uint64_t BytesOfFiles(leveldb::Env* env, const std::string& dir) {
  std::vector<std::string> children;
  if (!env->GetChildren(dir, &children).ok()) return 0;
  uint64_t bytes = 0;
  for (const std::string& child : children) {
    uint64_t size = 0;
    if (child != "." && child != ".." && env->GetFileSize(absl::StrCat(dir, "/", child), &size).ok()) bytes += size;
  }
  return bytes;
}

absl::StatusOr<std::optional<std::string>> RecordDatabase::View::Get(const RecordKey& key) const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot_.get();
  std::string value;
  const leveldb::Status status = db_->Get(options, key.slice(), &value);
  if (status.ok()) return std::optional<std::string>(std::move(value));
  if (status.IsNotFound()) return std::optional<std::string>();
  std::string what = absl::StrCat("read ", DescribeKey(key.bytes()));
  if (status.IsCorruption()) absl::StrAppend(&what, " from ", FileNamingEnv::LastFileRead());
  return FromLevelDb(status, what);
}

std::unique_ptr<leveldb::Iterator> RecordDatabase::View::NewIterator() const {
  leveldb::ReadOptions options;
  options.verify_checksums = true;
  options.snapshot = snapshot_.get();
  return ReopenableDb::NewIterator(db_, options);
}

RecordDatabase::RecordDatabase(const Options& options, std::string dir)
    : dir_(std::move(dir)),
      env_(std::make_unique<FileNamingEnv>(options.env)),
      block_cache_(leveldb::NewLRUCache(options.block_cache_bytes)),
      filter_policy_(leveldb::NewBloomFilterPolicy(kBloomBitsPerKey)),
      options_(MakeOptions(options, env_.get(), block_cache_.get(), filter_policy_.get())) {}

absl::StatusOr<std::unique_ptr<RecordDatabase>> RecordDatabase::Open(const Options& options) {
  RETURN_IF_ERROR(MakeDirs(options.env, options.data_dir));
  const std::string dir = absl::StrCat(options.data_dir, "/records");
  if (!options.env->FileExists(absl::StrCat(dir, "/CURRENT"))) {
    RETURN_IF_ERROR(CheckFolderIsFree(options.env, options.data_dir));
  }
  RETURN_IF_ERROR(MakeDir(options.env, dir));
  std::unique_ptr<RecordDatabase> database(new RecordDatabase(options, dir));
  RETURN_IF_ERROR(database->OpenFiles());
  RETURN_IF_ERROR(database->CheckSchema());
  RETURN_IF_ERROR(database->LoadTextDictionaries());
  return database;
}

absl::Status RecordDatabase::OpenFiles() {
  leveldb::Options options = options_;
  options.create_if_missing = true;
  return FromLevelDb(ReopenableDb::Open(options, dir_, kBackgroundThread, &db_), absl::StrCat("open ", dir_));
}

absl::Status RecordDatabase::CheckSchema() {
  ASSIGN_OR_RETURN(const std::optional<std::string> schema, Latest().Get(RecordKey::OfSchema()));
  if (!schema.has_value()) {
    const View view = Latest();
    const auto iterator = view.NewIterator();
    iterator->SeekToFirst();
    if (iterator->Valid()) return NotAGisaDatabase(dir_, "it is a LevelDB database with no gisa schema version");
    RETURN_IF_ERROR(IteratorError(*iterator, "read the first record"));
    return WriteSchema();
  }
  uint32_t version = 0;
  if (!absl::SimpleAtoi(*schema, &version) || version == 0) return MalformedRecord(RecordKey::OfSchema().bytes());
  if (version > kSchemaVersion) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_NEW",
                     absl::StrCat(dir_, " has schema version ", version, "; this gisad knows up to ", kSchemaVersion,
                                  ": run the gisad that wrote it, or a newer one"));
  }
  if (version < kOldestSchemaVersion) {
    return MakeError(
        absl::StatusCode::kFailedPrecondition, "SCHEMA_TOO_OLD",
        absl::StrCat(dir_, " has schema version ", version, ", which no release wrote; this gisad knows ",
                     kSchemaVersion, ": export the archive with the gisad that wrote it, and ingest it anew"));
  }
  return version == kSchemaVersion ? absl::OkStatus() : WriteSchema();
}

absl::Status RecordDatabase::WriteSchema() {
  leveldb::WriteBatch batch;
  batch.Put(RecordKey::OfSchema().slice(), absl::StrCat(kSchemaVersion));
  return Write(&batch, /*sync=*/true);
}

absl::Status RecordDatabase::LoadTextDictionaries() {
  for (uint32_t id = 1; id <= kMaxTextDictionaries; ++id) {
    ASSIGN_OR_RETURN(const std::optional<std::string> dictionary, Latest().Get(RecordKey::OfTextDictionary(id)));
    if (dictionary.has_value()) RETURN_IF_ERROR(UseTextDictionary(*dictionary));
  }
  return absl::OkStatus();
}

RecordDatabase::View RecordDatabase::Now() const {
  const uint64_t writes_seen = writes_.load(std::memory_order_acquire);  // before the snapshot, which may see more
  ReopenableDb::Snapshot snapshot = db_->TakeSnapshot();
  std::shared_ptr<leveldb::DB> db = snapshot.get_deleter().db;
  return {writes_seen, std::move(db), std::move(snapshot)};
}

RecordDatabase::View RecordDatabase::Latest() const {
  return {writes_.load(std::memory_order_acquire), db_->Current(), ReopenableDb::Snapshot()};
}

absl::Status RecordDatabase::Write(leveldb::WriteBatch* batch, bool sync) {
  // Whether it succeeds or not: one that fails may be there after all when the database is opened again.
  KeyNoter noter(writes_.load(std::memory_order_relaxed) + 1, &recent_writes_);
  RETURN_IF_ERROR(FromLevelDb(batch->Iterate(&noter), "read a batch of writes"));
  leveldb::WriteOptions options;
  options.sync = sync;
  RETURN_IF_ERROR(FromLevelDb(db_->Write(options, batch), absl::StrCat("write to ", dir_)));
  writes_.fetch_add(1, std::memory_order_release);
  return absl::OkStatus();
}

absl::Status RecordDatabase::Reopen() {
  return FromLevelDb(db_->Reopen(/*first=*/nullptr), absl::StrCat("open ", dir_, " again"));
}

absl::Status RecordDatabase::IteratorError(const leveldb::Iterator& iterator, absl::string_view what) const {
  const leveldb::Status status = iterator.status();
  if (!status.IsCorruption()) return FromLevelDb(status, what);
  // One step may read several files, of which the damaged one need not be the last.
  return FromLevelDb(status, absl::StrCat(what, " (the last file read is ", FileNamingEnv::LastFileRead(), ")"));
}

uint64_t RecordDatabase::DiskBytes() const { return BytesOfFiles(env_.get(), dir_); }

absl::Status RecordDatabase::MalformedRecord(absl::string_view key_bytes) {
  return DataCorruptedError(absl::StrCat("the record of ", DescribeKey(key_bytes), " does not parse"));
}

}  // namespace gisa
