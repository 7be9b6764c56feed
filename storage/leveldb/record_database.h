#ifndef GISA_STORAGE_LEVELDB_RECORD_DATABASE_H_
#define GISA_STORAGE_LEVELDB_RECORD_DATABASE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gisa/storage/v1/records.pb.h"
#include "leveldb/cache.h"
#include "leveldb/db.h"
#include "leveldb/filter_policy.h"
#include "leveldb/write_batch.h"
#include "storage/leveldb/file_naming_env.h"
#include "storage/leveldb/recent_writes.h"
#include "storage/leveldb/record_keys.h"
#include "storage/leveldb/reopenable_db.h"
#include "storage/leveldb/text_codec.h"

namespace gisa {

// DIR/records: the database that holds every record, and the codec of the texts in it. Knows keys and values, not what
// they mean.
//
// Thread-safe. Every read checks the block's checksum. An error of a read names the record and, for a corrupt block,
// the file: INTERNAL DATA_CORRUPTED, UNAVAILABLE STORAGE_IO_ERROR.
class RecordDatabase {
 public:
  // The version of FORMAT.md that this code writes, and the oldest that it opens, and makes the newest of.
  static constexpr uint32_t kSchemaVersion = 6;
  static constexpr uint32_t kOldestSchemaVersion = 5;

  // Texts are stored with dictionaries 1 to this.
  static constexpr uint32_t kMaxTextDictionaries = 2;

  struct Options {
    std::string data_dir;  // the database itself is in its folder `records`
    leveldb::Env* env = leveldb::Env::Default();
    size_t write_buffer_bytes = 64 << 20;
    // Small enough that files of bodies alone, which lie in the order of arrival, are moved down and not rewritten.
    size_t max_file_bytes = 8 << 20;
    size_t block_cache_bytes = 64 << 20;
    int max_open_files = 500;
  };

  // Opens the database, or creates it in a folder that does not exist or is empty.
  // FAILED_PRECONDITION NOT_A_GISA_DATABASE: the folder holds something else.
  // FAILED_PRECONDITION SCHEMA_TOO_NEW: a later gisa wrote it; SCHEMA_TOO_OLD: one from before the first release did.
  // UNAVAILABLE STORAGE_LOCKED: another process has it open.
  // PERMISSION_DENIED STORAGE_NO_PERMISSION, INTERNAL DATA_CORRUPTED, UNAVAILABLE STORAGE_IO_ERROR.
  static absl::StatusOr<std::unique_ptr<RecordDatabase>> Open(const Options& options);

  RecordDatabase(const RecordDatabase&) = delete;
  RecordDatabase& operator=(const RecordDatabase&) = delete;

  // The archive as it stood when this was made. Meant to live for one request.
  class View {
   public:
    // Returns the value, nullopt when there is none.
    absl::StatusOr<std::optional<std::string>> Get(const RecordKey& key) const;

    // The same for a protobuf message.
    template <typename Record>
    absl::StatusOr<std::optional<Record>> GetRecord(const RecordKey& key) const;

    // An iterator that checks checksums; must not outlive the view. See IteratorError for its status.
    std::unique_ptr<leveldb::Iterator> NewIterator() const;

    // Of how many writes it has seen all. For MayHaveWrittenSince.
    uint64_t writes_seen() const { return writes_seen_; }

   private:
    friend class RecordDatabase;
    View(uint64_t writes_seen, std::shared_ptr<leveldb::DB> db, ReopenableDb::Snapshot snapshot)
        : writes_seen_(writes_seen), db_(std::move(db)), snapshot_(std::move(snapshot)) {}

    const uint64_t writes_seen_;
    const std::shared_ptr<leveldb::DB> db_;
    const ReopenableDb::Snapshot snapshot_;  // null: the newest state
  };

  View Now() const;

  // A view that always sees the newest state until a Reopen, for the only writer.
  View Latest() const;

  // Applies the batch atomically and, if `sync`, waits until it is on disk. What failed may turn out to have been
  // written; from then on every write fails, until Reopen.
  absl::Status Write(leveldb::WriteBatch* batch, bool sync);

  // False when what a view with so many writes seen had under `key` is still there. For the only writer.
  bool MayHaveWrittenSince(uint64_t writes_seen, const RecordKey& key) const {
    return recent_writes_.MayBeAfter(key.bytes(), writes_seen);
  }

  // After a failed write: opens the files anew. Views go on reading what they read. When it fails all stays as it was.
  absl::Status Reopen();

  // Drops what was overwritten and deleted from the files. Reads and writes go on meanwhile.
  void Compact() { db_->Current()->CompactRange(nullptr, nullptr); }

  // The status of an iterator, valid or not. An iterator passes over a block that it cannot read, so that being valid
  // does not mean that nothing was left out.
  absl::Status IteratorError(const leveldb::Iterator& iterator, absl::string_view what) const;

  // What turns texts into stored ones and back.
  const TextCodec& text_codec() const { return text_codec_; }

  // From now on texts are encoded with the dictionary, which must be stored already: under the OfTextDictionary of its
  // number, where the next opening finds it, and uses the one with the largest number. INTERNAL DATA_CORRUPTED when it
  // is none.
  absl::Status UseTextDictionary(absl::string_view dictionary) { return text_codec_.AddDictionary(dictionary); }

  // Bytes of the database's files.
  uint64_t DiskBytes() const;

  // The error of a record that is there but does not parse.
  static absl::Status MalformedRecord(absl::string_view key_bytes);

 private:
  RecordDatabase(const Options& options, std::string dir);

  absl::Status OpenFiles();
  absl::Status CheckSchema();
  absl::Status WriteSchema();
  absl::Status LoadTextDictionaries();

  const std::string dir_;
  const std::unique_ptr<FileNamingEnv> env_;
  const std::unique_ptr<leveldb::Cache> block_cache_;
  const std::unique_ptr<const leveldb::FilterPolicy> filter_policy_;
  const leveldb::Options options_;
  std::unique_ptr<ReopenableDb> db_;
  std::atomic<uint64_t> writes_ = 0;  // that have succeeded
  RecentWrites recent_writes_;        // of the only writer
  TextCodec text_codec_;
};

template <typename Record>
absl::StatusOr<std::optional<Record>> RecordDatabase::View::GetRecord(const RecordKey& key) const {
  auto value = Get(key);
  if (!value.ok()) return std::move(value).status();
  if (!value->has_value()) return std::optional<Record>();
  Record record;
  if (!record.ParseFromString(**value)) return MalformedRecord(key.bytes());
  return std::optional<Record>(std::move(record));
}

// Returns the number of bytes of the files in `dir`; 0 when it cannot be listed.
uint64_t BytesOfFiles(leveldb::Env* env, const std::string& dir);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_RECORD_DATABASE_H_
