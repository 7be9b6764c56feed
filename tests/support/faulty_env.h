#ifndef GISA_TESTS_SUPPORT_FAULTY_ENV_H_
#define GISA_TESTS_SUPPORT_FAULTY_ENV_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "leveldb/env.h"

namespace gisa {

// An Env on which chosen operations fail, and on which space runs out. A write that fails has written its first half.
// A sync hands the bytes to the operating system, which is all that a test needs that does not cut the power.
//
// Thread-safe.
class FaultyEnv : public leveldb::EnvWrapper {
 public:
  enum class Operation { kCreate, kWrite, kSync, kRename, kRemove, kOpen };  // kOpen: to read

  FaultyEnv() : leveldb::EnvWrapper(leveldb::Env::Default()) {}
  ~FaultyEnv() override;

  // From now on everything but reading fails, with an I/O error of this message, where the path has `part` in it.
  void FailChanges(const std::string& message, const std::string& part = "");

  // Fails the operation that comes after `count` others, of whatever kind; and, unless `once`, all of its kind from
  // then on.
  void FailAfter(uint64_t count, bool once);

  // Whether an operation has failed, and of which kind it was.
  bool HasFailed(Operation* operation) const;

  // How many more bytes files may take. A removed file gives back what was written to it.
  void LimitSpace(uint64_t bytes);

  // Nothing fails any more.
  void Mend();

  leveldb::Status NewSequentialFile(const std::string& path, leveldb::SequentialFile** result) override;
  leveldb::Status NewRandomAccessFile(const std::string& path, leveldb::RandomAccessFile** result) override;
  leveldb::Status NewWritableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status NewAppendableFile(const std::string& path, leveldb::WritableFile** result) override;
  leveldb::Status RemoveFile(const std::string& path) override;
  leveldb::Status RenameFile(const std::string& from, const std::string& to) override;

 private:
  class File;

  leveldb::Status Count(Operation operation, const std::string& path) ABSL_LOCKS_EXCLUDED(mutex_);
  leveldb::Status TakeSpace(const std::string& path, uint64_t bytes) ABSL_LOCKS_EXCLUDED(mutex_);
  void GiveSpaceBack(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::string changes_error_ ABSL_GUARDED_BY(mutex_);
  std::string changes_part_ ABSL_GUARDED_BY(mutex_);
  bool once_ ABSL_GUARDED_BY(mutex_) = true;
  uint64_t until_failure_ ABSL_GUARDED_BY(mutex_) = UINT64_MAX;
  bool has_failed_ ABSL_GUARDED_BY(mutex_) = false;
  Operation failed_ ABSL_GUARDED_BY(mutex_) = Operation::kCreate;
  uint64_t space_ ABSL_GUARDED_BY(mutex_) = UINT64_MAX;
  std::map<std::string, uint64_t> written_ ABSL_GUARDED_BY(mutex_);  // bytes, by path
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_FAULTY_ENV_H_
