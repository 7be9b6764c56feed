#ifndef GISA_TESTS_SUPPORT_UNSYNCED_LOSS_ENV_H_
#define GISA_TESTS_SUPPORT_UNSYNCED_LOSS_ENV_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/env.h"

namespace gisa {

// An Env that can lose power: what was not synced is gone. Usage: CutPower, destroy what uses the files, RestorePower,
// open again.
//
// Thread-safe.
class UnsyncedLossEnv : public leveldb::EnvWrapper {
 public:
  UnsyncedLossEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}
  ~UnsyncedLossEnv() override;

  // From now on every write, sync, rename and removal fails and changes nothing.
  void CutPower();

  // Does so of itself after this many more of them.
  void CutPowerAfter(uint64_t operations);

  // Cuts every file back to what was synced, and lets writes succeed again. All files must be closed. Of what was not
  // synced, `kept_share` (0 to 1) survives: a disk may have written a part of it, and torn a record in two.
  void RestorePower(double kept_share = 0);

  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status RemoveFile(const std::string& path) override;
  leveldb::Status RenameFile(const std::string& from, const std::string& to) override;

 private:
  class TrackedFile;

  leveldb::Status Wrap(const std::string& path, uint64_t size, leveldb::WritableFile* file,
                       leveldb::WritableFile** result);
  leveldb::Status UsePower();
  void SetSynced(const std::string& path, uint64_t size);

  absl::Mutex mutex_;
  uint64_t operations_left_ ABSL_GUARDED_BY(mutex_) = UINT64_MAX;
  std::map<std::string, uint64_t> synced_bytes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_UNSYNCED_LOSS_ENV_H_
