#ifndef GISA_STORAGE_LEVELDB_FENCED_ENV_H_
#define GISA_STORAGE_LEVELDB_FENCED_ENV_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/env.h"
#include "storage/base/thread.h"
#include "storage/leveldb/worker.h"

namespace gisa {

// What a database's own work in the background runs on.
struct BackgroundThread {
  const char* name = "gisa-leveldb";  // see StartThread
  ThreadPriority priority = ThreadPriority::kWrite;
};

// The Env of one opening of a database, which can be cut off from the files: behind the fence LevelDB, whose threads
// know nothing of it, still reads and can no longer change anything. So two openings of one folder can be alive at a
// time, the older one behind its fence. The folder's lock is not taken here, but by whoever has both.
//
// Thread-safe.
class FencedEnv : public leveldb::EnvWrapper {
 public:
  // `base` must outlive this. What LevelDB schedules runs on a thread as `background` says, for LevelDB's own has the
  // priority of whoever came first. While `older_are_read` returns true, files that this did not make are not removed:
  // an older opening may read them. LevelDB looks for what it does not need again and again.
  FencedEnv(leveldb::Env* base, absl::AnyInvocable<bool() const> older_are_read, const BackgroundThread& background);

  // When this returns, no change is under way, and every later one fails.
  void Fence();

  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status RemoveFile(const std::string& path) override;
  leveldb::Status RenameFile(const std::string& from, const std::string& to) override;
  leveldb::Status LockFile(const std::string& path, leveldb::FileLock** lock) override;
  leveldb::Status UnlockFile(leveldb::FileLock* lock) override;
  void Schedule(void (*function)(void*), void* arg) override;

 private:
  class File;

  leveldb::Status CheckFence() const ABSL_SHARED_LOCKS_REQUIRED(fence_);

  const absl::AnyInvocable<bool() const> older_are_read_;

  absl::Mutex fence_;  // shared by changes under way
  bool fenced_ ABSL_GUARDED_BY(fence_) = false;

  absl::Mutex made_mutex_ ABSL_ACQUIRED_AFTER(fence_);
  absl::flat_hash_set<std::string> made_ ABSL_GUARDED_BY(made_mutex_);  // and not removed or renamed since

  Worker worker_;  // last: what it runs uses all of the above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_FENCED_ENV_H_
