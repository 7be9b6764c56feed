#include "tests/support/unsynced_loss_env.h"

#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace gisa {

class UnsyncedLossEnv::TrackedFile : public leveldb::WritableFile {
 public:
  TrackedFile(UnsyncedLossEnv& env, std::string path, uint64_t size, std::unique_ptr<leveldb::WritableFile> file)
      : env_(env), path_(std::move(path)), size_(size), file_(std::move(file)) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    const leveldb::Status power = env_.UsePower();
    if (!power.ok()) return power;
    const leveldb::Status status = file_->Append(data);
    if (status.ok()) size_ += data.size();
    return status;
  }

  leveldb::Status Close() override { return file_->Close(); }

  leveldb::Status Flush() override {
    const leveldb::Status power = env_.UsePower();
    return power.ok() ? file_->Flush() : power;
  }

  leveldb::Status Sync() override {
    const leveldb::Status power = env_.UsePower();
    if (!power.ok()) return power;
    // The power that is cut is not the machine's: what its system has been given is safe enough.
    const leveldb::Status status = file_->Flush();
    if (status.ok()) env_.SetSynced(path_, size_);
    return status;
  }

 private:
  UnsyncedLossEnv& env_;
  const std::string path_;
  uint64_t size_;
  const std::unique_ptr<leveldb::WritableFile> file_;
};

// Orders what LevelDB's threads did here before what follows, as LevelDB does too, but where ThreadSanitizer sees it.
UnsyncedLossEnv::~UnsyncedLossEnv() { absl::MutexLock lock(&mutex_); }

void UnsyncedLossEnv::CutPower() { CutPowerAfter(0); }

void UnsyncedLossEnv::CutPowerAfter(uint64_t operations) {
  absl::MutexLock lock(&mutex_);
  operations_left_ = operations;
}

void UnsyncedLossEnv::RestorePower(double kept_share) {
  absl::MutexLock lock(&mutex_);
  for (const auto& [path, synced] : synced_bytes_) {
    std::error_code error;
    const uint64_t size = std::filesystem::file_size(path, error);
    if (error || size <= synced) continue;
    std::filesystem::resize_file(path, synced + static_cast<uint64_t>(static_cast<double>(size - synced) * kept_share));
  }
  operations_left_ = UINT64_MAX;
}

leveldb::Status UnsyncedLossEnv::NewWritableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  const leveldb::Status power = UsePower();
  if (!power.ok()) return power;
  leveldb::WritableFile* file = nullptr;
  const leveldb::Status status = target()->NewWritableFile(path, &file);
  return status.ok() ? Wrap(path, 0, file, result) : status;
}

leveldb::Status UnsyncedLossEnv::NewAppendableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  const leveldb::Status power = UsePower();
  if (!power.ok()) return power;
  uint64_t size = 0;
  if (target()->FileExists(path)) target()->GetFileSize(path, &size);
  leveldb::WritableFile* file = nullptr;
  const leveldb::Status status = target()->NewAppendableFile(path, &file);
  return status.ok() ? Wrap(path, size, file, result) : status;
}

leveldb::Status UnsyncedLossEnv::RemoveFile(const std::string& path) {
  const leveldb::Status power = UsePower();
  if (!power.ok()) return power;
  absl::MutexLock lock(&mutex_);
  synced_bytes_.erase(path);
  return target()->RemoveFile(path);
}

leveldb::Status UnsyncedLossEnv::RenameFile(const std::string& from, const std::string& to) {
  const leveldb::Status power = UsePower();
  if (!power.ok()) return power;
  absl::MutexLock lock(&mutex_);
  const auto synced = synced_bytes_.find(from);
  if (synced != synced_bytes_.end()) {
    synced_bytes_[to] = synced->second;
    synced_bytes_.erase(from);
  }
  return target()->RenameFile(from, to);
}

leveldb::Status UnsyncedLossEnv::Wrap(const std::string& path, uint64_t size, leveldb::WritableFile* file,
                                      leveldb::WritableFile** result) {
  SetSynced(path, size);
  *result = new TrackedFile(*this, path, size, std::unique_ptr<leveldb::WritableFile>(file));
  return leveldb::Status::OK();
}

leveldb::Status UnsyncedLossEnv::UsePower() {
  absl::MutexLock lock(&mutex_);
  if (operations_left_ == 0) return leveldb::Status::IOError("power", "cut");
  if (operations_left_ != UINT64_MAX) --operations_left_;
  return leveldb::Status::OK();
}

void UnsyncedLossEnv::SetSynced(const std::string& path, uint64_t size) {
  absl::MutexLock lock(&mutex_);
  synced_bytes_[path] = size;
}

}  // namespace gisa
