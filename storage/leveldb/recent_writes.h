#ifndef GISA_STORAGE_LEVELDB_RECENT_WRITES_H_
#define GISA_STORAGE_LEVELDB_RECENT_WRITES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/hash/hash.h"
#include "absl/strings/string_view.h"

namespace gisa {

// By which of a database's writes, counted from 1, each key was last written: of all keys that share a place in a table
// of fixed size the latest, so that the answer may be too late and never too early.
//
// Not thread-safe.
class RecentWrites {
 public:
  // Writes come in their order.
  void Note(absl::string_view key, uint64_t write) { last_[PlaceOf(key)] = write; }

  // False when `key` was last written by the first `writes` writes, or never.
  bool MayBeAfter(absl::string_view key, uint64_t writes) const { return last_[PlaceOf(key)] > writes; }

 private:
  // Some ten times the keys that are written while an article waits for its commit; 2 MiB.
  static constexpr size_t kPlaces = size_t{1} << 18;

  static size_t PlaceOf(absl::string_view key) { return absl::Hash<absl::string_view>()(key) % kPlaces; }

  std::vector<uint64_t> last_ = std::vector<uint64_t>(kPlaces);
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_RECENT_WRITES_H_
