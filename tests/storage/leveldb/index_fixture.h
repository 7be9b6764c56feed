#ifndef GISA_TESTS_STORAGE_LEVELDB_INDEX_FIXTURE_H_
#define GISA_TESTS_STORAGE_LEVELDB_INDEX_FIXTURE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/leveldb/search_index.h"
#include "tests/storage/index/index_page_testing.h"
#include "tests/support/temp_dir.h"
#include "tests/support/unsynced_loss_env.h"

namespace gisa {

// An index in a folder of its own, with short words for what tests do to it.
class SearchIndexTest : public ::testing::Test {
 protected:
  SearchIndexTest() {
    options_.dir = dir_ / "index";
    options_.env = &env_;
    Reopen();
  }

  void Reopen() {
    index_.reset();
    absl::StatusOr<std::unique_ptr<SearchIndex>> opened = SearchIndex::Open(options_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    index_ = *std::move(opened);
  }

  static IndexChange Added(uint64_t sequence, DocId doc, const Article& article) {
    IndexChange change;
    change.sequence = sequence;
    change.added.emplace();
    change.added->doc_id = doc;
    change.added->fields = DocFieldsOf(article, Sha256(article.body));
    change.added->terms = AnalyzeDocument(article);
    return change;
  }

  // Adds a document with the next id and sequence number; returns its id.
  DocId Add(absl::string_view title, absl::string_view body, std::optional<int64_t> published_micros = std::nullopt) {
    Article article;
    article.title = std::string(title);
    article.body = std::string(body);
    if (published_micros.has_value()) article.published_at = absl::FromUnixMicros(*published_micros);
    index_->Apply({Added(++sequence_, ++last_doc_, article)});
    return last_doc_;
  }

  void Remove(DocId doc) {
    IndexChange change;
    change.sequence = ++sequence_;
    change.removed = doc;
    index_->Apply({change});
  }

  IndexPage Search(const SearchQuery& query) const {
    absl::StatusOr<IndexPage> page = index_->Search(query, SearchControl());
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : IndexPage();
  }

  static SearchQuery Query(absl::string_view text, SearchOrder order = SearchOrder::kRelevance, size_t limit = 1000) {
    return MakeQuery(text, order, limit);
  }

  std::vector<DocId> Find(absl::string_view text, SearchOrder order = SearchOrder::kRelevance) const {
    return DocsOf(Search(Query(text, order)));
  }

  std::set<DocId> FindSet(absl::string_view text) const {
    const IndexPage page = Search(Query(text, SearchOrder::kRelevance, 100000));
    std::set<DocId> docs;
    for (const IndexHit& hit : page.hits) docs.insert(hit.doc_id);
    EXPECT_EQ(docs.size(), page.total_hits);
    return docs;
  }

  const TempDir dir_;
  UnsyncedLossEnv env_;
  SearchIndex::Options options_;
  uint64_t sequence_ = 0;
  DocId last_doc_ = kNoDoc;
  std::unique_ptr<SearchIndex> index_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_LEVELDB_INDEX_FIXTURE_H_
