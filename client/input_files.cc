#include "client/input_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

// Lists the inputs below one path.
class Walk {
 public:
  explicit Walk(std::vector<InputFile>& files) : files_(files) {}

  void Start(const std::string& path) { Enter(path, /*in_folder=*/false); }

 private:
  void Enter(const std::string& path, bool in_folder) {
    // In a folder, what has another name counts only if it is a folder itself.
    const bool passed_over = in_folder && !HasArticleName(path);
    struct stat info;
    if (stat(path.c_str(), &info) != 0) {
      if (!passed_over) Fail(path, UnreadableInput(errno, "cannot read"));
    } else if (S_ISDIR(info.st_mode)) {
      if (entered_.emplace(info.st_dev, info.st_ino).second) EnterFolder(path);
    } else if (passed_over) {
      return;
    } else if (S_ISREG(info.st_mode)) {
      files_.push_back({path, InputFile::Kind::kFile, static_cast<uint64_t>(info.st_size), absl::OkStatus()});
    } else if (!in_folder) {  // reading a pipe that happens to lie in a folder could wait forever
      files_.push_back({path, InputFile::Kind::kStream, 0, absl::OkStatus()});
    }
  }

  void EnterFolder(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      names.push_back(entry->path().filename().string());
    }
    if (error) Fail(folder, UnreadableInput(error.value(), "cannot list the folder"));
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      if (!absl::StartsWith(name, ".")) Enter((std::filesystem::path(folder) / name).string(), /*in_folder=*/true);
    }
  }

  static bool HasArticleName(absl::string_view name) { return absl::EndsWith(name, ".md") || HasJsonLinesName(name); }

  void Fail(const std::string& path, absl::Status status) {
    files_.push_back({path, InputFile::Kind::kFile, 0, std::move(status)});
  }

  std::vector<InputFile>& files_;
  std::set<std::pair<dev_t, ino_t>> entered_;
};

}  // namespace

std::vector<InputFile> FindInputFiles(const std::vector<std::string>& paths) {
  std::vector<InputFile> files;
  for (const std::string& path : paths) {
    if (path == "-") {
      files.push_back({path, InputFile::Kind::kStandardInput, 0, absl::OkStatus()});
    } else {
      Walk(files).Start(path);
    }
  }
  return files;
}

bool HasJsonLinesName(absl::string_view path) {
  return absl::EndsWith(path, ".jsonl") || absl::EndsWith(path, ".ndjson");
}

absl::Status UnreadableInput(int error, absl::string_view problem) {
  const absl::Status status = absl::ErrnoToStatus(error, problem);
  return MakeError(status.code(), "UNREADABLE_INPUT", status.message());
}

}  // namespace gisa
