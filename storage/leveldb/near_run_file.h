#ifndef GISA_STORAGE_LEVELDB_NEAR_RUN_FILE_H_
#define GISA_STORAGE_LEVELDB_NEAR_RUN_FILE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "leveldb/env.h"
#include "storage/base/sha256.h"
#include "storage/dedup/sketch_run.h"
#include "storage/dedup/sketch_table.h"
#include "storage/leveldb/mapped_file.h"

namespace gisa {

// A run of the near-duplicate index (storage/dedup/sketch_run.h) in a file, mapped into memory. Immutable, so
// thread-safe.
class NearRunFile {
 public:
  // Reads all of the file, for its digest. INTERNAL DATA_CORRUPTED when it is missing or no run; other errors as
  // MappedFile.
  static absl::StatusOr<std::shared_ptr<const NearRunFile>> Open(const std::string& path);

  const SketchRun& run() const { return run_; }
  // Of the file's bytes.
  const Sha256Digest& digest() const { return digest_; }
  const std::string& path() const { return path_; }

 private:
  NearRunFile(std::string path, std::unique_ptr<const MappedFile> file, const SketchRun& run)
      : path_(std::move(path)), file_(std::move(file)), run_(run), digest_(Sha256(file_->bytes())) {
    file_->ExpectRandomReads();
  }

  const std::string path_;
  const std::unique_ptr<const MappedFile> file_;
  const SketchRun run_;
  const Sha256Digest digest_;
};

using NearRuns = std::vector<std::shared_ptr<const NearRunFile>>;

// Writes the sketches of a table as a run to a new file, synced, and opens it. Errors of writing and as Open.
absl::StatusOr<std::shared_ptr<const NearRunFile>> WriteNearRun(const SketchTable& table, leveldb::Env* env,
                                                                const std::string& path);

// The same with the sketches of some runs, which are in the order of their documents, with none of others between.
// CANCELLED once `stop` is set.
absl::StatusOr<std::shared_ptr<const NearRunFile>> MergeNearRuns(
    absl::Span<const std::shared_ptr<const NearRunFile>> runs, const std::atomic<bool>& stop, leveldb::Env* env,
    const std::string& path);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_RUN_FILE_H_
