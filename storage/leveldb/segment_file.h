#ifndef GISA_STORAGE_LEVELDB_SEGMENT_FILE_H_
#define GISA_STORAGE_LEVELDB_SEGMENT_FILE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "leveldb/env.h"
#include "leveldb/iterator.h"
#include "leveldb/slice.h"
#include "leveldb/status.h"
#include "leveldb/table.h"
#include "storage/index/doc_table.h"
#include "storage/index/trigram_scope.h"
#include "storage/leveldb/index_keys.h"
#include "storage/leveldb/mapped_file.h"

namespace gisa {

// A segment of the search index in a file: everything under its keys, as a table of LevelDB, mapped into memory. It may
// be removed meanwhile. Immutable, so thread-safe.
class SegmentFile {
 public:
  static std::string PathOf(absl::string_view dir, SegmentId id);
  // The segment of a file's name; nullopt when it is that of no segment.
  static std::optional<SegmentId> IdOf(absl::string_view name);

  // INTERNAL DATA_CORRUPTED when it is missing or no table; other errors as MappedFile.
  static absl::StatusOr<std::shared_ptr<const SegmentFile>> Open(absl::string_view dir, SegmentId id);

  SegmentId id() const { return id_; }

  const TrigramScope& trigram_scope() const { return trigram_scope_; }

  // Walks all keys. Must not outlive this.
  std::unique_ptr<leveldb::Iterator> NewIterator() const;

  // Finds the key's value; nullopt when there is none. INTERNAL DATA_CORRUPTED.
  absl::StatusOr<std::optional<std::string>> Find(const IndexKey& key) const;

  // As Find, but a missing key is an error, for it is referred to.
  absl::StatusOr<std::string> Get(const IndexKey& key) const;

  // Visits the values of all documents, ascending. INTERNAL DATA_CORRUPTED.
  absl::Status ReadValues(absl::FunctionRef<void(DocId, const DocValues&)> visit) const;

 private:
  SegmentFile(SegmentId id, std::string path, std::unique_ptr<const MappedFile> file);

  absl::Status Translate(const leveldb::Status& status) const;

  const SegmentId id_;
  const std::string path_;
  const std::unique_ptr<const MappedFile> file_;
  const std::unique_ptr<leveldb::RandomAccessFile> bytes_;  // the same, for the table
  std::unique_ptr<const leveldb::Table> table_;
  TrigramScope trigram_scope_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SEGMENT_FILE_H_
