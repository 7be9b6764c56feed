#ifndef GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_
#define GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/env.h"
#include "leveldb/write_batch.h"
#include "storage/dedup/sketch_table.h"
#include "storage/leveldb/near_run_file.h"
#include "storage/leveldb/reopenable_db.h"
#include "storage/leveldb/worker.h"

namespace gisa {

// DIR/near: the hashes of sketches in runs, a file each, and the LevelDB database that says which those are. FORMAT.md
// describes it. A thread of its own merges runs as they become many.
//
// Thread-safe, but Write must be called by one thread at a time.
class NearDatabase {
 public:
  struct Options {
    std::string dir;
    leveldb::Env* env = leveldb::Env::Default();
  };

  // Opens or creates it. FAILED_PRECONDITION SCHEMA_TOO_OLD (also when sketches are made otherwise today) and INTERNAL
  // DATA_CORRUPTED: it may be destroyed and rebuilt. FAILED_PRECONDITION SCHEMA_TOO_NEW, UNAVAILABLE STORAGE_LOCKED,
  // PERMISSION_DENIED STORAGE_NO_PERMISSION.
  static absl::StatusOr<std::unique_ptr<NearDatabase>> Open(const Options& options);
  ~NearDatabase();

  // Removes one that nobody has open.
  static absl::Status Destroy(const Options& options);

  // The sequence up to which it is complete.
  absl::StatusOr<uint64_t> ReadIndexedUpTo() const;

  // Writes a table, which makes the database complete up to `up_to`: all or nothing, and synced. One that failed may
  // turn out to have been written; it does no harm to write it again.
  absl::Status Write(const SketchTable& table, uint64_t up_to);

  // What has been written, in the order of the documents.
  std::shared_ptr<const NearRuns> runs() const ABSL_LOCKS_EXCLUDED(runs_mutex_) {
    absl::ReaderMutexLock lock(&runs_mutex_);
    return runs_;
  }

  uint64_t DiskBytes() const;

 private:
  explicit NearDatabase(const Options& options) : options_(options) {}

  absl::Status CheckSchema();
  absl::Status OpenRuns();
  std::string NextPath();
  absl::Status Commit(leveldb::WriteBatch* batch);
  // Merges until nothing is to be.
  void MergeRuns();
  absl::StatusOr<bool> MergeOnce();
  std::string Doing(absl::string_view verb) const;

  const Options options_;
  std::unique_ptr<ReopenableDb> db_;
  std::atomic<uint64_t> next_file_ = 1;
  std::atomic<bool> stopping_ = false;

  mutable absl::Mutex runs_mutex_;
  std::shared_ptr<const NearRuns> runs_ ABSL_GUARDED_BY(runs_mutex_) = std::make_shared<NearRuns>();

  Worker merger_{"gisa-near-merge", ThreadPriority::kBackground};  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_
