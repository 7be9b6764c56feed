#include "storage/leveldb/list_cache.h"

#include <utility>

#include "absl/hash/hash.h"

namespace gisa {

std::optional<PostingList> ListCache::Find(absl::string_view name, uint64_t segments) {
  const std::shared_ptr<List> list = FindList(name, segments);
  if (list == nullptr || list->found.fetch_add(1, std::memory_order_relaxed) >= kFoundInARow) return std::nullopt;
  PostingList found;
  found.chunks.reserve(list->chunks.size());
  for (const Chunk& chunk : list->chunks) {
    found.chunks.push_back({chunk.segment, chunk.chunk.lock()});
    const PostingChunk* const kept = found.chunks.back().chunk.get();
    if (kept == nullptr || kept->TakeDecodingIsDue()) return std::nullopt;
  }
  found.unsure = list->unsure;
  return found;
}

void ListCache::Add(absl::string_view name, uint64_t segments, const PostingList& list) {
  auto added = std::make_shared<List>();
  added->chunks.reserve(list.chunks.size());
  for (const TermChunk& chunk : list.chunks) added->chunks.push_back({chunk.segment, chunk.chunk});
  added->unsure = list.unsure;
  Shard& shard = ShardOf(name);
  absl::MutexLock lock(&shard.mutex);
  if (segments < shard.segments) return;
  if (segments > shard.segments || shard.lists.size() >= kMaxLists / shards_.size()) shard.lists.clear();
  shard.segments = segments;
  shard.lists[name] = std::move(added);
}

std::shared_ptr<ListCache::List> ListCache::FindList(absl::string_view name, uint64_t segments) {
  Shard& shard = ShardOf(name);
  absl::MutexLock lock(&shard.mutex);
  if (segments != shard.segments) return nullptr;
  const auto found = shard.lists.find(name);
  return found == shard.lists.end() ? nullptr : found->second;
}

ListCache::Shard& ListCache::ShardOf(absl::string_view name) {
  return shards_[absl::Hash<absl::string_view>()(name) % shards_.size()];
}

}  // namespace gisa
