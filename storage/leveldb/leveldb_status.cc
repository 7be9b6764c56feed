#include "storage/leveldb/leveldb_status.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"

namespace gisa {
namespace {

// LevelDB keeps no errno: its POSIX Env puts strerror's text at the end of the message, always in the C locale unless
// the program calls setlocale, which ours do not.
bool Says(absl::string_view message, std::initializer_list<absl::string_view> texts) {
  for (const absl::string_view text : texts) {
    if (absl::StrContains(message, text)) return true;
  }
  return false;
}

}  // namespace

absl::Status FromLevelDb(const leveldb::Status& status, absl::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = status.ToString();
  const std::string message = absl::StrCat(what, ": ", text);
  if (status.IsNotFound()) return absl::NotFoundError(message);
  if (status.IsCorruption()) return DataCorruptedError(message);
  if (!status.IsIOError()) return MakeError(absl::StatusCode::kInternal, "STORAGE_ERROR", message);
  if (Says(text, {"already held by process", "LOCK: Resource temporarily unavailable", "LOCK: already held"})) {
    return MakeError(absl::StatusCode::kUnavailable, "STORAGE_LOCKED",
                     absl::StrCat(what, ": in use by another process (", text, ")"));
  }
  if (Says(text, {"Permission denied", "Operation not permitted", "Read-only file system"})) {
    return MakeError(absl::StatusCode::kPermissionDenied, "STORAGE_NO_PERMISSION", message);
  }
  if (Says(text, {"No space left on device", "Disk quota exceeded"})) {
    return MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL", message);
  }
  return MakeError(absl::StatusCode::kUnavailable, "STORAGE_IO_ERROR", message);
}

}  // namespace gisa
