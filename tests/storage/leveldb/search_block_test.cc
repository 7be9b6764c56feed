// Searches that count no further than they must, and then pass over blocks of documents, against those that look at
// every one.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/term.h"
#include "storage/leveldb/segment_file.h"
#include "tests/storage/leveldb/index_fixture.h"

namespace gisa {
namespace {

class SearchBlockTest : public SearchIndexTest {
 protected:
  // Common enough that each has many blocks.
  static inline const std::vector<std::string> kWords = {"강물이", "바람",   "산길에서", "들꽃", "구름은",
                                                         "나무",   "돌다리", "새벽",     "달빛", "river"};

  SearchBlockTest() {
    options_.documents_per_flush = 600;
    Reopen();
    for (int i = 0; i < 6000; ++i) AddArticle();
    for (int i = 0; i < 600; ++i) Remove(1 + Below(last_doc_));
  }

  uint32_t Below(uint32_t limit) { return rng_() % limit; }
  const std::string& Word() { return kWords[Below(static_cast<uint32_t>(kWords.size()))]; }

  std::string Text(size_t words) {
    std::string text;
    for (size_t i = 0; i < words; ++i) {
      // Now and then within a longer word.
      absl::StrAppend(&text, Below(4) == 0 ? "옛" : "", Word(), Below(4) == 0 ? "마을 " : " ");
      for (uint32_t rest = Below(4); rest > 0; --rest) absl::StrAppend(&text, "그밖의 ");
    }
    return text;
  }

  void AddArticle() { Add(Below(5) == 0 ? Text(1 + Below(3)) : "", Text(Below(30) == 0 ? 200 : 1 + Below(8))); }

  SearchQuery RandomQuery() {
    std::string text = Word();
    for (uint32_t more = Below(3); more > 0; --more) {
      static const std::vector<std::string> kJoints = {" ", " ", " OR ", " -", " title:", "* "};
      absl::StrAppend(&text, kJoints[Below(static_cast<uint32_t>(kJoints.size()))], Word());
    }
    SearchQuery query = Query(text);
    if (Below(3) == 0) query.match = SearchMatch::kAny;
    query.limit = 1 + Below(12);
    query.max_exact_hits = 1 + Below(400);
    return query;
  }

  // Compares up to three pages with one that has all hits.
  void ExpectThePagesOfAFullSearch(SearchQuery query) {
    SearchQuery full = query;
    full.limit = 10000;
    full.max_exact_hits = std::numeric_limits<uint64_t>::max();
    const std::vector<IndexHit> all = Search(full).hits;
    size_t at = 0;
    for (int number = 0; number < 3; ++number) {
      const IndexPage page = Search(query);
      const bool is_all = all.size() <= query.max_exact_hits || at + query.limit >= all.size();
      ASSERT_EQ(page.total_is_lower_bound, !is_all) << query.text;
      ASSERT_EQ(page.total_hits, is_all ? all.size() : query.max_exact_hits) << query.text;
      ASSERT_EQ(page.hits.size(), std::min(query.limit, all.size() - at)) << query.text;
      for (const IndexHit& hit : page.hits) {
        ASSERT_EQ(hit.doc_id, all[at].doc_id) << query.text;
        ASSERT_EQ(hit.score, all[at].score) << query.text;
        ++at;
      }
      ASSERT_EQ(page.next.has_value(), at < all.size());
      if (!page.next.has_value()) break;
      query.after = page.next;
    }
  }

  std::mt19937 rng_{31};
};

TEST_F(SearchBlockTest, PassesOverNothingThatBelongsOnThePage) {
  ASSERT_TRUE(index_->Flush().ok());
  for (int i = 0; i < 50; ++i) AddArticle();  // in memory
  ASSERT_TRUE(index_->WaitForMerges().ok());
  for (int i = 0; i < 250; ++i) ASSERT_NO_FATAL_FAILURE(ExpectThePagesOfAFullSearch(RandomQuery()));
}

TEST_F(SearchBlockTest, NorDoThreadsThatShareWhatTheyHaveFound) {
  ASSERT_TRUE(index_->Flush().ok());
  options_.search_threads = 4;
  options_.min_shared_cost = 0;  // however little there is to walk
  Reopen();
  ASSERT_TRUE(index_->WaitForMerges().ok());
  for (int i = 0; i < 250; ++i) ASSERT_NO_FATAL_FAILURE(ExpectThePagesOfAFullSearch(RandomQuery()));
}

// What words weigh is noted once they are asked for again, and postings are decoded once they are read much.
TEST_F(SearchBlockTest, ScoresAreTheSameWhateverWasSearchedBefore) {
  ASSERT_TRUE(index_->Flush().ok());
  ASSERT_TRUE(index_->WaitForMerges().ok());
  std::vector<SearchQuery> queries;
  for (const std::string& word : kWords) {
    queries.push_back(Query(word));
    queries.push_back(Query(absl::StrCat(word, " ", Word())));
    queries.push_back(Query(absl::StrCat("옛", word, "마을")));
  }
  std::vector<std::vector<IndexHit>> first;
  for (SearchQuery& query : queries) {
    query.limit = 10000;
    Reopen();
    first.push_back(Search(query).hits);
    ASSERT_FALSE(first.back().empty()) << query.text;
  }
  for (int round = 0; round < 5; ++round) {
    for (size_t i = 0; i < queries.size(); ++i) {
      const std::vector<IndexHit> hits = Search(queries[i]).hits;
      ASSERT_EQ(hits.size(), first[i].size()) << queries[i].text;
      for (size_t at = 0; at < hits.size(); ++at) {
        ASSERT_EQ(hits[at].doc_id, first[i][at].doc_id) << queries[i].text;
        ASSERT_EQ(hits[at].score, first[i][at].score) << queries[i].text;
      }
    }
  }
}

TEST_F(SearchBlockTest, SegmentsKnowHowDenseTheirTermsAreBeforeAndAfterMerges) {
  ASSERT_TRUE(index_->Flush().ok());
  ASSERT_TRUE(index_->WaitForMerges().ok());
  EXPECT_LT(index_->Stats().segments, 6u);
  index_.reset();
  std::vector<std::string> files;
  ASSERT_TRUE(env_.GetChildren(options_.dir, &files).ok());
  size_t blocks = 0;
  for (const std::string& name : files) {
    const std::optional<SegmentId> segment = SegmentFile::IdOf(name);
    if (!segment.has_value()) continue;
    const auto file = SegmentFile::Open(options_.dir, *segment);
    ASSERT_TRUE(file.ok()) << file.status();
    const absl::StatusOr<std::string> postings =
        (*file)->Get(IndexKey::OfPostings(*segment, MakeTerm(Field::kText, "바람")));
    ASSERT_TRUE(postings.ok()) << postings.status();
    const absl::StatusOr<ChunkReader> chunk = ChunkReader::Open(*postings);
    ASSERT_TRUE(chunk.ok()) << chunk.status();
    if (chunk->block_count() == 1) continue;
    for (size_t block = 0; block < chunk->block_count(); ++block, ++blocks) {
      EXPECT_LT(chunk->max_density(block).word, TermDensity::kUnknown);
      EXPECT_LE(chunk->max_density(block).word, chunk->max_density(block).part);
    }
  }
  EXPECT_GT(blocks, 10u);
}

}  // namespace
}  // namespace gisa
