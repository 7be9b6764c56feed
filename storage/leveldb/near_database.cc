#include "storage/leveldb/near_database.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "leveldb/db.h"
#include "leveldb/write_batch.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/shingle_set.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/near_database_keys.h"
#include "storage/leveldb/near_merge_policy.h"
#include "storage/leveldb/record_database.h"
#include "storage/leveldb/slice.h"

namespace gisa {
namespace {

// FORMAT.md has the history.
constexpr uint32_t kSchemaVersion = 4;

// The database has a few records only.
constexpr size_t kWriteBufferBytes = 1 << 20;

constexpr BackgroundThread kBackgroundThread = {"gisa-db-near", ThreadPriority::kBackground};

constexpr absl::string_view kRunSuffix = ".run";

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

std::string PathOfRun(const std::string& dir, uint64_t number) {
  return absl::StrFormat("%s/%06d%s", dir, number, kRunSuffix);
}

// The number of a run's file; nullopt for any other name.
std::optional<uint64_t> NumberOfRun(absl::string_view name) {
  uint64_t number = 0;
  if (!absl::ConsumeSuffix(&name, kRunSuffix) || !absl::SimpleAtoi(name, &number)) return std::nullopt;
  return number;
}

std::vector<std::string> RunFilesIn(const NearDatabase::Options& options) {
  std::vector<std::string> names;
  if (!options.env->GetChildren(options.dir, &names).ok()) return {};
  names.erase(std::remove_if(names.begin(), names.end(),
                             [](const std::string& name) { return !NumberOfRun(name).has_value(); }),
              names.end());
  return names;
}

// The value of a run's key: the name of its file, and its digest.
std::string RunValue(const NearRunFile& file) {
  return absl::StrCat(file.path().substr(file.path().rfind('/') + 1), " ", ToHex(file.digest()));
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
  leveldb_options.write_buffer_size = kWriteBufferBytes;
  RETURN_IF_ERROR(FromLevelDb(ReopenableDb::Open(leveldb_options, options.dir, kBackgroundThread, &database->db_),
                              database->Doing("open")));
  RETURN_IF_ERROR(database->CheckSchema());
  RETURN_IF_ERROR(database->OpenRuns());
  return database;
}

NearDatabase::~NearDatabase() { stopping_ = true; }

absl::Status NearDatabase::Destroy(const Options& options) {
  for (const std::string& name : RunFilesIn(options)) {
    const std::string path = absl::StrCat(options.dir, "/", name);
    RETURN_IF_ERROR(FromLevelDb(options.env->RemoveFile(path), absl::StrCat("remove ", path)));
  }
  leveldb::Options destroy;
  destroy.env = options.env;
  return FromLevelDb(leveldb::DestroyDB(options.dir, destroy), absl::StrCat("remove ", options.dir));
}

absl::Status NearDatabase::CheckSchema() {
  std::string schema;
  const leveldb::Status found = db_->Current()->Get(Checked(), NearDatabaseKey::OfSchema().slice(), &schema);
  if (found.IsNotFound()) {
    const auto iterator = ReopenableDb::NewIterator(db_->Current(), Checked());
    iterator->SeekToFirst();
    RETURN_IF_ERROR(FromLevelDb(iterator->status(), Doing("read")));
    if (iterator->Valid()) {
      return DataCorruptedError(absl::StrCat(options_.dir, " is a LevelDB database without a schema"));
    }
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
    return DataCorruptedError(absl::StrCat("the schema of the near-duplicate index ", options_.dir, " does not parse"));
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
  return DataCorruptedError(absl::StrCat("the state of the near-duplicate index ", options_.dir, " does not parse"));
}

// Opens the runs that the database names, and removes the files of others: of what was not finished, or was merged.
absl::Status NearDatabase::OpenRuns() {
  NearRuns runs;
  std::vector<std::string> others = RunFilesIn(options_);
  for (const std::string& name : others) next_file_ = std::max<uint64_t>(next_file_, *NumberOfRun(name) + 1);
  const auto iterator = ReopenableDb::NewIterator(db_->Current(), Checked());
  const NearDatabaseKey all = NearDatabaseKey::AllRuns();
  for (iterator->Seek(all.slice()); iterator->Valid(); iterator->Next()) {
    const absl::string_view key = ToView(iterator->key());
    if (!absl::StartsWith(key, all.bytes())) break;
    const std::vector<std::string> value = absl::StrSplit(ToView(iterator->value()), ' ');
    if (value.size() != 2) return DataCorruptedError("a run's record in the near-duplicate index does not parse");
    ASSIGN_OR_RETURN(std::shared_ptr<const NearRunFile> file,
                     NearRunFile::Open(absl::StrCat(options_.dir, "/", value[0])));
    const uint32_t first_doc = file->run().first_doc();
    const bool overlaps = !runs.empty() && first_doc < runs.back()->run().first_doc() + runs.back()->run().span();
    if (ToHex(file->digest()) != value[1] || NearDatabaseKey::OfRun(first_doc).bytes() != key || overlaps) {
      return DataCorruptedError(absl::StrCat("the file ", file->path(), " is not as it was written"));
    }
    runs.push_back(std::move(file));
    others.erase(std::remove(others.begin(), others.end(), value[0]), others.end());
  }
  RETURN_IF_ERROR(FromLevelDb(iterator->status(), Doing("read")));
  for (const std::string& name : others) options_.env->RemoveFile(absl::StrCat(options_.dir, "/", name));
  absl::MutexLock lock(&runs_mutex_);
  runs_ = std::make_shared<const NearRuns>(std::move(runs));
  return absl::OkStatus();
}

absl::Status NearDatabase::Write(const SketchTable& table, uint64_t up_to) {
  leveldb::WriteBatch batch;
  batch.Put(NearDatabaseKey::OfState().slice(), absl::StrCat(up_to));
  if (table.documents() == 0) return Commit(&batch);
  const std::string path = NextPath();
  absl::StatusOr<std::shared_ptr<const NearRunFile>> file = WriteNearRun(table, options_.env, path);
  if (!file.ok()) {
    options_.env->RemoveFile(path);
    return file.status();
  }
  batch.Put(NearDatabaseKey::OfRun(table.first_doc()).slice(), RunValue(**file));
  RETURN_IF_ERROR(Commit(&batch));
  {
    absl::MutexLock lock(&runs_mutex_);
    auto runs = std::make_shared<NearRuns>(*runs_);
    runs->push_back(*std::move(file));
    runs_ = std::move(runs);
  }
  merger_.Add([this] { MergeRuns(); });
  return absl::OkStatus();
}

absl::Status NearDatabase::Commit(leveldb::WriteBatch* batch) {
  if (db_->HasFailed()) RETURN_IF_ERROR(FromLevelDb(db_->Reopen(nullptr), Doing("reopen")));
  return FromLevelDb(db_->Write(Synced(), batch), Doing("write"));
}

void NearDatabase::MergeRuns() {
  // What failed is tried again after the next write.
  while (MergeOnce().value_or(false)) {
  }
}

absl::StatusOr<bool> NearDatabase::MergeOnce() {
  const std::shared_ptr<const NearRuns> runs = this->runs();
  // Those whose documents can be in one run.
  size_t begin = runs->size();
  while (begin > 0 &&
         runs->back()->run().first_doc() + runs->back()->run().span() - (*runs)[begin - 1]->run().first_doc() <=
             RunEntry::kOffsetLimit) {
    --begin;
  }
  std::vector<uint64_t> sizes;
  for (size_t i = begin; i < runs->size(); ++i) sizes.push_back((*runs)[i]->run().entries());
  begin += FirstRunToMerge(sizes);
  const auto merged = absl::MakeConstSpan(*runs).subspan(begin);
  if (merged.empty()) return false;

  const std::string path = NextPath();
  absl::StatusOr<std::shared_ptr<const NearRunFile>> file = MergeNearRuns(merged, stopping_, options_.env, path);
  if (!file.ok()) {
    options_.env->RemoveFile(path);
    return file.status();
  }
  leveldb::WriteBatch batch;
  for (const auto& run : merged) batch.Delete(NearDatabaseKey::OfRun(run->run().first_doc()).slice());
  batch.Put(NearDatabaseKey::OfRun((*file)->run().first_doc()).slice(), RunValue(**file));
  RETURN_IF_ERROR(Commit(&batch));
  {
    absl::MutexLock lock(&runs_mutex_);
    auto left = std::make_shared<NearRuns>(*runs_);  // newer ones may have come
    left->erase(left->begin() + static_cast<ptrdiff_t>(begin),
                left->begin() + static_cast<ptrdiff_t>(begin + merged.size()));
    left->insert(left->begin() + static_cast<ptrdiff_t>(begin), *std::move(file));
    runs_ = std::move(left);
  }
  for (const auto& run : merged) options_.env->RemoveFile(run->path());
  return true;
}

std::string NearDatabase::NextPath() { return PathOfRun(options_.dir, next_file_++); }

uint64_t NearDatabase::DiskBytes() const { return BytesOfFiles(options_.env, options_.dir); }

}  // namespace gisa
