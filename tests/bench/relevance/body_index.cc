#include "tests/bench/relevance/body_index.h"

#include <utility>

#include "storage/base/sha256.h"
#include "storage/base/status_macros.h"

namespace gisa {

absl::StatusOr<BodyIndex> BodyIndex::Build(const std::string& dir, const std::vector<std::string>& texts) {
  SearchIndex::Options options;
  options.dir = dir;
  ASSIGN_OR_RETURN(std::unique_ptr<SearchIndex> index, SearchIndex::Open(options));
  for (size_t i = 0; i < texts.size(); ++i) {
    Article article;
    article.key = {"1", std::to_string(i)};
    article.body = texts[i];
    IndexChange change;
    change.sequence = i + 1;
    change.added.emplace();
    change.added->doc_id = static_cast<DocId>(i + 1);
    change.added->fields = DocFieldsOf(article, Sha256(article.body));
    change.added->terms = AnalyzeDocument(article);
    index->Apply({change});
  }
  RETURN_IF_ERROR(index->Flush());
  return BodyIndex(std::move(index));
}

absl::StatusOr<std::vector<size_t>> BodyIndex::FindAny(const std::string& words, size_t limit) const {
  SearchQuery query;
  query.text = words;
  query.match = SearchMatch::kAny;
  query.limit = limit;
  ASSIGN_OR_RETURN(const IndexPage page, index_->Search(query, SearchControl()));
  std::vector<size_t> found;
  for (const IndexHit& hit : page.hits) found.push_back(hit.doc_id - 1);
  return found;
}

}  // namespace gisa
