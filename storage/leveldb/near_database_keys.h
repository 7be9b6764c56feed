#ifndef GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_
#define GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "leveldb/slice.h"

namespace gisa {

// The keys of the near-duplicate index, DIR/near. Nobody else builds one. Values: FORMAT.md.
//
//   space            key                        value
//   'c' counts       first doc:4                of each document from there on, how many fingerprints it has
//   'h' hashes       bucket:2, first doc:4      the hashes of that bucket that documents from there on have
//   'm' meta         name                       "schema", "state"
//
// Numbers are big-endian. Documents are written some ten thousand at a time, each time one key for each bucket: so what
// one look-up reads stands together, and what is written is never rewritten.
class NearDatabaseKey {
 public:
  static NearDatabaseKey OfSchema() { return NearDatabaseKey("mschema"); }
  static NearDatabaseKey OfState() { return NearDatabaseKey("mstate"); }
  static NearDatabaseKey OfCounts(uint32_t first_doc) { return NearDatabaseKey("c").Number(first_doc, 4); }
  static NearDatabaseKey OfHashes(uint32_t bucket, uint32_t first_doc) { return HashesOf(bucket).Number(first_doc, 4); }

  // Ranges: what all their keys begin with.
  static NearDatabaseKey AllCounts() { return NearDatabaseKey("c"); }
  static NearDatabaseKey HashesOf(uint32_t bucket) { return NearDatabaseKey("h").Number(bucket, 2); }

  absl::string_view bytes() const { return bytes_; }
  leveldb::Slice slice() const { return leveldb::Slice(bytes_); }

 private:
  explicit NearDatabaseKey(absl::string_view bytes) : bytes_(bytes) {}
  NearDatabaseKey Number(uint32_t number, int size) && {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes_.push_back(static_cast<char>(number >> shift));
    return std::move(*this);
  }

  std::string bytes_;
};

// The first document of a key of counts or hashes, its last four bytes; nullopt when there are not so many.
inline std::optional<uint32_t> FirstDocOfKey(absl::string_view key) {
  if (key.size() < 5) return std::nullopt;
  uint32_t doc = 0;
  for (const char c : key.substr(key.size() - 4)) doc = doc << 8 | static_cast<uint8_t>(c);
  return doc;
}

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_NEAR_DATABASE_KEYS_H_
