#ifndef GISA_STORAGE_DEDUP_SORT_HASHES_H_
#define GISA_STORAGE_DEDUP_SORT_HASHES_H_

#include <cstdint>
#include <vector>

namespace gisa {

// Sorts numbers whose upper bits are a hash, so that they are spread evenly over all numbers: into about as many
// buckets as there are by their upper bits, and then within each. Some times as fast as std::sort, and no slower than
// that for numbers that are not spread evenly. Takes as much memory again.
void SortHashes(std::vector<uint64_t>& hashes);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SORT_HASHES_H_
