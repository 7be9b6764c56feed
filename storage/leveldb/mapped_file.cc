#include "storage/leveldb/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

absl::Status ErrorOf(int error, const std::string& path) {
  const std::string what = absl::StrCat("open ", path, ": ", std::strerror(error));
  if (error == ENOENT) return absl::NotFoundError(what);
  if (error == EACCES || error == EPERM) {
    return MakeError(absl::StatusCode::kPermissionDenied, "STORAGE_NO_PERMISSION", what);
  }
  return MakeError(absl::StatusCode::kUnavailable, "STORAGE_IO_ERROR", what);
}

}  // namespace

absl::StatusOr<std::unique_ptr<const MappedFile>> MappedFile::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrorOf(errno, path);
  struct stat status = {};
  absl::string_view bytes;
  int error = fstat(fd, &status) == 0 ? 0 : errno;
  // There is no mapping of nothing.
  if (error == 0 && status.st_size > 0) {
    const auto size = static_cast<size_t>(status.st_size);
    void* const begin = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, 0);
    if (begin == MAP_FAILED) {
      error = errno;
    } else {
      bytes = absl::string_view(static_cast<const char*>(begin), size);
    }
  }
  close(fd);
  if (error != 0) return ErrorOf(error, path);
  return std::unique_ptr<const MappedFile>(new MappedFile(bytes));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

void MappedFile::ExpectRandomReads() const {
  if (!bytes_.empty()) madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_RANDOM);
}

}  // namespace gisa
