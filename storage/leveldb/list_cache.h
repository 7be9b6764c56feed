#ifndef GISA_STORAGE_LEVELDB_LIST_CACHE_H_
#define GISA_STORAGE_LEVELDB_LIST_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/index/chunk_occurrences.h"
#include "storage/index/doc_range.h"

namespace gisa {

// What all segments have of a term, or of a trigram, by document.
struct PostingList {
  std::vector<TermChunk> chunks;
  std::vector<DocRange> unsure;  // of a trigram: segments that do not list it, of which the chunk is that of a bigram
};

// Remembers lists as long as the segments stay the same, so that a search looks for a term once in place of once in
// each segment: that many steps through memory that is in no cache of the processor.
//
// It keeps no chunk alive. That is for the PostingCache to do, which has to hear of what is used: so every few times
// nothing is found, and when a chunk has been read so much that the cache may decode it. Takes some 400 bytes for each
// of kMaxLists lists at most. Thread-safe.
class ListCache {
 public:
  static constexpr size_t kMaxLists = 16384;
  static constexpr uint32_t kFoundInARow = 7;

  // `segments` counts how often they have changed.
  std::optional<PostingList> Find(absl::string_view name, uint64_t segments);
  void Add(absl::string_view name, uint64_t segments, const PostingList& list);

 private:
  struct Chunk {
    uint32_t segment = 0;
    std::weak_ptr<const PostingChunk> chunk;
  };
  struct List {
    std::vector<Chunk> chunks;
    std::vector<DocRange> unsure;
    std::atomic<uint32_t> found = 0;
  };
  struct Shard {
    absl::Mutex mutex;
    uint64_t segments ABSL_GUARDED_BY(mutex) = 0;  // that the lists are of
    absl::flat_hash_map<std::string, std::shared_ptr<List>> lists ABSL_GUARDED_BY(mutex);
  };

  std::shared_ptr<List> FindList(absl::string_view name, uint64_t segments);
  Shard& ShardOf(absl::string_view name);

  std::array<Shard, 16> shards_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_LIST_CACHE_H_
