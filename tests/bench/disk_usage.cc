#include "tests/bench/disk_usage.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "leveldb/db.h"
#include "leveldb/filter_policy.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/record_database.h"

namespace gisa {
namespace {

absl::StatusOr<uint64_t> Compact(const std::string& dir, leveldb::CompressionType compression) {
  const std::unique_ptr<const leveldb::FilterPolicy> filter(leveldb::NewBloomFilterPolicy(10));
  leveldb::Options options;
  options.compression = compression;
  options.filter_policy = filter.get();
  options.max_file_size = 32 << 20;
  leveldb::DB* opened = nullptr;
  const leveldb::Status status = leveldb::DB::Open(options, dir, &opened);
  if (!status.ok()) return absl::UnavailableError(status.ToString());
  const std::unique_ptr<leveldb::DB> database(opened);
  database->CompactRange(nullptr, nullptr);
  return BytesOfFiles(leveldb::Env::Default(), dir);
}

}  // namespace

absl::StatusOr<DiskUsage> CompactedSize(const std::string& data_dir) {
  DiskUsage usage;
  ASSIGN_OR_RETURN(usage.records_bytes, Compact(absl::StrCat(data_dir, "/records"), leveldb::kSnappyCompression));
  ASSIGN_OR_RETURN(usage.index_bytes, Compact(absl::StrCat(data_dir, "/index"), leveldb::kNoCompression));
  ASSIGN_OR_RETURN(usage.near_bytes, Compact(absl::StrCat(data_dir, "/near"), leveldb::kNoCompression));
  return usage;
}

}  // namespace gisa
