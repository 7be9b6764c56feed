#ifndef GISA_STORAGE_INDEX_NOTED_WORD_H_
#define GISA_STORAGE_INDEX_NOTED_WORD_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "storage/index/document.h"
#include "storage/index/index_view.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/search_guard.h"
#include "storage/index/word_notes.h"

namespace gisa {

// Where notes of a word are: in a view, by a name (IndexView::FindNotes). Without a view nothing is known of the word.
struct NotesSource {
  IndexView* view = nullptr;
  std::string name;
  const SearchGuard* guard = nullptr;  // of the cursors
};

// What is noted of a word, document by document. In each segment the notes go with the shortest of the lists that the
// word's cursors are in.
class NotedWord {
 public:
  // Of shorter lists nothing is noted.
  static constexpr uint32_t kMinDocuments = 64;

  // The cursors outlive this, as does what `source` points to. A null stands for one that does not move with the word.
  NotedWord(NotesSource source, std::vector<const PostingCursor*> cursors)
      : source_(std::move(source)), cursors_(std::move(cursors)) {}

  // The weight of the word in `doc`, on which the cursors stand, as WordNotes::Find has it.
  std::optional<uint32_t> Find(DocId doc) {
    if (doc != doc_) GoTo(doc);
    return weight_;
  }

  // Upper bounds of the weights in some documents, no more than kMaxDocs, which ascend, whether or not the cursors
  // stand on them; 0 for those without the word. Returns for how many it could be told without a step.
  static constexpr size_t kMaxDocs = 128;
  static constexpr uint32_t kUnbounded = UINT32_MAX;
  size_t FindAll(absl::Span<const DocId> docs, absl::Span<uint32_t> max_weights) const;

  // Whether Note is of use for `doc`, on which the cursors stand.
  bool AreKept(DocId doc) {
    if (doc != doc_) GoTo(doc);
    return notes_ != nullptr;
  }

  // What was found after something could not be read, or when the search shall stop, is not noted.
  void Note(DocId doc, uint32_t weight) {
    if (!AreKept(doc)) return;
    weight_ = weight;
    if (source_.guard->status().ok()) notes_->Note(rank_, weight);
  }

 private:
  void GoTo(DocId doc);
  void EnterSegment();

  const NotesSource source_;
  const std::vector<const PostingCursor*> cursors_;

  // Of the segment that ends before end_.
  std::shared_ptr<WordNotes> notes_;
  const PostingCursor* shortest_ = nullptr;
  DocId end_ = kNoDoc;

  DocId doc_ = kNoDoc;  // of which the others are
  uint32_t rank_ = 0;
  std::optional<uint32_t> weight_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_NOTED_WORD_H_
