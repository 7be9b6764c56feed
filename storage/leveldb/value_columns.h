#ifndef GISA_STORAGE_LEVELDB_VALUE_COLUMNS_H_
#define GISA_STORAGE_LEVELDB_VALUE_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "storage/index/coding.h"
#include "storage/index/name_table.h"

namespace gisa {

// The encodings of columns of document values; FORMAT.md describes them. A writer takes a value for each document and
// gives the column; a reader takes the column apart and gives them in the same order. A reader that is not ok() has met
// damaged bytes, and gives values without meaning.

// Times, each near a reference that both sides know.
class TimeColumnWriter {
 public:
  // `time` may be kNoTime; `reference` may be anything.
  void Add(int64_t time, int64_t reference);
  std::string Finish() const;

 private:
  std::vector<std::pair<bool, uint64_t>> gaps_;  // whether there is a time, and its zigzag gap from the reference
  bool whole_seconds_ = true;
};

class TimeColumnReader {
 public:
  explicit TimeColumnReader(absl::string_view column) : rest_(column), unit_(rest_.Varint64()) {}
  int64_t Next(int64_t reference);
  bool ok() const { return rest_.ok(); }

 private:
  Decoder rest_;
  uint64_t unit_;  // in microseconds
};

// Names of which many are the same: a list of the different ones, then for each document the number of its own.
class NameColumnWriter {
 public:
  void Add(NameId id, absl::string_view name);
  std::string Finish() const;

 private:
  absl::flat_hash_map<NameId, uint32_t> numbers_;
  std::string names_;
  std::string entries_;
};

class NameColumnReader {
 public:
  explicit NameColumnReader(absl::string_view column);
  // The number of the next document's name, and that name.
  uint32_t Next();
  absl::string_view name(uint32_t number) const { return number < names_.size() ? names_[number] : ""; }
  bool ok() const { return ok_ && rest_.ok(); }

 private:
  Decoder rest_;
  std::vector<absl::string_view> names_;
  bool ok_ = true;
};

// Aids: numbers as their gap from the one before under the same oid, others as they are. `oid` is the number that the
// column of oids gives it.
class AidColumnWriter {
 public:
  void Add(NameId oid, absl::string_view aid);
  std::string Finish() const { return entries_; }

 private:
  absl::flat_hash_map<NameId, uint64_t> last_;
  std::string entries_;
};

class AidColumnReader {
 public:
  explicit AidColumnReader(absl::string_view column) : rest_(column) {}
  std::string Next(uint32_t oid);
  bool ok() const { return ok_ && rest_.ok(); }

 private:
  Decoder rest_;
  absl::flat_hash_map<uint32_t, uint64_t> last_;
  bool ok_ = true;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_VALUE_COLUMNS_H_
