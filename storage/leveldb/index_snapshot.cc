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
  return [this, term = std::string(term)](const TermChunk& chunk, uint32_t piece) {
    const auto found = std::find_if(on_disk_.segments.begin(), on_disk_.segments.end(),
                                    [&chunk](const DiskSegment& disk) { return disk.info.id == chunk.segment; });
    return database_.GetOccurrences(*found->file, term, chunk.chunk->reader(), piece);
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

std::shared_ptr<const IndexSnapshot::List> IndexSnapshot::FindKnown(absl::string_view name) {
  absl::MutexLock lock(&mutex_);
  const auto known = lists_.find(name);
  return known == lists_.end() ? nullptr : known->second;
}

std::shared_ptr<const IndexSnapshot::List> IndexSnapshot::Keep(absl::string_view name, List list) {
  auto kept = std::make_shared<const List>(std::move(list));
  absl::MutexLock lock(&mutex_);
  return lists_.emplace(name, std::move(kept)).first->second;
}

absl::StatusOr<std::shared_ptr<const IndexSnapshot::List>> IndexSnapshot::FindTerm(absl::string_view term) {
  if (std::shared_ptr<const List> known = FindKnown(term)) return known;
  List list;
  ASSIGN_OR_RETURN(list.on_disk, FindOnDisk(term, [&](const DiskSegment& segment, PostingList* found) -> absl::Status {
                     ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> chunk,
                                      database_.FindPostings(*segment.file, term));
                     if (chunk != nullptr) found->chunks.push_back({segment.info.id, std::move(chunk)});
                     return absl::OkStatus();
                   }));
  list.in_memory = FindInMemory(term);
  return Keep(term, std::move(list));
}

absl::StatusOr<std::shared_ptr<const IndexSnapshot::List>> IndexSnapshot::FindTrigram(const Trigram& trigram) {
  const std::string name = TextOf(trigram);
  if (std::shared_ptr<const List> known = FindKnown(name)) return known;
  List list;
  ASSIGN_OR_RETURN(list.on_disk, FindOnDisk(name, [&](const DiskSegment& segment, PostingList* found) {
                     return AppendTrigram(segment, trigram, found);
                   }));
  list.in_memory = FindTrigramInMemory(trigram);
  return Keep(name, std::move(list));
}

absl::StatusOr<PostingList> IndexSnapshot::FindOnDisk(absl::string_view name, FindIn find_in) const {
  if (std::optional<PostingList> known = database_.list_cache().Find(name, on_disk_.changes)) return *std::move(known);
  PostingList list;
  for (const DiskSegment& segment : on_disk_.segments) RETURN_IF_ERROR(find_in(segment, &list));
  database_.list_cache().Add(name, on_disk_.changes, list);
  return list;
}

absl::Status IndexSnapshot::AppendTrigram(const DiskSegment& segment, const Trigram& trigram, PostingList* list) const {
  if (segment.file->trigram_scope().Contains(trigram)) {
    ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> chunk, database_.FindTrigram(*segment.file, trigram));
    if (chunk != nullptr) list->chunks.push_back({segment.info.id, std::move(chunk)});
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> first,
                   database_.FindPostings(*segment.file, TermOfCode(trigram.first)));
  ASSIGN_OR_RETURN(std::shared_ptr<const PostingChunk> second,
                   database_.FindPostings(*segment.file, TermOfCode(trigram.second)));
  if (first == nullptr || second == nullptr) return absl::OkStatus();
  list->unsure.push_back({segment.info.first_doc, segment.info.last_doc + 1});
  const bool is_first_rarer = first->reader().size() < second->reader().size();
  list->chunks.push_back({segment.info.id, is_first_rarer ? std::move(first) : std::move(second)});
  return absl::OkStatus();
}

IndexSnapshot::MemoryLists IndexSnapshot::FindInMemory(absl::string_view term) const {
  MemoryLists lists;
  for (const auto& segment : in_memory_) {
    MemorySegment::List list = segment->postings.Find(term);
    if (!list.empty()) lists.push_back(std::move(list));
  }
  return lists;
}

IndexSnapshot::MemoryLists IndexSnapshot::FindTrigramInMemory(const Trigram& trigram) {
  if (in_memory_.empty()) return {};
  const std::string first = TermOfCode(trigram.first);
  for (const std::string& bigram : {TermOfCode(trigram.second), first}) {
    if (const std::shared_ptr<const List> known = FindKnown(bigram)) return known->in_memory;
  }
  return FindInMemory(first);
}

std::unique_ptr<PostingCursor> IndexSnapshot::NewListCursor(const std::shared_ptr<const List>& list, DocRange range,
                                                            OccurrencesLoader loader, SearchGuard* guard) {
  std::vector<std::unique_ptr<PostingCursor>> parts;
  std::shared_ptr<const TermChunks> chunks(list, &list->on_disk.chunks);
  parts.push_back(NewChunkCursor(std::move(chunks), range, std::move(loader), guard));
  for (const MemorySegment::List& recent : list->in_memory) parts.push_back(NewMemoryCursor(recent, range.end));
  std::unique_ptr<PostingCursor> cursor = NewConcatCursor(std::move(parts));
  cursor->Seek(range.begin);
  return cursor;
}

std::unique_ptr<PostingCursor> IndexSnapshot::OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) {
  const absl::StatusOr<std::shared_ptr<const List>> list = FindTerm(term);
  if (list.ok()) return NewListCursor(*list, range, LoaderOf(term), guard);
  guard->Fail(list.status());
  return NewConcatCursor({});
}

TrigramPostings IndexSnapshot::OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) {
  TrigramPostings postings;
  const absl::StatusOr<std::shared_ptr<const List>> list = FindTrigram(trigram);
  if (list.ok()) {
    postings.cursor = NewListCursor(*list, range, /*loader=*/nullptr, guard);
    postings.unsure = (*list)->on_disk.unsure;
  } else {
    guard->Fail(list.status());
    postings.cursor = NewConcatCursor({});
  }
  if (!in_memory_.empty()) postings.unsure.push_back({on_disk_.doc_id_limit, kEndDoc});
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
      if (chunk == nullptr) return DataCorruptedError("a segment lacks postings");
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
      sources.push_back(
          {[chunks, range, loader = LoaderOf(term), guard] { return NewChunkCursor(chunks, range, loader, guard); },
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
    sources.push_back(
        {[chunks, range, loader = LoaderOf(term), guard] { return NewChunkCursor(chunks, range, loader, guard); },
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

std::shared_ptr<WordNotes> IndexSnapshot::FindNotes(absl::string_view name, const StoredList& list) {
  if (!IsSearchedForAgain(name)) return nullptr;
  return database_.posting_cache().FindNotes(list.segment, name, list.size);
}

// Asked once in a search, for all segments and parts.
bool IndexSnapshot::IsSearchedForAgain(absl::string_view word) {
  absl::MutexLock lock(&mutex_);
  const auto [known, is_new] = searched_again_.try_emplace(word, false);
  if (is_new) known->second = database_.posting_cache().NoteSearch(word);
  return known->second;
}

}  // namespace gisa
