#ifndef GISA_STORAGE_INDEX_MEMORY_SEGMENT_H_
#define GISA_STORAGE_INDEX_MEMORY_SEGMENT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "storage/index/analyzed_document.h"
#include "storage/index/document.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/posting_run.h"
#include "storage/index/term.h"

namespace gisa {

// The postings of recent documents, searchable while they grow.
//
// What is added together is sorted and becomes a run. Runs of about the same size are merged 32 at a time: so a search
// looks into some dozens of them, and a posting is moved two or three times before it goes to disk, if at all. Sorting
// takes a fraction of the time of a hash table of growing lists, whose every step misses the cache.
//
// Thread-safe: one thread adds, any may read.
class MemorySegment {
 public:
  struct Addition {
    DocId doc = kNoDoc;
    const AnalyzedDocument* terms = nullptr;
  };

  // A term's postings as they stood at some moment.
  struct List {
    std::shared_ptr<const void> owner;  // of the runs
    std::vector<RunSlice> slices;       // by document

    bool empty() const { return slices.empty(); }
  };

  // Adds documents with ascending ids above all before them.
  void Add(absl::Span<const Addition> documents);

  // Returns the postings of `term`, in index form; empty when it is unknown.
  List Find(absl::string_view term) const;

  // A term that holds a character.
  struct CharacterTerm {
    std::string term;
    CharacterPlace place;
    List list;
  };

  // Returns the terms that hold a Hangul, Han or kana character, itself as a term in index form. One of twice the
  // character comes twice, with each of its places.
  std::vector<CharacterTerm> FindCharacter(absl::string_view character) const;

  // Returns the words that begin with `prefix`, a field and letters or digits of scripts that are not taken apart.
  std::vector<std::string> FindWords(absl::string_view prefix) const;

  // Calls `visit` for every term once, in the order of their bytes, with its postings by document, until it returns an
  // error; returns that.
  absl::Status ForEachTerm(
      absl::FunctionRef<absl::Status(absl::string_view term, absl::Span<const RunSlice> postings)> visit) const;

  // The crowded trigrams of all runs, by document.
  std::vector<CrowdedTrigram> CrowdedTrigrams() const;

  uint32_t documents() const;
  size_t memory_bytes() const;

 private:
  using Runs = std::vector<std::shared_ptr<const PostingRun>>;

  // Adds documents that are no more than a run is built of.
  void AddRun(absl::Span<const Addition> documents);
  // Append the terms with a code that hold the character with this code; the listed ones.
  void AddCodedTerms(TermCode character, std::vector<CharacterTerm>* terms) const;
  void AddListedTerms(absl::string_view character, std::vector<CharacterTerm>* terms) const;
  // The code that a listed term has in this segment.
  TermCode CodeOfListed(absl::string_view term) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // The term of such a code; valid while the segment is.
  absl::string_view ListedTerm(TermCode code) const;
  std::shared_ptr<const Runs> TakeRuns() const;
  // Puts a run in the place of the last `replaced`.
  void ReplaceRuns(size_t replaced, PostingRun run);
  // Merges the newest runs of one size, as long as there are enough.
  void MergeSmallRuns();

  // Of the thread that adds.
  std::vector<TermPlace> places_;
  std::vector<TermPlace> scratch_;

  mutable absl::Mutex mu_;
  std::shared_ptr<const Runs> runs_ ABSL_GUARDED_BY(mu_) = std::make_shared<Runs>();  // by document; never changed
  std::deque<std::string> listed_terms_ ABSL_GUARDED_BY(mu_);                         // by code
  absl::flat_hash_map<absl::string_view, TermCode> listed_codes_ ABSL_GUARDED_BY(mu_);
  // Those that begin with a Hangul or Han character: they or what follows are beyond the basic plane.
  std::vector<TermCode> listed_syllabic_terms_ ABSL_GUARDED_BY(mu_);
  size_t listed_bytes_ ABSL_GUARDED_BY(mu_) = 0;
};

// Walks a list up to, not including, `limit`.
std::unique_ptr<PostingCursor> NewMemoryCursor(MemorySegment::List list, DocId limit);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_MEMORY_SEGMENT_H_
