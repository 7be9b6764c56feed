#include "storage/leveldb/posting_cache.h"

#include <atomic>
#include <cstdint>
#include <utility>

namespace gisa {
namespace {

// What an entry takes beside key and value, roughly: the cache's handle, its place in a table, and a shared pointer.
constexpr size_t kEntryBytes = 160;

// What is kept under a key, and how often it was used. The cache's mutex orders its making, its uses and its end; the
// count does so where ThreadSanitizer sees it, which does not look into LevelDB.
template <typename Value>
struct Entry {
  const Value value;
  const size_t decoded_bytes;
  std::atomic<size_t>& all_decoded_bytes;
  std::atomic<uint64_t> uses = 0;
};

}  // namespace

PostingCache::PostingCache(size_t capacity_bytes)
    : max_decoded_bytes_(capacity_bytes / 2), cache_(leveldb::NewLRUCache(capacity_bytes)) {}

std::optional<PostingCache::Chunk> PostingCache::FindChunk(const IndexKey& key) {
  std::optional<Chunk> found = Find<Chunk>(key);
  if (!found.has_value() || *found == nullptr) return found;
  if (!HasRoomForDecoded()) return found;
  if (Chunk decoded = (*found)->DecodedIfItPays(); decoded != nullptr) {
    AddChunk(key, decoded);
    found = std::move(decoded);
  }
  return found;
}

PostingCache::Notes PostingCache::FindNotes(SegmentId segment, absl::string_view word, uint32_t documents) {
  const IndexKey key = IndexKey::OfNotes(segment, word);
  if (std::optional<Notes> found = Find<Notes>(key)) return *std::move(found);
  if (!HasRoomForDecoded()) return nullptr;
  auto notes = std::make_shared<WordNotes>(documents);
  Add(key, notes, notes->memory_bytes(), notes->memory_bytes());
  return notes;
}

bool PostingCache::NoteSearch(absl::string_view word) {
  const IndexKey key = IndexKey::OfSearchedWord(word);
  if (Find<Notes>(key).has_value()) return true;
  Add(key, Notes(), 0);
  return false;
}

void PostingCache::AddChunk(const IndexKey& key, Chunk chunk) {
  const size_t bytes = chunk == nullptr ? 0 : chunk->memory_bytes();
  const bool is_decoded = chunk != nullptr && chunk->is_decoded();
  const size_t decoded_bytes = is_decoded ? bytes : 0;
  Add(key, std::move(chunk), bytes, decoded_bytes);
}

void PostingCache::AddPiece(const IndexKey& key, Piece piece) {
  const size_t bytes = piece->memory_bytes();
  Add(key, std::move(piece), bytes);
}

template <typename Value>
std::optional<Value> PostingCache::Find(const IndexKey& key) const {
  leveldb::Cache::Handle* const handle = cache_->Lookup(key.slice());
  if (handle == nullptr) return std::nullopt;
  auto* const entry = static_cast<Entry<Value>*>(cache_->Value(handle));
  entry->uses.load(std::memory_order_acquire);
  Value value = entry->value;
  entry->uses.fetch_add(1, std::memory_order_release);
  cache_->Release(handle);
  return value;
}

template <typename Value>
void PostingCache::Add(const IndexKey& key, Value value, size_t bytes, size_t decoded_bytes) {
  const auto drop = [](const leveldb::Slice&, void* kept) {
    auto* const entry = static_cast<Entry<Value>*>(kept);
    entry->uses.load(std::memory_order_acquire);
    entry->all_decoded_bytes.fetch_sub(entry->decoded_bytes, std::memory_order_relaxed);
    delete entry;
  };
  auto* const entry = new Entry<Value>{std::move(value), decoded_bytes, decoded_bytes_};
  decoded_bytes_.fetch_add(decoded_bytes, std::memory_order_relaxed);
  entry->uses.store(1, std::memory_order_release);
  cache_->Release(cache_->Insert(key.slice(), entry, kEntryBytes + key.bytes().size() + bytes, drop));
}

template std::optional<PostingCache::Chunk> PostingCache::Find(const IndexKey& key) const;
template std::optional<PostingCache::Piece> PostingCache::Find(const IndexKey& key) const;

}  // namespace gisa
