// Queries on real articles find what a scan of the texts finds.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "storage/base/utf8.h"
#include "tests/storage/leveldb/index_fixture.h"
#include "tests/storage/leveldb/search_oracle.h"
#include "tests/support/news_corpus.h"

namespace gisa {
namespace {

class SearchCorpusTest : public SearchIndexTest {
 protected:
  void SetUp() override {
    if (corpus_.empty() || queries_.empty()) GTEST_SKIP() << "no corpus here";
    // Several chunks on disk, and a rest in memory.
    options_.documents_per_flush = 200;
    Reopen();
    for (const NewsText& text : corpus_) oracle_.Add(Add(text.title, text.body), text.title, text.body);
  }

  static std::vector<std::string> LoadQueries() {
    std::vector<std::string> queries;
    std::ifstream file(GISA_SOURCE_DIR "/../shared/corpus/queries.txt");
    for (std::string line; std::getline(file, line);) queries.push_back(line);
    return queries;
  }

  std::vector<DocId> FindSorted(const std::string& query) {
    std::vector<DocId> found = Find(query);
    std::sort(found.begin(), found.end());
    return found;
  }

  const std::vector<NewsText> corpus_ = LoadNewsCorpus();
  const std::vector<std::string> queries_ = LoadQueries();
  SearchOracle oracle_;
};

TEST_F(SearchCorpusTest, QueriesFindWhatAScanFinds) {
  for (const std::string& query : queries_) {
    const std::vector<DocId> expected = oracle_.Find(query);
    // The second time notes are kept, and then they are read.
    for (int time = 0; time < 3; ++time) ASSERT_EQ(FindSorted(query), expected) << query;
  }
}

// Pieces of words and single syllables are what bigrams could get wrong.
TEST_F(SearchCorpusTest, PartsOfWordsFindWhatAScanFinds) {
  size_t searched = 0;
  for (size_t i = 1; i < queries_.size(); i += 10) {
    const std::string& query = queries_[i];
    const size_t first = query.find_first_not_of(' ');
    if (static_cast<unsigned char>(query[first]) < 0xE0) continue;
    for (const size_t bytes : {3, 9}) {
      const std::string part = query.substr(first, bytes);
      if (!IsValidUtf8(part)) continue;
      ASSERT_EQ(FindSorted(part), oracle_.Find(part)) << part;
      ++searched;
    }
  }
  EXPECT_GT(searched, 10u);
}

}  // namespace
}  // namespace gisa
