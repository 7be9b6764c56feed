#ifndef GISA_TESTS_BENCH_DISK_USAGE_H_
#define GISA_TESTS_BENCH_DISK_USAGE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace gisa {

struct DiskUsage {
  uint64_t records_bytes = 0;
  uint64_t index_bytes = 0;
  uint64_t near_bytes = 0;
};

// Compacts the archive in `data_dir`, which no server has open, as `gisad compact` does, and returns the size of its
// databases.
absl::StatusOr<DiskUsage> CompactedSize(const std::string& data_dir);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_DISK_USAGE_H_
