#ifndef GISA_STORAGE_LEVELDB_REOPENABLE_DB_H_
#define GISA_STORAGE_LEVELDB_REOPENABLE_DB_H_

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/db.h"
#include "leveldb/env.h"
#include "leveldb/options.h"
#include "leveldb/status.h"
#include "leveldb/write_batch.h"
#include "storage/leveldb/fenced_env.h"

namespace gisa {

// A LevelDB database that can be opened anew in place. After a failed write its log may end in half a record, behind
// which nothing may be written, and an error of LevelDB's background thread stays for ever: only a new opening helps.
// The old one goes on being read meanwhile, and goes with its last reader. See docs/adr/0009.
//
// Thread-safe.
class ReopenableDb {
 public:
  // What gives its opening of the database back only with itself.
  struct Release {
    std::shared_ptr<leveldb::DB> db;
    void operator()(const leveldb::Snapshot* snapshot) const { db->ReleaseSnapshot(snapshot); }
  };
  using Snapshot = std::unique_ptr<const leveldb::Snapshot, Release>;

  // As leveldb::DB::Open; what LevelDB does in the background, it does on a thread of its own. What `options` points to
  // must outlive the result.
  static leveldb::Status Open(const leveldb::Options& options, const std::string& dir,
                              const BackgroundThread& background, std::unique_ptr<ReopenableDb>* result);

  // Nothing that was taken from it may be left.
  ~ReopenableDb();

  ReopenableDb(const ReopenableDb&) = delete;
  ReopenableDb& operator=(const ReopenableDb&) = delete;

  // What to read from now. Whoever keeps it keeps this opening.
  std::shared_ptr<leveldb::DB> Current() const ABSL_LOCKS_EXCLUDED(current_mutex_);

  Snapshot TakeSnapshot() const;

  // An iterator over `db`, which it keeps.
  static std::unique_ptr<leveldb::Iterator> NewIterator(std::shared_ptr<leveldb::DB> db,
                                                        const leveldb::ReadOptions& options);

  // Applies the batch. When a write fails it may have been applied or not, which the next opening shows; until then
  // nothing more is written, and all writes return the first one's error.
  leveldb::Status Write(const leveldb::WriteOptions& options, leveldb::WriteBatch* batch)
      ABSL_LOCKS_EXCLUDED(write_mutex_);

  // Whether a write has failed since the last opening.
  bool HasFailed() const ABSL_LOCKS_EXCLUDED(write_mutex_);

  // If a write has failed: opens the database anew, writes `first` (may be null), synced, and lets others read and
  // write. When that fails all stays as it was.
  leveldb::Status Reopen(leveldb::WriteBatch* first) ABSL_LOCKS_EXCLUDED(write_mutex_);

 private:
  struct Opening;

  ReopenableDb(const leveldb::Options& options, std::string dir, const BackgroundThread& background)
      : options_(options), dir_(std::move(dir)), background_(background) {}

  leveldb::Status OpenFiles(leveldb::Options options, std::shared_ptr<Opening>* opening);
  std::shared_ptr<Opening> CurrentOpening() const ABSL_LOCKS_EXCLUDED(current_mutex_);

  const leveldb::Options options_;
  const std::string dir_;
  const BackgroundThread background_;
  leveldb::FileLock* lock_ = nullptr;
  std::atomic<int> openings_ = 0;  // that are alive

  mutable absl::Mutex write_mutex_;  // held while writing, so that nothing is written behind a failed write
  leveldb::Status write_error_ ABSL_GUARDED_BY(write_mutex_);

  mutable absl::Mutex current_mutex_ ABSL_ACQUIRED_AFTER(write_mutex_);
  std::shared_ptr<Opening> current_ ABSL_GUARDED_BY(current_mutex_);
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_REOPENABLE_DB_H_
