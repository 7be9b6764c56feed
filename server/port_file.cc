#include "server/port_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

absl::Status FileError(const char* what, const std::string& path) {
  return absl::InternalError(absl::StrCat("cannot ", what, " the port file ", path, ": ", std::strerror(errno)));
}

}  // namespace

absl::Status RemovePortFile(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return FileError("remove", path);
  return absl::OkStatus();
}

absl::Status WritePortFile(const std::string& path, int port) {
  const std::string temporary = absl::StrCat(path, ".", getpid());
  {
    std::ofstream file(temporary);
    file << port << '\n';
    file.close();
    if (!file) return FileError("write", temporary);
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return FileError("write", path);
  return absl::OkStatus();
}

}  // namespace gisa
