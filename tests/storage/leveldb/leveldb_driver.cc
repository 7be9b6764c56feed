#include "tests/storage/leveldb/leveldb_driver.h"

#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {

LevelDbDriver::LevelDbDriver() {
  options_.dir = dir_.path();
  options_.env = &env_;
  options_.write_buffer_bytes = 64 << 10;
  options_.records_block_cache_bytes = 1 << 20;
  options_.index_cache_bytes = 1 << 20;
  options_.documents_per_flush = 16;
  options_.texts_per_dictionary = 64;
  options_.bodies_per_dictionary = 128;
}

absl::StatusOr<std::unique_ptr<ArchiveDriver>> LevelDbDriver::Open() {
  std::unique_ptr<LevelDbDriver> driver(new LevelDbDriver);
  RETURN_IF_ERROR(driver->OpenArchive());
  return std::unique_ptr<ArchiveDriver>(std::move(driver));
}

absl::Status LevelDbDriver::Reopen() {
  RETURN_IF_ERROR(archive_->Shutdown());
  return OpenArchive();
}

absl::Status LevelDbDriver::Crash() {
  env_.CutPower();
  archive_.reset();
  // Sometimes all that was not synced is lost, sometimes a part.
  constexpr double kKeptShares[] = {0, 0.5, 1, 0.9};
  env_.RestorePower(kKeptShares[crashes_++ % 4]);
  return OpenArchive();
}

absl::Status LevelDbDriver::OpenArchive() {
  archive_.reset();
  ASSIGN_OR_RETURN(archive_, LevelDbArchive::Open(options_));
  return absl::OkStatus();
}

}  // namespace gisa
