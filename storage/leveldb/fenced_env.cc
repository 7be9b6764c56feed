#include "storage/leveldb/fenced_env.h"

#include <memory>
#include <utility>

namespace gisa {
class FencedEnv::File : public leveldb::WritableFile {
 public:
  File(FencedEnv& env, std::unique_ptr<leveldb::WritableFile> file) : env_(env), file_(std::move(file)) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    absl::ReaderMutexLock lock(&env_.fence_);
    const leveldb::Status status = env_.CheckFence();
    return status.ok() ? file_->Append(data) : status;
  }

  leveldb::Status Flush() override {
    absl::ReaderMutexLock lock(&env_.fence_);
    const leveldb::Status status = env_.CheckFence();
    return status.ok() ? file_->Flush() : status;
  }

  leveldb::Status Sync() override {
    absl::ReaderMutexLock lock(&env_.fence_);
    const leveldb::Status status = env_.CheckFence();
    return status.ok() ? file_->Sync() : status;
  }

  // May write what is in the file's buffer, fence or not: see NewWritableFile.
  leveldb::Status Close() override { return file_->Close(); }

 private:
  FencedEnv& env_;
  const std::unique_ptr<leveldb::WritableFile> file_;
};

FencedEnv::FencedEnv(leveldb::Env* base, absl::AnyInvocable<bool() const> older_are_read,
                     const BackgroundThread& background)
    : leveldb::EnvWrapper(base),
      older_are_read_(std::move(older_are_read)),
      worker_(background.name, background.priority) {}

void FencedEnv::Fence() {
  absl::MutexLock lock(&fence_);
  fenced_ = true;
}

leveldb::Status FencedEnv::CheckFence() const {
  return fenced_ ? leveldb::Status::IOError("not written", "the database is to be opened anew") : leveldb::Status::OK();
}

// A file of this name that an older opening left half-done may still be open there, and get what is in its buffer when
// it is closed. So it is removed, not written over.
leveldb::Status FencedEnv::NewWritableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  absl::ReaderMutexLock lock(&fence_);
  leveldb::Status status = CheckFence();
  if (!status.ok()) return status;
  if (target()->FileExists(path)) target()->RemoveFile(path);
  leveldb::WritableFile* file = nullptr;
  status = target()->NewWritableFile(path, &file);
  if (!status.ok()) return status;
  *result = new File(*this, std::unique_ptr<leveldb::WritableFile>(file));
  absl::MutexLock made_lock(&made_mutex_);
  made_.insert(path);
  return status;
}

leveldb::Status FencedEnv::NewAppendableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  absl::ReaderMutexLock lock(&fence_);
  leveldb::Status status = CheckFence();
  if (!status.ok()) return status;
  leveldb::WritableFile* file = nullptr;
  status = target()->NewAppendableFile(path, &file);
  if (status.ok()) *result = new File(*this, std::unique_ptr<leveldb::WritableFile>(file));
  return status;
}

leveldb::Status FencedEnv::RemoveFile(const std::string& path) {
  absl::ReaderMutexLock lock(&fence_);
  leveldb::Status status = CheckFence();
  if (!status.ok()) return status;
  {
    absl::MutexLock made_lock(&made_mutex_);
    if (made_.erase(path) == 0 && older_are_read_()) return status;
  }
  return target()->RemoveFile(path);
}

leveldb::Status FencedEnv::RenameFile(const std::string& from, const std::string& to) {
  absl::ReaderMutexLock lock(&fence_);
  leveldb::Status status = CheckFence();
  if (!status.ok()) return status;
  {
    absl::MutexLock made_lock(&made_mutex_);
    if (made_.erase(from) > 0) made_.insert(to);
  }
  return target()->RenameFile(from, to);
}

leveldb::Status FencedEnv::LockFile(const std::string& path, leveldb::FileLock** lock) {
  *lock = new leveldb::FileLock;
  return leveldb::Status::OK();
}

leveldb::Status FencedEnv::UnlockFile(leveldb::FileLock* lock) {
  delete lock;
  return leveldb::Status::OK();
}

void FencedEnv::Schedule(void (*function)(void*), void* arg) {
  worker_.Add([function, arg] { function(arg); });
}

}  // namespace gisa
