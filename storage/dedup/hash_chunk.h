#ifndef GISA_STORAGE_DEDUP_HASH_CHUNK_H_
#define GISA_STORAGE_DEDUP_HASH_CHUNK_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "storage/dedup/sketch_table.h"

namespace gisa {

// The entries of a SketchTable in buckets, as they are stored. A bucket has all hashes with the same upper 12 bits; its
// chunk is the next 32 bits of each entry's hash, little-endian, in order, and behind all of them the offset of each
// entry's document, 3 bytes, little-endian.
inline constexpr int kBucketBits = 12;
inline constexpr uint32_t kHashBuckets = 1 << kBucketBits;

inline constexpr uint32_t BucketOf(uint64_t hash) { return static_cast<uint32_t>(hash >> (64 - kBucketBits)); }

// Encodes the entries of one bucket, sorted.
std::string EncodeHashChunk(absl::Span<const uint64_t> entries);

// Whether `chunk` has the size of some number of entries.
bool IsHashChunk(absl::string_view chunk);

// Calls `visit` with the offset of each document that has the hash, which is of the chunk's bucket. Returns whether
// those are all: a table takes in no more than SketchTable::kMaxDocsOfHash.
bool FindInHashChunk(absl::string_view chunk, uint64_t hash, absl::FunctionRef<void(uint32_t offset)> visit);

// Calls `visit` with each entry: the stored bits of its hash, and its document's offset.
void ReadHashChunk(absl::string_view chunk, absl::FunctionRef<void(uint32_t stored_hash, uint32_t offset)> visit);

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_HASH_CHUNK_H_
