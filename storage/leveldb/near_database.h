#ifndef GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_
#define GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "leveldb/cache.h"
#include "leveldb/env.h"
#include "storage/dedup/sketch_table.h"
#include "storage/leveldb/reopenable_db.h"

namespace gisa {

// DIR/near: the LevelDB database with the hashes of sketches, by hash. FORMAT.md describes it.
//
// Thread-safe, but Write must be called by one thread at a time.
class NearDatabase {
 public:
  struct Options {
    std::string dir;
    leveldb::Env* env = leveldb::Env::Default();
    size_t block_cache_bytes = 16 << 20;
    size_t write_buffer_bytes = 8 << 20;
    int max_open_files = 200;
  };

  using Snapshot = ReopenableDb::Snapshot;

  // Opens or creates it. FAILED_PRECONDITION SCHEMA_TOO_OLD (also when sketches are made otherwise today) and INTERNAL
  // DATA_CORRUPTED: it may be thrown away and rebuilt. FAILED_PRECONDITION SCHEMA_TOO_NEW, UNAVAILABLE STORAGE_LOCKED,
  // PERMISSION_DENIED STORAGE_NO_PERMISSION.
  static absl::StatusOr<std::unique_ptr<NearDatabase>> Open(const Options& options);

  // The sequence up to which it is complete.
  absl::StatusOr<uint64_t> ReadIndexedUpTo() const;

  // Calls `visit` with the counts of fingerprints of each table written, in the order of the documents.
  absl::Status ReadCounts(absl::FunctionRef<void(uint32_t first_doc, std::vector<uint8_t> counts)> visit) const;

  // Writes a table, which makes the database complete up to `up_to`: all or nothing, and synced. One that failed may
  // turn out to have been written; it does no harm to write it again.
  absl::Status Write(const SketchTable& table, uint64_t up_to);

  Snapshot TakeSnapshot() const { return db_->TakeSnapshot(); }

  // Calls `visit` with each document below `limit` that has one of the hashes, which are sorted, and the position of
  // the hash. Returns whether those are all; see SketchTable.
  absl::StatusOr<bool> Find(const Snapshot& snapshot, absl::Span<const uint64_t> hashes, uint64_t limit,
                            absl::FunctionRef<void(size_t position, uint32_t doc)> visit) const;

  // Appends all hashes of a bucket, of documents up to `up_to`, to `out`: 28 bits below those of the bucket, over 32 of
  // the document.
  absl::Status ReadBucket(const Snapshot& snapshot, uint32_t bucket, uint64_t up_to, std::vector<uint64_t>* out) const;

  uint64_t DiskBytes() const;

 private:
  explicit NearDatabase(const Options& options)
      : options_(options), block_cache_(leveldb::NewLRUCache(options.block_cache_bytes)) {}

  absl::Status CheckSchema();
  std::string Doing(absl::string_view verb) const;

  const Options options_;
  const std::unique_ptr<leveldb::Cache> block_cache_;
  std::unique_ptr<ReopenableDb> db_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_DATABASE_H_
