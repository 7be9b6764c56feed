#include <utility>

#include "storage/base/sha256.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/search_index.h"
#include "tests/bench/relevance/engine.h"
#include "tests/support/plain_query.h"

namespace gisa {
namespace {

class GisaEngine : public RelevanceEngine {
 public:
  explicit GisaEngine(std::string dir) : dir_(std::move(dir)) {}

  std::string name() const override { return "gisa"; }

  absl::Status Add(const std::vector<std::string>& texts) override {
    SearchIndex::Options options;
    options.dir = dir_;
    ASSIGN_OR_RETURN(index_, SearchIndex::Open(options));
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
      index_->Apply({change});
    }
    return index_->Flush();
  }

  absl::StatusOr<std::vector<size_t>> Search(const std::string& headline, size_t limit) override {
    SearchQuery query;
    query.text = PlainQuery(headline);
    query.match = SearchMatch::kAny;
    query.limit = limit;
    ASSIGN_OR_RETURN(const IndexPage page, index_->Search(query, SearchControl()));
    std::vector<size_t> found;
    for (const IndexHit& hit : page.hits) found.push_back(hit.doc_id - 1);
    return found;
  }

 private:
  const std::string dir_;
  std::unique_ptr<SearchIndex> index_;
};

}  // namespace

std::unique_ptr<RelevanceEngine> NewGisaEngine(const std::string& dir) { return std::make_unique<GisaEngine>(dir); }

}  // namespace gisa
