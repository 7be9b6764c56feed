#ifndef GISA_STORAGE_INDEX_INDEX_VIEW_H_
#define GISA_STORAGE_INDEX_INDEX_VIEW_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/doc_bitmap.h"
#include "storage/index/doc_range.h"
#include "storage/index/doc_table.h"
#include "storage/index/document.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/search_guard.h"
#include "storage/index/trigram.h"
#include "storage/index/word_notes.h"

namespace gisa {

// The documents as they stood at one moment.
struct Corpus {
  DocTable docs;
  DocBitmap removed;
  DocId doc_id_limit = 1;       // documents from here on are not seen
  uint64_t document_count = 0;  // without those removed
  uint64_t total_length = 0;    // of these, as DocValues has it
};

// How many different words the prefix of a word may stand for.
inline constexpr size_t kMaxPrefixWords = 10000;

// Walks the documents that may have a trigram: all that have it, and, in parts of the index where no list of them is
// kept, others that have a bigram of it. Frequencies are upper bounds. The cursor tells no occurrences.
struct TrigramPostings {
  std::unique_ptr<PostingCursor> cursor;
  std::vector<DocRange> unsure;  // those parts, ascending; elsewhere the cursor's documents have the trigram
};

// What one search reads: the index as it stood at one moment. Thread-safe.
class IndexView {
 public:
  virtual ~IndexView() = default;

  virtual const Corpus& corpus() const = 0;

  // Walks the documents of `range` that have a term, or any term that holds `character`: a Hangul, Han or kana
  // character in the index form of a term. What cannot be read is reported to `guard`, which, like the view, must
  // outlive the cursor.
  virtual std::unique_ptr<PostingCursor> OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) = 0;
  virtual std::unique_ptr<PostingCursor> OpenCharacter(absl::string_view character, DocRange range,
                                                       SearchGuard* guard) = 0;

  virtual TrigramPostings OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) = 0;

  // As OpenTerm for any word that begins with `prefix`: a field and letters or digits of other scripts. Reports
  // RESOURCE_EXHAUSTED QUERY_TOO_BROAD when there are more than kMaxPrefixWords.
  virtual std::unique_ptr<PostingCursor> OpenWordPrefix(absl::string_view prefix, DocRange range,
                                                        SearchGuard* guard) = 0;

  // What is noted of a word in the documents of `list`, which its cursors are in. In the list's segment, under `name`
  // go notes of no other word, nor with another list. Null when none are kept, as for a word that is searched for the
  // first time.
  virtual std::shared_ptr<WordNotes> FindNotes(absl::string_view name, const StoredList& list) { return nullptr; }
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_INDEX_VIEW_H_
