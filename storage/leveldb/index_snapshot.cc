#include "storage/leveldb/index_snapshot.h"

#include <utility>

#include "absl/strings/match.h"
#include "storage/index/concat_cursor.h"
#include "storage/index/union_cursor.h"
#include "storage/leveldb/leveldb_status.h"

namespace gisa {

IndexSnapshot::IndexSnapshot(const IndexDatabase& database, DiskIndex::View on_disk,
                             std::vector<std::shared_ptr<const IndexSegment>> in_memory, Corpus corpus)
    : database_(database), on_disk_(std::move(on_disk)), in_memory_(std::move(in_memory)), corpus_(std::move(corpus)) {}

OccurrencesLoader IndexSnapshot::LoaderOf(absl::string_view term) const {
  return [this, term = std::string(term)](SegmentId segment, uint32_t piece) {
    return database_.Get(IndexKey::OfOccurrences(segment, term, piece), on_disk_.snapshot);
  };
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenTerm(absl::string_view term, DocId limit, SearchGuard* guard) {
  TermChunks chunks;
  for (const SegmentInfo& segment : on_disk_.state.segments) {
    if (segment.first_doc >= limit || guard->ShouldStop()) break;
    absl::StatusOr<std::optional<std::string>> postings =
        database_.Find(IndexKey::OfPostings(segment.id, term), on_disk_.snapshot);
    if (!postings.ok()) {
      guard->Fail(postings.status());
      break;
    }
    if (postings->has_value()) chunks.push_back({segment.id, **std::move(postings)});
  }
  std::vector<std::unique_ptr<PostingCursor>> parts;
  if (!chunks.empty()) {
    parts.push_back(
        NewChunkCursor(std::make_shared<const TermChunks>(std::move(chunks)), limit, LoaderOf(term), guard));
  }
  for (const auto& segment : in_memory_) {
    MemorySegment::List list = segment->postings.Find(term);
    if (!list.empty()) parts.push_back(NewMemoryCursor(std::move(list), limit));
  }
  return NewConcatCursor(std::move(parts));
}

std::map<std::string, IndexSnapshot::TermChunks> IndexSnapshot::FindTerms(absl::string_view prefix, DocId limit,
                                                                          SearchGuard* guard) const {
  std::map<std::string, TermChunks> terms;
  const std::unique_ptr<leveldb::Iterator> iterator = database_.NewIterator(on_disk_.snapshot);
  for (const SegmentInfo& segment : on_disk_.state.segments) {
    if (segment.first_doc >= limit) break;
    const IndexKey begin = IndexKey::OfPostings(segment.id, prefix);
    for (iterator->Seek(begin.slice()); iterator->Valid(); iterator->Next()) {
      const absl::string_view key = ToView(iterator->key());
      if (!absl::StartsWith(key, begin.bytes()) || guard->ShouldStop()) break;
      terms[std::string(TermOfPostingsKey(key))].push_back({segment.id, iterator->value().ToString()});
    }
  }
  if (!iterator->status().ok()) guard->Fail(FromLevelDb(iterator->status(), "read postings"));
  return terms;
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenPrefix(absl::string_view prefix, DocId limit, SearchGuard* guard) {
  std::vector<UnionSource> sources;
  for (auto& [term, found] : FindTerms(prefix, limit, guard)) {
    auto chunks = std::make_shared<const TermChunks>(std::move(found));
    sources.push_back(
        {[chunks, limit, loader = LoaderOf(term), guard] { return NewChunkCursor(chunks, limit, loader, guard); },
         term == prefix});
  }
  for (const auto& segment : in_memory_) {
    for (auto& [term, list] : segment->postings.FindPrefix(prefix)) {
      const bool exact = term == prefix;
      sources.push_back({[list = std::move(list), limit] { return NewMemoryCursor(list, limit); }, exact});
    }
  }
  return NewUnionCursor(std::move(sources), guard);
}

}  // namespace gisa
