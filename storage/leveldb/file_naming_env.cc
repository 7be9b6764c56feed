#include "storage/leveldb/file_naming_env.h"

#include <memory>
#include <utility>

namespace gisa {
namespace {

using SharedPath = std::shared_ptr<const std::string>;

// A file may be closed before its name is asked for, so the name is shared.
SharedPath& LastPath() {
  thread_local SharedPath path;
  return path;
}

class NamedFile : public leveldb::RandomAccessFile {
 public:
  NamedFile(std::unique_ptr<leveldb::RandomAccessFile> file, SharedPath path)
      : file_(std::move(file)), path_(std::move(path)) {}

  leveldb::Status Read(uint64_t offset, size_t size, leveldb::Slice* result, char* scratch) const override {
    if (LastPath() != path_) LastPath() = path_;
    return file_->Read(offset, size, result, scratch);
  }

 private:
  const std::unique_ptr<leveldb::RandomAccessFile> file_;
  const SharedPath path_;
};

}  // namespace

std::string FileNamingEnv::LastFileRead() { return LastPath() == nullptr ? std::string() : *LastPath(); }

leveldb::Status FileNamingEnv::NewRandomAccessFile(const std::string& path, leveldb::RandomAccessFile** result) {
  leveldb::RandomAccessFile* file = nullptr;
  leveldb::Status status = target()->NewRandomAccessFile(path, &file);
  *result = status.ok() ? new NamedFile(std::unique_ptr<leveldb::RandomAccessFile>(file),
                                        std::make_shared<const std::string>(path))
                        : nullptr;
  return status;
}

}  // namespace gisa
