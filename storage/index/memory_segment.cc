#include "storage/index/memory_segment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "storage/base/status_macros.h"
#include "storage/index/code_sort.h"
#include "storage/index/place_reader.h"

namespace gisa {
namespace {

// Runs of a level are merged when there are this many.
constexpr uint32_t kRunsPerLevel = 32;

// 0 for a run of less than 32 documents, 1 for one of less than 1024, and so on.
int LevelOf(const PostingRun& run) {
  int level = 0;
  for (uint32_t documents = run.document_count; documents >= kRunsPerLevel; documents /= kRunsPerLevel) ++level;
  return level;
}

// Terms of a Hangul or Han character have one of three bytes or more behind the field.
bool IsSyllabic(absl::string_view term) { return static_cast<uint8_t>(term[1]) >= 0xE0; }

// So many runs are searched at a time: as many loads as a processor waits for side by side.
constexpr size_t kRunsPerSearch = 16;

// Finds in each of at most kRunsPerSearch runs the place of the first term that is `code` or above it. Each step of a
// search waits for memory that is in no cache; those of several runs wait together (group prefetching, as in Chen,
// Ailamaki, Gibbons, Mowry: Improving Hash Join Performance through Prefetching, 2004).
void FindPlaces(absl::Span<const std::shared_ptr<const PostingRun>> runs, TermCode code, absl::Span<size_t> places) {
  struct Range {
    const TermCode* begin = nullptr;
    size_t size = 0;
  };
  std::array<Range, kRunsPerSearch> ranges;
  size_t longest = 0;
  for (size_t i = 0; i < runs.size(); ++i) {
    ranges[i] = {runs[i]->terms.data(), runs[i]->terms.size()};
    __builtin_prefetch(ranges[i].begin + ranges[i].size / 2);
    longest = std::max(longest, ranges[i].size);
  }
  for (; longest > 0; longest /= 2) {
    for (Range& range : absl::MakeSpan(ranges).first(runs.size())) {
      if (range.size == 0) continue;
      const size_t half = range.size / 2;
      const bool is_behind = range.begin[half] < code;
      range.begin += is_behind ? half + 1 : 0;
      range.size = is_behind ? range.size - half - 1 : half;
      __builtin_prefetch(range.begin + range.size / 2);
    }
  }
  for (size_t i = 0; i < runs.size(); ++i) places[i] = static_cast<size_t>(ranges[i].begin - runs[i]->terms.data());
}

class MemoryCursor : public PostingCursor {
 public:
  MemoryCursor(MemorySegment::List list, DocId limit) : list_(std::move(list)) {
    // Documents at the limit or after it are all at the end, in one run or two.
    for (RunSlice& slice : list_.slices) {
      if (slice.run->last_doc >= limit) {
        const auto docs = slice.run->docs.begin();
        slice.end = static_cast<uint32_t>(std::lower_bound(docs + slice.begin, docs + slice.end, limit) - docs);
      }
      document_frequency_ += slice.end - slice.begin;
    }
    Enter(0);
  }

  DocId Next() override {
    if (doc_ == kEndDoc) return doc_;
    ++posting_;
    return Settle();
  }

  DocId Seek(DocId target) override {
    if (doc_ >= target) return doc_;
    size_t next = slice_;
    while (next < list_.slices.size() && list_.slices[next].run->last_doc < target) ++next;
    if (next > slice_) Enter(next);
    while (slice_ < list_.slices.size() && slice().run->docs[slice().end - 1] < target) Enter(slice_ + 1);
    if (doc_ >= target) return doc_;
    const auto docs = slice().run->docs.begin();
    posting_ = static_cast<uint32_t>(std::lower_bound(docs + posting_, docs + slice().end, target) - docs);
    return Settle();
  }

  uint32_t freq() override { return slice().run->occurrence_ends[posting_] - slice().run->occurrence_begin(posting_); }

  absl::Span<const Occurrence> Occurrences(uint32_t) override { return slice().run->occurrences_of(posting_); }

  uint64_t document_frequency() const override { return document_frequency_; }

 private:
  const RunSlice& slice() const { return list_.slices[slice_]; }

  // Goes to the start of the first slice from `slice` on that has a document below the limit.
  DocId Enter(size_t slice) {
    slice_ = slice;
    while (slice_ < list_.slices.size() && list_.slices[slice_].begin == list_.slices[slice_].end) ++slice_;
    if (slice_ == list_.slices.size()) return doc_ = kEndDoc;
    posting_ = list_.slices[slice_].begin;
    return doc_ = list_.slices[slice_].run->docs[posting_];
  }

  DocId Settle() {
    if (posting_ == slice().end) return Enter(slice_ + 1);
    return doc_ = slice().run->docs[posting_];
  }

  MemorySegment::List list_;
  size_t slice_ = 0;
  uint32_t posting_ = 0;
  uint64_t document_frequency_ = 0;
};

}  // namespace

void MemorySegment::Add(absl::Span<const Addition> documents) {
  for (; documents.size() > kMaxBuiltDocuments; documents.remove_prefix(kMaxBuiltDocuments)) {
    AddRun(documents.first(kMaxBuiltDocuments));
  }
  AddRun(documents);
}

void MemorySegment::AddRun(absl::Span<const Addition> documents) {
  size_t count = 0;
  for (const Addition& document : documents) count += document.terms->places.size();
  places_.resize(count);
  TermPlace* next_place = places_.data();
  std::vector<TermCode> listed;
  std::vector<DocId> docs;
  std::vector<CrowdedTrigram> crowded;
  for (const Addition& document : documents) {
    const AnalyzedDocument& terms = *document.terms;
    const auto number = static_cast<uint16_t>(docs.size());
    docs.push_back(document.doc);
    listed.clear();
    {
      absl::MutexLock lock(&mu_);
      for (size_t i = 0; i < terms.listed_count(); ++i) listed.push_back(CodeOfListed(terms.listed_term(i)));
    }
    PlaceReader places(terms.places);
    for (; !places.at_end(); places.Next()) {
      const AnalyzedDocument::TermPlace& place = places.place();
      const TermCode code = IsListedTerm(place.code) ? listed[place.code - kFirstListedTerm] : place.code;
      char16_t third = 0;
      if (places.is_crowded()) {
        places.ForEachThird([&](char16_t c) { crowded.push_back({code, document.doc, c}); });
      } else {
        third = places.third();
      }
      *next_place++ = {code, place.occurrence, number, third};
    }
  }
  PostingRun run = BuildRun(docs, &places_, &scratch_);
  run.crowded = std::move(crowded);
  ReplaceRuns(0, std::move(run));
  MergeSmallRuns();
}

MemorySegment::List MemorySegment::Find(absl::string_view term) const {
  std::optional<TermCode> code = CodeOfTerm(term);
  if (!code.has_value()) {
    absl::MutexLock lock(&mu_);
    const auto found = listed_codes_.find(term);
    if (found == listed_codes_.end()) return {};
    code = found->second;
  }
  const std::shared_ptr<const Runs> runs = TakeRuns();
  List list;
  list.owner = runs;
  std::array<size_t, kRunsPerSearch> places;
  for (size_t begin = 0; begin < runs->size(); begin += kRunsPerSearch) {
    const auto group = absl::MakeConstSpan(*runs).subspan(begin, kRunsPerSearch);
    FindPlaces(group, *code, absl::MakeSpan(places));
    for (size_t i = 0; i < group.size(); ++i) {
      const PostingRun& run = *group[i];
      if (places[i] == run.terms.size() || run.terms[places[i]] != *code) continue;
      list.slices.push_back({&run, run.posting_begin(places[i]), run.posting_ends[places[i]]});
    }
  }
  return list;
}

std::vector<MemorySegment::CharacterTerm> MemorySegment::FindCharacter(absl::string_view character) const {
  std::vector<CharacterTerm> terms;
  if (const std::optional<TermCode> code = CodeOfTerm(character)) AddCodedTerms(*code, &terms);
  AddListedTerms(character, &terms);
  return terms;
}

std::vector<std::string> MemorySegment::FindWords(absl::string_view prefix) const {
  std::vector<std::string> words;
  // Of some scripts a word of one or two letters has a code.
  if (const std::optional<TermCode> code = CodeOfTerm(prefix)) {
    const std::shared_ptr<const Runs> runs = TakeRuns();
    const bool is_letter = (*code & 0xFFFF) == 0;
    std::set<TermCode> codes;
    for (const std::shared_ptr<const PostingRun>& run : *runs) {
      for (size_t place = run->LowerBound(*code); place < run->terms.size(); ++place) {
        if (run->terms[place] > (is_letter ? LastWithCharacterOf(*code) : *code)) break;
        codes.insert(run->terms[place]);
      }
    }
    for (const TermCode found : codes) words.push_back(TermOfCode(found));
  }
  absl::MutexLock lock(&mu_);
  for (const std::string& term : listed_terms_) {
    if (absl::StartsWith(term, prefix)) words.push_back(term);
  }
  return words;
}

void MemorySegment::AddCodedTerms(TermCode character, std::vector<CharacterTerm>* terms) const {
  struct Found {
    TermCode code = 0;
    RunSlice slice;
  };
  const std::shared_ptr<const Runs> runs = TakeRuns();
  std::vector<Found> firsts;  // the character alone as well
  std::vector<Found> seconds;
  for (const std::shared_ptr<const PostingRun>& run : *runs) {
    const auto found = [&run](size_t place) {
      return Found{run->terms[place], {run.get(), run->posting_begin(place), run->posting_ends[place]}};
    };
    const std::vector<TermCode>& codes = run->terms;
    for (size_t place = run->LowerBound(character); place < codes.size(); ++place) {
      if (codes[place] > LastWithCharacterOf(character)) break;
      firsts.push_back(found(place));
    }
    for (size_t place = 0; place < codes.size(); ++place) {
      if (HasSecondCharacter(codes[place], character)) seconds.push_back(found(place));
    }
  }
  std::vector<Found> scratch;
  const auto add = [&](std::vector<Found>* all, CharacterPlace place) {
    SortByCode(all, &scratch);
    TermCode last = 0;
    for (const Found& term : *all) {
      if (term.code != last) {
        last = term.code;
        terms->push_back({TermOfCode(last), last == character ? CharacterPlace::kAlone : place, List{runs, {}}});
      }
      terms->back().list.slices.push_back(term.slice);
    }
  };
  add(&firsts, CharacterPlace::kFirst);
  add(&seconds, CharacterPlace::kSecond);
}

void MemorySegment::AddListedTerms(absl::string_view character, std::vector<CharacterTerm>* terms) const {
  const size_t before = terms->size();
  {
    absl::MutexLock lock(&mu_);
    for (const TermCode code : listed_syllabic_terms_) {
      const std::string& term = listed_terms_[code - kFirstListedTerm];
      if (absl::StartsWith(term, character)) {
        terms->push_back({term, term == character ? CharacterPlace::kAlone : CharacterPlace::kFirst, {}});
      }
      if (term.size() > character.size() && absl::EndsWith(term, character.substr(1))) {
        terms->push_back({term, CharacterPlace::kSecond, {}});
      }
    }
  }
  for (size_t i = before; i < terms->size(); ++i) (*terms)[i].list = Find((*terms)[i].term);
}

absl::Status MemorySegment::ForEachTerm(
    absl::FunctionRef<absl::Status(absl::string_view, absl::Span<const RunSlice>)> visit) const {
  const std::shared_ptr<const Runs> runs = TakeRuns();
  std::vector<const PostingRun*> merged;
  for (const std::shared_ptr<const PostingRun>& run : *runs) merged.push_back(run.get());
  // The listed terms' codes are in the order in which they came: they are sorted before the others are walked.
  struct Listed {
    absl::string_view term;
    size_t begin = 0;  // in slices
    size_t end = 0;
  };
  std::vector<Listed> listed;
  std::vector<RunSlice> slices;
  for (RunMerger merger(merged, kFirstListedTerm); merger.Next() && IsListedTerm(merger.code());) {
    const absl::Span<const RunSlice> postings = merger.slices();
    listed.push_back({ListedTerm(merger.code()), slices.size(), slices.size() + postings.size()});
    slices.insert(slices.end(), postings.begin(), postings.end());
  }
  std::sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) { return a.term < b.term; });
  auto next = listed.begin();
  const auto visit_listed = [&] {
    const Listed& term = *next++;
    return visit(term.term, absl::MakeConstSpan(slices).subspan(term.begin, term.end - term.begin));
  };
  for (RunMerger merger(merged); merger.Next();) {
    if (IsListedTerm(merger.code())) continue;
    const std::string term = TermOfCode(merger.code());
    while (next != listed.end() && next->term < term) RETURN_IF_ERROR(visit_listed());
    RETURN_IF_ERROR(visit(term, merger.slices()));
  }
  while (next != listed.end()) RETURN_IF_ERROR(visit_listed());
  return absl::OkStatus();
}

std::vector<CrowdedTrigram> MemorySegment::CrowdedTrigrams() const {
  std::vector<CrowdedTrigram> trigrams;
  for (const auto& run : *TakeRuns()) trigrams.insert(trigrams.end(), run->crowded.begin(), run->crowded.end());
  return trigrams;
}

uint32_t MemorySegment::documents() const {
  uint32_t documents = 0;
  for (const auto& run : *TakeRuns()) documents += run->document_count;
  return documents;
}

size_t MemorySegment::memory_bytes() const {
  absl::MutexLock lock(&mu_);
  size_t bytes = listed_bytes_;
  for (const auto& run : *runs_) bytes += run->memory_bytes();
  return bytes;
}

TermCode MemorySegment::CodeOfListed(absl::string_view term) {
  const auto found = listed_codes_.find(term);
  if (found != listed_codes_.end()) return found->second;
  const TermCode code = kFirstListedTerm + static_cast<TermCode>(listed_terms_.size());
  listed_terms_.emplace_back(term);
  listed_codes_.emplace(listed_terms_.back(), code);
  if (IsSyllabic(term)) listed_syllabic_terms_.push_back(code);
  // The text, its std::string, and its entry in the map with the map's own slack.
  listed_bytes_ += term.size() + sizeof(std::string) + 2 * (sizeof(absl::string_view) + sizeof(TermCode));
  return code;
}

absl::string_view MemorySegment::ListedTerm(TermCode code) const {
  absl::MutexLock lock(&mu_);
  return listed_terms_[code - kFirstListedTerm];
}

std::shared_ptr<const MemorySegment::Runs> MemorySegment::TakeRuns() const {
  absl::MutexLock lock(&mu_);
  return runs_;
}

void MemorySegment::ReplaceRuns(size_t replaced, PostingRun run) {
  auto runs = std::make_shared<Runs>(*TakeRuns());
  runs->resize(runs->size() - replaced);
  runs->push_back(std::make_shared<const PostingRun>(std::move(run)));
  absl::MutexLock lock(&mu_);
  runs_ = std::move(runs);
}

void MemorySegment::MergeSmallRuns() {
  while (true) {
    const std::shared_ptr<const Runs> runs = TakeRuns();
    if (runs->size() < kRunsPerLevel) return;
    const int level = LevelOf(*runs->back());
    std::vector<const PostingRun*> inputs;
    for (auto run = runs->end() - kRunsPerLevel; run != runs->end(); ++run) {
      if (LevelOf(**run) > level) return;
      inputs.push_back(run->get());
    }
    ReplaceRuns(inputs.size(), MergeRuns(inputs));
  }
}

std::unique_ptr<PostingCursor> NewMemoryCursor(MemorySegment::List list, DocId limit) {
  return std::make_unique<MemoryCursor>(std::move(list), limit);
}

}  // namespace gisa
