#ifndef GISA_STORAGE_LEVELDB_MAPPED_FILE_H_
#define GISA_STORAGE_LEVELDB_MAPPED_FILE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// A file that is mapped into memory to be read, as mmap(2) does: its pages are the kernel's cache. It may be removed
// meanwhile, but not altered.
//
// Immutable, so thread-safe.
class MappedFile {
 public:
  // NOT_FOUND without a reason, PERMISSION_DENIED STORAGE_NO_PERMISSION, UNAVAILABLE STORAGE_IO_ERROR.
  static absl::StatusOr<std::unique_ptr<const MappedFile>> Open(const std::string& path);
  ~MappedFile();

  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  absl::string_view bytes() const { return bytes_; }

  // From now on it is read here and there, so that reading ahead would be in vain.
  void ExpectRandomReads() const;

 private:
  explicit MappedFile(absl::string_view bytes) : bytes_(bytes) {}

  const absl::string_view bytes_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_MAPPED_FILE_H_
