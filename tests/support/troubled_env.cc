#include "tests/support/troubled_env.h"

#include <memory>
#include <utility>

namespace gisa {

class TroubledEnv::File : public leveldb::WritableFile {
 public:
  File(TroubledEnv& env, std::string path, leveldb::WritableFile* file)
      : env_(env), path_(std::move(path)), file_(file) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    const leveldb::Status status = env_.BeforeWrite(path_);
    return status.ok() ? file_->Append(data) : status;
  }

  leveldb::Status Sync() override {
    env_.BeforeSync();
    return file_->Flush();
  }

  leveldb::Status Flush() override { return file_->Flush(); }
  leveldb::Status Close() override { return file_->Close(); }

 private:
  TroubledEnv& env_;
  const std::string path_;
  const std::unique_ptr<leveldb::WritableFile> file_;
};

void TroubledEnv::HoldSyncs() {
  absl::MutexLock lock(&mutex_);
  hold_syncs_ = true;
}

void TroubledEnv::ReleaseSyncs() {
  absl::MutexLock lock(&mutex_);
  hold_syncs_ = false;
}

void TroubledEnv::AwaitHeldSync() {
  const auto held = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return held_syncs_ > 0; };
  absl::MutexLock lock(&mutex_, absl::Condition(&held));
}

void TroubledEnv::FailWrites(const std::string& message) {
  absl::MutexLock lock(&mutex_);
  write_error_ = message;
}

leveldb::Status TroubledEnv::NewWritableFile(const std::string& path, leveldb::WritableFile** result) {
  leveldb::WritableFile* file = nullptr;
  const leveldb::Status status = target()->NewWritableFile(path, &file);
  if (status.ok()) *result = new File(*this, path, file);
  return status;
}

leveldb::Status TroubledEnv::NewAppendableFile(const std::string& path, leveldb::WritableFile** result) {
  leveldb::WritableFile* file = nullptr;
  const leveldb::Status status = target()->NewAppendableFile(path, &file);
  if (status.ok()) *result = new File(*this, path, file);
  return status;
}

leveldb::Status TroubledEnv::BeforeWrite(const std::string& path) {
  absl::MutexLock lock(&mutex_);
  return write_error_.empty() ? leveldb::Status::OK() : leveldb::Status::IOError(path, write_error_);
}

void TroubledEnv::BeforeSync() {
  const auto released = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !hold_syncs_; };
  absl::MutexLock lock(&mutex_);
  ++held_syncs_;
  mutex_.Await(absl::Condition(&released));
  --held_syncs_;
}

}  // namespace gisa
