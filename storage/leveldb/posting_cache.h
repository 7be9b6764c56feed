#ifndef GISA_STORAGE_LEVELDB_POSTING_CACHE_H_
#define GISA_STORAGE_LEVELDB_POSTING_CACHE_H_

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>

#include "leveldb/cache.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/word_notes.h"
#include "storage/leveldb/index_keys.h"

namespace gisa {

// Keeps what searches read of segments, checked and opened: chunks of postings, the want of one, and pieces of
// occurrences; also what they have found out about words there. The least recently used goes first. What is under a key
// must never change while the cache lives; that of a segment does not.
//
// LevelDB's own cache holds blocks of its files, and none of a file that is mapped into memory, so that each read would
// look the key up and compute checksums anew.
//
// Thread-safe.
class PostingCache {
 public:
  using Chunk = std::shared_ptr<const PostingChunk>;  // null: the segment has none under the key
  using Piece = std::shared_ptr<const OwnedPiece>;
  using Notes = std::shared_ptr<WordNotes>;

  explicit PostingCache(size_t capacity_bytes);

  // nullopt when nothing is known. A chunk that is read much is decoded, as long as such chunks have room.
  std::optional<Chunk> FindChunk(const IndexKey& key);
  std::optional<Piece> FindPiece(const IndexKey& key) const { return Find<Piece>(key); }

  // Notes on a word in so many documents of a segment, which are made when there are none; null when there is no room.
  Notes FindNotes(SegmentId segment, absl::string_view word, uint32_t documents);
  // Says that a word is searched for. Returns whether it has been before, as far as is remembered.
  bool NoteSearch(absl::string_view word);

  void AddChunk(const IndexKey& key, Chunk chunk);
  void AddPiece(const IndexKey& key, Piece piece);

 private:
  template <typename Value>
  std::optional<Value> Find(const IndexKey& key) const;
  template <typename Value>
  void Add(const IndexKey& key, Value value, size_t bytes, size_t decoded_bytes = 0);

  bool HasRoomForDecoded() const { return decoded_bytes_.load(std::memory_order_relaxed) < max_decoded_bytes_; }

  // Decoded postings, with which notes count, take several times the memory, so they must leave room for others.
  const size_t max_decoded_bytes_;
  std::atomic<size_t> decoded_bytes_ = 0;        // of what is kept
  const std::unique_ptr<leveldb::Cache> cache_;  // last: what goes with it is counted above
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_POSTING_CACHE_H_
