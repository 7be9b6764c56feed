#ifndef GISA_TESTS_SUPPORT_TROUBLED_ENV_H_
#define GISA_TESTS_SUPPORT_TROUBLED_ENV_H_

#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/env.h"

namespace gisa {

// An Env whose disk stalls or fails when told so. It is quick else: a sync hands the bytes to the operating system,
// which is all that a test needs that does not cut the machine's power.
//
// Thread-safe.
class TroubledEnv : public leveldb::EnvWrapper {
 public:
  TroubledEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}

  // From now on every sync waits for ReleaseSyncs.
  void HoldSyncs();
  void ReleaseSyncs();
  // Returns when a sync waits.
  void AwaitHeldSync();

  // From now on every write fails, with an I/O error of this message.
  void FailWrites(const std::string& message);

  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(const std::string& path, leveldb::WritableFile** result) override;

 private:
  class File;

  leveldb::Status BeforeWrite(const std::string& path);
  void BeforeSync();

  absl::Mutex mutex_;
  bool hold_syncs_ ABSL_GUARDED_BY(mutex_) = false;
  int held_syncs_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string write_error_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_TROUBLED_ENV_H_
