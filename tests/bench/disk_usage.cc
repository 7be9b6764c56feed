#include "tests/bench/disk_usage.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/leveldb_archive.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

absl::StatusOr<DiskUsage> CompactedSize(const std::string& data_dir) {
  LevelDbArchive::Options options;
  options.dir = data_dir;
  ASSIGN_OR_RETURN(const std::unique_ptr<LevelDbArchive> archive, LevelDbArchive::Open(options));
  RETURN_IF_ERROR(archive->Compact());
  RETURN_IF_ERROR(archive->Shutdown());
  const auto bytes_in = [&](const char* folder) { return BytesOfFiles(options.env, absl::StrCat(data_dir, folder)); };
  return DiskUsage{bytes_in("/records"), bytes_in("/index"), bytes_in("/near")};
}

}  // namespace gisa
