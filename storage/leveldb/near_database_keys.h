#ifndef GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_
#define GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "leveldb/slice.h"

namespace gisa {

// The keys of the near-duplicate index, DIR/near. Nobody else builds one. Values: FORMAT.md.
//
//   space            key                        value
//   'm' meta         name                       "schema", "state"
//   'r' runs         first doc:4                the file that has the hashes of documents from there on
//
// Numbers are big-endian.
class NearDatabaseKey {
 public:
  static NearDatabaseKey OfSchema() { return NearDatabaseKey("mschema"); }
  static NearDatabaseKey OfState() { return NearDatabaseKey("mstate"); }
  static NearDatabaseKey OfRun(uint32_t first_doc) {
    NearDatabaseKey key = AllRuns();
    for (int shift = 24; shift >= 0; shift -= 8) key.bytes_.push_back(static_cast<char>(first_doc >> shift));
    return key;
  }

  // What all keys of runs begin with.
  static NearDatabaseKey AllRuns() { return NearDatabaseKey("r"); }

  absl::string_view bytes() const { return bytes_; }
  leveldb::Slice slice() const { return leveldb::Slice(bytes_); }

 private:
  explicit NearDatabaseKey(absl::string_view bytes) : bytes_(bytes) {}

  std::string bytes_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_
