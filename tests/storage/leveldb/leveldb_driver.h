#ifndef GISA_TESTS_STORAGE_LEVELDB_LEVELDB_DRIVER_H_
#define GISA_TESTS_STORAGE_LEVELDB_LEVELDB_DRIVER_H_

#include <cstddef>
#include <memory>

#include "storage/leveldb/leveldb_archive.h"
#include "tests/storage/archive_driver.h"
#include "tests/support/temp_dir.h"
#include "tests/support/unsynced_loss_env.h"

namespace gisa {

// A LevelDB archive in a temporary folder. Its files and buffers are small, so that tests come to flushes and
// compactions, and it makes its text dictionaries soon.
class LevelDbDriver : public ArchiveDriver {
 public:
  static absl::StatusOr<std::unique_ptr<ArchiveDriver>> Open();

  Archive& archive() override { return *archive_; }
  absl::Status Reopen() override;
  absl::Status Compact() override { return archive_->Compact(); }
  absl::Status Crash() override;

 private:
  LevelDbDriver();

  absl::Status OpenArchive();

  const TempDir dir_;
  UnsyncedLossEnv env_;
  LevelDbArchive::Options options_;
  size_t crashes_ = 0;
  std::unique_ptr<LevelDbArchive> archive_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_LEVELDB_LEVELDB_DRIVER_H_
