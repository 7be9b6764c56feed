#ifndef GISA_TESTS_STORAGE_INDEX_TEXT_INDEX_H_
#define GISA_TESTS_STORAGE_INDEX_TEXT_INDEX_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/analyzed_document.h"
#include "storage/index/index_view.h"
#include "storage/index/memory_segment.h"
#include "storage/index/union_cursor.h"

namespace gisa {

// Articles in one memory segment, as the searcher and its cursors read them.
class TextIndex : public IndexView {
 public:
  DocId Add(absl::string_view title, absl::string_view body, int64_t published_micros = kNoPublished) {
    Article article;
    article.title = std::string(title);
    article.body = std::string(body);
    const std::shared_ptr<const AnalyzedDocument> terms = AnalyzeDocument(article);
    const DocId doc = corpus_.doc_id_limit++;
    segment_.Add({{doc, terms.get()}});
    corpus_.docs.Add(doc, {published_micros, terms->length, terms->title_length});
    ++corpus_.document_count;
    corpus_.total_length += terms->length;
    return doc;
  }

  void Remove(DocId doc) {
    corpus_.removed.Add({doc});
    --corpus_.document_count;
    corpus_.total_length -= corpus_.docs.length(doc);
  }

  const Corpus& corpus() const override { return corpus_; }
  const MemorySegment& postings() const { return segment_; }

  std::unique_ptr<PostingCursor> OpenTerm(absl::string_view term, DocRange range, SearchGuard* guard) override {
    std::unique_ptr<PostingCursor> cursor = NewMemoryCursor(segment_.Find(term), range.end);
    cursor->Seek(range.begin);
    return cursor;
  }

  std::unique_ptr<PostingCursor> OpenCharacter(absl::string_view character, DocRange range,
                                               SearchGuard* guard) override {
    std::vector<UnionSource> sources;
    for (const auto& [term, place, list] : segment_.FindCharacter(character)) {
      sources.push_back({[list = list, end = range.end] { return NewMemoryCursor(list, end); }, place});
    }
    return NewUnionCursor(std::move(sources), range.begin, guard);
  }

  TrigramPostings OpenTrigram(const Trigram& trigram, DocRange range, SearchGuard* guard) override {
    return {OpenTerm(TermOfCode(trigram.first), range, guard), {range}};
  }

  std::unique_ptr<PostingCursor> OpenWordPrefix(absl::string_view prefix, DocRange range, SearchGuard* guard) override {
    std::vector<UnionSource> sources;
    for (const std::string& term : segment_.FindWords(prefix)) {
      sources.push_back({[list = segment_.Find(term), end = range.end] { return NewMemoryCursor(list, end); },
                         term == prefix ? CharacterPlace::kAlone : CharacterPlace::kFirst});
    }
    return NewUnionCursor(std::move(sources), range.begin, guard);
  }

 private:
  MemorySegment segment_;
  Corpus corpus_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_INDEX_TEXT_INDEX_H_
