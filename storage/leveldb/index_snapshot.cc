#include "storage/leveldb/index_snapshot.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/index/concat_cursor.h"
#include "storage/index/second_characters.h"
#include "storage/index/union_cursor.h"
#include "storage/leveldb/leveldb_status.h"
#include "storage/leveldb/slice.h"

namespace gisa {

IndexSnapshot::IndexSnapshot(const IndexDatabase& database, DiskIndex::View on_disk,
                             std::vector<std::shared_ptr<const IndexSegment>> in_memory, Corpus corpus)
    : database_(database), on_disk_(std::move(on_disk)), in_memory_(std::move(in_memory)), corpus_(std::move(corpus)) {}

OccurrencesLoader IndexSnapshot::LoaderOf(absl::string_view term) const {
  return [this, term = std::string(term)](SegmentId segment, uint32_t piece) {
    const auto found = std::find_if(on_disk_.segments.begin(), on_disk_.segments.end(),
                                    [segment](const DiskSegment& other) { return other.info.id == segment; });
    return database_.GetOccurrences(*found->file, term, piece);
  };
}

absl::Span<const DiskSegment> IndexSnapshot::SegmentsIn(DocRange range) const {
  const auto& segments = on_disk_.segments;
  const auto begin = std::find_if(segments.begin(), segments.end(),
                                  [range](const DiskSegment& segment) { return segment.info.last_doc >= range.begin; });
  const auto end = std::find_if(begin, segments.end(),
                                [range](const DiskSegment& segment) { return segment.info.first_doc >= range.end; });
  return absl::MakeConstSpan(segments).subspan(static_cast<size_t>(begin - segments.begin()),
                                               static_cast<size_t>(end - begin));
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) {
  TermChunks chunks;
  for (const DiskSegment& segment : SegmentsIn(range)) {
    if (guard->ShouldStop()) break;
    absl::StatusOr<std::shared_ptr<const PostingChunk>> chunk = database_.FindPostings(*segment.file, term);
    if (!chunk.ok()) {
      guard->Fail(chunk.status());
      break;
    }
    if (*chunk != nullptr) chunks.push_back({segment.info.id, *std::move(chunk)});
  }
  std::vector<std::unique_ptr<PostingCursor>> parts;
  if (!chunks.empty()) {
    parts.push_back(
        NewChunkCursor(std::make_shared<const TermChunks>(std::move(chunks)), range.end, LoaderOf(term), guard));
  }
  for (const auto& segment : in_memory_) {
    MemorySegment::List list = segment->postings.Find(term);
    if (!list.empty()) parts.push_back(NewMemoryCursor(std::move(list), range.end));
  }
  std::unique_ptr<PostingCursor> cursor = NewConcatCursor(std::move(parts));
  cursor->Seek(range.begin);
  return cursor;
}

absl::StatusOr<IndexSnapshot::TrigramChunk> IndexSnapshot::FindTrigram(const DiskSegment& segment,
                                                                       const Trigram& trigram) const {
  if (segment.file->trigram_scope().Contains(trigram)) {
    ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> chunk, database_.FindTrigram(*segment.file, trigram));
    return TrigramChunk{std::move(chunk), true};
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> first,
                   database_.FindPostings(*segment.file, TermOfCode(trigram.first)));
  if (first == nullptr) return TrigramChunk();
  ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> second,
                   database_.FindPostings(*segment.file, TermOfCode(trigram.second)));
  if (second == nullptr) return TrigramChunk();
  return TrigramChunk{first->reader().size() < second->reader().size() ? std::move(first) : std::move(second), false};
}

TrigramPostings IndexSnapshot::OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) {
  TrigramPostings postings;
  TermChunks chunks;
  for (const DiskSegment& segment : SegmentsIn(range)) {
    if (guard->ShouldStop()) break;
    absl::StatusOr<TrigramChunk> found = FindTrigram(segment, trigram);
    if (!found.ok()) {
      guard->Fail(found.status());
      break;
    }
    if (!found->is_sure) postings.unsure.push_back({segment.info.first_doc, segment.info.last_doc + 1});
    if (found->chunk != nullptr) chunks.push_back({segment.info.id, std::move(found->chunk)});
  }
  std::vector<std::unique_ptr<PostingCursor>> parts;
  if (!chunks.empty()) {
    parts.push_back(NewChunkCursor(std::make_shared<const TermChunks>(std::move(chunks)), range.end,
                                   /*loader=*/nullptr, guard));
  }
  if (!in_memory_.empty()) postings.unsure.push_back({on_disk_.doc_id_limit, range.end});
  for (const auto& segment : in_memory_) {
    MemorySegment::List first = segment->postings.Find(TermOfCode(trigram.first));
    MemorySegment::List second = segment->postings.Find(TermOfCode(trigram.second));
    if (first.empty() || second.empty()) continue;
    parts.push_back(
        NewMemoryCursor(first.documents() < second.documents() ? std::move(first) : std::move(second), range.end));
  }
  postings.cursor = NewConcatCursor(std::move(parts));
  postings.cursor->Seek(range.begin);
  return postings;
}

std::map<std::string, IndexSnapshot::TermChunks> IndexSnapshot::FindTermsFrom(absl::string_view prefix, DocRange range,
                                                                              SearchGuard* guard) const {
  std::map<std::string, TermChunks> terms;
  for (const DiskSegment& segment : SegmentsIn(range)) {
    const std::unique_ptr<leveldb::Iterator> iterator = segment.file->NewIterator();
    const IndexKey begin = IndexKey::OfPostings(segment.info.id, prefix);
    iterator->Seek(begin.slice());
    while (iterator->Valid() && absl::StartsWith(ToView(iterator->key()), begin.bytes()) && !guard->ShouldStop()) {
      const std::optional<absl::string_view> term = TermOfPostingsKey(ToView(iterator->key()));
      if (term.has_value()) {
        absl::StatusOr<std::shared_ptr<const PostingChunk>> chunk = PostingChunk::Open(iterator->value().ToString());
        if (!chunk.ok()) {
          guard->Fail(chunk.status());
          return {};
        }
        terms[std::string(*term)].push_back({segment.info.id, *std::move(chunk)});
        iterator->Next();
      } else {
        // Occurrences, which are large.
        iterator->Seek(IndexKey::AfterOccurrencesOf(ToView(iterator->key())).slice());
      }
    }
    if (!iterator->status().ok()) guard->Fail(FromLevelDb(iterator->status(), "read postings"));
  }
  return terms;
}

std::map<std::string, IndexSnapshot::TermChunks> IndexSnapshot::FindTermsTo(absl::string_view character, DocRange range,
                                                                            SearchGuard* guard) const {
  std::map<std::string, TermChunks> terms;
  const auto find_in = [&](const DiskSegment& segment) -> absl::Status {
    const IndexKey key = IndexKey::OfSecondCharacter(segment.info.id, character.substr(1));
    ASSIGN_OR_RETURN(const std::optional<std::string> bytes, segment.file->Find(key));
    if (!bytes.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::vector<std::string> before, DecodeCharactersBefore(*bytes));
    for (const std::string& first : before) {
      if (guard->ShouldStop()) break;
      std::string term = absl::StrCat(character.substr(0, 1), first, character.substr(1));
      ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> chunk, database_.FindPostings(*segment.file, term));
      if (chunk == nullptr) return MakeError(absl::StatusCode::kInternal, "DATA_CORRUPTED", "a segment lacks postings");
      terms[std::move(term)].push_back({segment.info.id, std::move(chunk)});
    }
    return absl::OkStatus();
  };
  for (const DiskSegment& segment : SegmentsIn(range)) {
    if (guard->ShouldStop()) break;
    if (const absl::Status status = find_in(segment); !status.ok()) guard->Fail(status);
  }
  return terms;
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenCharacter(absl::string_view character, DocRange range,
                                                            SearchGuard* guard) {
  std::vector<UnionSource> sources;
  const auto add = [&](std::map<std::string, TermChunks>&& terms, CharacterPlace place) {
    for (auto& [term, found] : terms) {
      auto chunks = std::make_shared<const TermChunks>(std::move(found));
      sources.push_back({[chunks, end = range.end, loader = LoaderOf(term), guard] {
                           return NewChunkCursor(chunks, end, loader, guard);
                         },
                         term == character ? CharacterPlace::kAlone : place});
    }
  };
  add(FindTermsFrom(character, range, guard), CharacterPlace::kFirst);
  add(FindTermsTo(character, range, guard), CharacterPlace::kSecond);
  for (const auto& segment : in_memory_) {
    for (MemorySegment::CharacterTerm& found : segment->postings.FindCharacter(character)) {
      sources.push_back(
          {[list = std::move(found.list), end = range.end] { return NewMemoryCursor(list, end); }, found.place});
    }
  }
  return NewUnionCursor(std::move(sources), range.begin, guard);
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenWordPrefix(absl::string_view prefix, DocRange range,
                                                             SearchGuard* guard) {
  // What follows the prefix within a longer word follows it in the eojeol.
  const auto place = [prefix](absl::string_view term) {
    return term == prefix ? CharacterPlace::kAlone : CharacterPlace::kFirst;
  };
  std::vector<UnionSource> sources;
  for (auto& [term, found] : FindTermsFrom(prefix, range, guard)) {
    auto chunks = std::make_shared<const TermChunks>(std::move(found));
    sources.push_back({[chunks, end = range.end, loader = LoaderOf(term), guard] {
                         return NewChunkCursor(chunks, end, loader, guard);
                       },
                       place(term)});
  }
  for (const auto& segment : in_memory_) {
    for (const std::string& term : segment->postings.FindWords(prefix)) {
      MemorySegment::List list = segment->postings.Find(term);
      if (list.empty()) continue;
      sources.push_back(
          {[list = std::move(list), end = range.end] { return NewMemoryCursor(list, end); }, place(term)});
    }
  }
  if (sources.size() > kMaxPrefixWords) {
    guard->Fail(MakeError(
        absl::StatusCode::kResourceExhausted, "QUERY_TOO_BROAD",
        absl::StrCat("a prefix of the query begins more than ", kMaxPrefixWords, " different words; make it longer")));
    sources.clear();
  }
  return NewUnionCursor(std::move(sources), range.begin, guard);
}

}  // namespace gisa
