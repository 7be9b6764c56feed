#include "tests/support/faulty_env.h"

#include <memory>
#include <utility>

namespace gisa {

class FaultyEnv::File : public leveldb::WritableFile {
 public:
  File(FaultyEnv& env, std::string path, leveldb::WritableFile* file)
      : env_(env), path_(std::move(path)), file_(file) {}

  leveldb::Status Append(const leveldb::Slice& data) override {
    leveldb::Status status = env_.Count(Operation::kWrite, path_);
    if (status.ok()) status = env_.TakeSpace(path_, data.size());
    if (status.ok()) return file_->Append(data);
    file_->Append(leveldb::Slice(data.data(), data.size() / 2));
    file_->Flush();
    return status;
  }

  leveldb::Status Sync() override {
    const leveldb::Status status = env_.Count(Operation::kSync, path_);
    return status.ok() ? file_->Flush() : status;
  }

  leveldb::Status Flush() override { return file_->Flush(); }
  leveldb::Status Close() override { return file_->Close(); }

 private:
  FaultyEnv& env_;
  const std::string path_;
  const std::unique_ptr<leveldb::WritableFile> file_;
};

// Orders what LevelDB's threads did here before what follows, as LevelDB does too, but where ThreadSanitizer sees it.
FaultyEnv::~FaultyEnv() { absl::MutexLock lock(&mutex_); }

void FaultyEnv::FailChanges(const std::string& message, const std::string& part) {
  absl::MutexLock lock(&mutex_);
  changes_error_ = message;
  changes_part_ = part;
}

void FaultyEnv::FailAfter(uint64_t count, bool once) {
  absl::MutexLock lock(&mutex_);
  until_failure_ = count;
  once_ = once;
  has_failed_ = false;
}

bool FaultyEnv::HasFailed(Operation* operation) const {
  absl::MutexLock lock(&mutex_);
  *operation = failed_;
  return has_failed_;
}

void FaultyEnv::LimitSpace(uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  space_ = bytes;
}

void FaultyEnv::Mend() {
  absl::MutexLock lock(&mutex_);
  changes_error_.clear();
  until_failure_ = UINT64_MAX;
  has_failed_ = false;
  space_ = UINT64_MAX;
}

leveldb::Status FaultyEnv::NewSequentialFile(const std::string& path, leveldb::SequentialFile** result) {
  *result = nullptr;
  const leveldb::Status status = Count(Operation::kOpen, path);
  return status.ok() ? target()->NewSequentialFile(path, result) : status;
}

leveldb::Status FaultyEnv::NewRandomAccessFile(const std::string& path, leveldb::RandomAccessFile** result) {
  *result = nullptr;
  const leveldb::Status status = Count(Operation::kOpen, path);
  return status.ok() ? target()->NewRandomAccessFile(path, result) : status;
}

leveldb::Status FaultyEnv::NewWritableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  leveldb::WritableFile* file = nullptr;
  leveldb::Status status = Count(Operation::kCreate, path);
  if (status.ok()) status = target()->NewWritableFile(path, &file);
  if (!status.ok()) return status;
  *result = new File(*this, path, file);
  absl::MutexLock lock(&mutex_);
  GiveSpaceBack(path);
  return status;
}

leveldb::Status FaultyEnv::NewAppendableFile(const std::string& path, leveldb::WritableFile** result) {
  *result = nullptr;
  leveldb::WritableFile* file = nullptr;
  leveldb::Status status = Count(Operation::kCreate, path);
  if (status.ok()) status = target()->NewAppendableFile(path, &file);
  if (status.ok()) *result = new File(*this, path, file);
  return status;
}

leveldb::Status FaultyEnv::RemoveFile(const std::string& path) {
  leveldb::Status status = Count(Operation::kRemove, path);
  if (status.ok()) status = target()->RemoveFile(path);
  if (!status.ok()) return status;
  absl::MutexLock lock(&mutex_);
  GiveSpaceBack(path);
  return status;
}

leveldb::Status FaultyEnv::RenameFile(const std::string& from, const std::string& to) {
  leveldb::Status status = Count(Operation::kRename, from);
  if (status.ok()) status = target()->RenameFile(from, to);
  if (!status.ok()) return status;
  absl::MutexLock lock(&mutex_);
  GiveSpaceBack(to);
  if (auto moved = written_.extract(from)) {
    moved.key() = to;
    written_.insert(std::move(moved));
  }
  return status;
}

leveldb::Status FaultyEnv::Count(Operation operation, const std::string& path) {
  absl::MutexLock lock(&mutex_);
  const bool is_change = operation != Operation::kOpen && path.find(changes_part_) != std::string::npos;
  if (is_change && !changes_error_.empty()) return leveldb::Status::IOError(path, changes_error_);
  const bool fails = has_failed_ ? !once_ && operation == failed_ : until_failure_ == 0;
  if (fails) {
    has_failed_ = true;
    failed_ = operation;
    return leveldb::Status::IOError(path, "Input/output error");
  }
  if (until_failure_ != UINT64_MAX) --until_failure_;
  return leveldb::Status::OK();
}

leveldb::Status FaultyEnv::TakeSpace(const std::string& path, uint64_t bytes) {
  absl::MutexLock lock(&mutex_);
  if (bytes > space_) {
    space_ = 0;  // taken by what was written of it
    return leveldb::Status::IOError(path, "No space left on device");
  }
  if (space_ != UINT64_MAX) space_ -= bytes;
  written_[path] += bytes;
  return leveldb::Status::OK();
}

void FaultyEnv::GiveSpaceBack(const std::string& path) {
  const auto written = written_.find(path);
  if (written == written_.end()) return;
  if (space_ != UINT64_MAX) space_ += written->second;
  written_.erase(written);
}

}  // namespace gisa
