#ifndef GISA_STORAGE_LEVELDB_BAND_GROUPS_H_
#define GISA_STORAGE_LEVELDB_BAND_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/near_index.h"

namespace gisa {

// With whom each of many new documents agrees in a band: the bands of the whole index are read once and sorted, which
// for many is far quicker than to look each of them up.
//
// Not thread-safe.
class BandGroups {
 public:
  // Of the documents above `after`, up to `up_to`; who is above that is not seen.
  static BandGroups Read(const NearIndex& index, uint64_t after, uint64_t up_to);

  // Whether the index has all bands of a new document. Else it has none to be compared by, or others have taken the
  // room that there is for a band.
  bool HasAllBands(uint32_t doc) const { return bands_[doc - after_ - 1] >= kSketchShape.lsh.bands; }

  struct Earlier {
    std::vector<uint32_t> docs;  // in order
    bool is_complete = true;     // no band is shared by more than are kept
  };
  // Those before `doc` that agree with it in a band. `doc` is new.
  Earlier EarlierThan(uint32_t doc) const;

 private:
  BandGroups(uint64_t after, uint64_t up_to) : after_(after), bands_(up_to - after) {}

  void AddBucket(absl::Span<const uint64_t> hashes);

  const uint64_t after_;
  std::vector<uint8_t> bands_;                            // of each new document, how many were read
  std::vector<uint32_t> docs_;                            // group by group, in order within each
  std::vector<size_t> begins_;                            // of the groups among docs_
  std::vector<std::pair<uint32_t, uint32_t>> groups_of_;  // new documents and their groups; sorted
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_BAND_GROUPS_H_
