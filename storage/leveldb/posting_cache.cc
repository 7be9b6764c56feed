#include "storage/leveldb/posting_cache.h"

#include <utility>

namespace gisa {
namespace {

// What an entry takes beside key and value, roughly: the cache's handle, its place in a table, and a shared pointer.
constexpr size_t kEntryBytes = 160;

}  // namespace

PostingCache::PostingCache(size_t capacity_bytes) : cache_(leveldb::NewLRUCache(capacity_bytes)) {}

void PostingCache::AddChunk(const IndexKey& key, Chunk chunk) {
  const size_t bytes = chunk == nullptr ? 0 : chunk->memory_bytes();
  Add(key, std::move(chunk), bytes);
}

void PostingCache::AddPiece(const IndexKey& key, Piece piece) {
  const size_t bytes = piece->capacity();
  Add(key, std::move(piece), bytes);
}

template <typename Value>
std::optional<Value> PostingCache::Find(const IndexKey& key) const {
  leveldb::Cache::Handle* const handle = cache_->Lookup(key.slice());
  if (handle == nullptr) return std::nullopt;
  Value value = *static_cast<const Value*>(cache_->Value(handle));
  cache_->Release(handle);
  return value;
}

template <typename Value>
void PostingCache::Add(const IndexKey& key, Value value, size_t bytes) {
  const auto drop = [](const leveldb::Slice&, void* kept) { delete static_cast<Value*>(kept); };
  cache_->Release(
      cache_->Insert(key.slice(), new Value(std::move(value)), kEntryBytes + key.bytes().size() + bytes, drop));
}

template std::optional<PostingCache::Chunk> PostingCache::Find(const IndexKey& key) const;
template std::optional<PostingCache::Piece> PostingCache::Find(const IndexKey& key) const;

}  // namespace gisa
