#ifndef GISA_CLIENT_INPUT_FILES_H_
#define GISA_CLIENT_INPUT_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace gisa {

// Something to read articles from, or a path that cannot be read.
struct InputFile {
  enum class Kind {
    kFile,           // a regular file
    kStream,         // a pipe or the like: read once, from the front, of unknown size
    kStandardInput,  // `-`
  };

  std::string path;
  Kind kind = Kind::kFile;
  uint64_t size = 0;    // in bytes, of a regular file
  absl::Status status;  // why it cannot be read, reason UNREADABLE_INPUT
};

// Lists the files that `paths` stand for, in their order. Folders are gone through recursively in name order, links
// followed; only names with a known ending count, hidden ones are left out, and no folder is entered twice, so that a
// loop of links ends. A folder or file that cannot be read is an entry with a status.
std::vector<InputFile> FindInputFiles(const std::vector<std::string>& paths);

// Whether the name says that it is JSON Lines.
bool HasJsonLinesName(absl::string_view path);

// The error of an input that the system cannot read; `error` is an errno.
absl::Status UnreadableInput(int error, absl::string_view problem);

}  // namespace gisa

#endif  // GISA_CLIENT_INPUT_FILES_H_
