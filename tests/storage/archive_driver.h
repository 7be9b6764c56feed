#ifndef GISA_TESTS_STORAGE_ARCHIVE_DRIVER_H_
#define GISA_TESTS_STORAGE_ARCHIVE_DRIVER_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/archive.h"

namespace gisa {

// What the tests of every Archive need of an implementation: an archive in a store of its own, and its restarts.
class ArchiveDriver {
 public:
  virtual ~ArchiveDriver() = default;

  // The archive that is open; another one after each restart.
  virtual Archive& archive() = 0;

  // Shuts the archive down and opens it again.
  virtual absl::Status Reopen() = 0;

  // Makes the store as small as it gets; nothing else changes.
  virtual absl::Status Compact() = 0;

  // Loses the power and opens the archive again: only what was durable is still there.
  virtual absl::Status Crash() = 0;
};

struct ArchiveImplementation {
  std::string name;  // of letters and digits
  // Opens an archive in a fresh store.
  std::function<absl::StatusOr<std::unique_ptr<ArchiveDriver>>()> open;
};

// How GoogleTest shows it.
inline std::ostream& operator<<(std::ostream& out, const ArchiveImplementation& implementation) {
  return out << implementation.name;
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_ARCHIVE_DRIVER_H_
