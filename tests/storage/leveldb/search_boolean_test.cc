// Random queries of the whole language against a scan of every text: words, phrases, prefixes, fields, names,
// alternatives and exclusions, by ALL and by ANY, with filters; and the pages of those that count no further than they
// must.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/text/word_matcher.h"
#include "tests/storage/leveldb/index_fixture.h"
#include "tests/support/korean_text.h"

namespace gisa {
namespace {

// A part of a query as it is typed, and what it finds.
struct RandomPart {
  std::string text;
  std::function<bool(const Article&)> matches;
};

class SearchBooleanTest : public SearchIndexTest {
 protected:
  SearchBooleanTest() {
    options_.documents_per_flush = 60;
    Reopen();
  }

  uint32_t Below(uint32_t limit) { return rng_() % limit; }

  void AddArticle() {
    Article article;
    article.key = {absl::StrCat("10", Below(3)), absl::StrCat(Below(1000))};
    article.title = korean_.Text(4);
    const bool is_copy = !articles_.empty() && Below(5) == 0;
    article.body = is_copy ? articles_.rbegin()->second.body : korean_.Text(10 + Below(40));
    article.author = korean_.Text(Below(3));
    article.publisher = Below(5) == 0 ? "" : absl::StrCat("한빛신문 ", Below(4));
    article.category = absl::StrCat("사회", Below(3));
    if (Below(8) > 0) article.published_at = absl::FromUnixSeconds(Below(100));
    if (Below(8) > 0) article.crawled_at = absl::FromUnixSeconds(1000 + Below(100));
    const DocId doc = ++last_doc_;
    index_->Apply({Added(++sequence_, doc, article)});
    articles_.emplace(doc, std::move(article));
  }

  void RemoveArticle() {
    const auto removed = std::next(articles_.begin(), Below(static_cast<uint32_t>(articles_.size())));
    Remove(removed->first);
    articles_.erase(removed);
  }

  RandomPart Word() {
    const bool is_phrase = Below(3) == 0;
    const bool is_prefix = !is_phrase && Below(4) == 0;
    std::string word = korean_.QueryWord();
    if (is_phrase) absl::StrAppend(&word, " ", korean_.QueryWord());
    const WordMatcher matcher(word, is_prefix ? WordMatcher::Kind::kPrefix : WordMatcher::Kind::kWord);
    static const std::vector<std::string> kFields = {"", "", "", "title:", "body:", "author:", "publisher:"};
    const std::string& field = kFields[Below(static_cast<uint32_t>(kFields.size()))];
    const std::string text = is_phrase ? absl::StrCat("\"", word, "\"") : absl::StrCat(word, is_prefix ? "*" : "");
    return {absl::StrCat(field, text), [matcher, field](const Article& article) {
              if (field == "title:") return matcher.Matches(article.title);
              if (field == "body:") return matcher.Matches(article.body);
              if (field == "author:") return matcher.Matches(article.author);
              if (field == "publisher:") return matcher.Matches(article.publisher);
              return matcher.Matches(article.title) || matcher.Matches(article.body);
            }};
  }

  RandomPart Part(int depth) {
    if (depth == 0 || Below(3) > 0) return Word();
    RandomPart inside = Query(depth - 1);
    return {absl::StrCat("(", inside.text, ")"), inside.matches};
  }

  RandomPart Group(int depth) {
    std::vector<RandomPart> wanted, excluded;
    for (uint32_t parts = 1 + Below(3); parts > 0; --parts) wanted.push_back(Part(depth));
    if (Below(4) == 0) excluded.push_back(Part(depth));
    std::string text;
    for (const RandomPart& part : wanted) absl::StrAppend(&text, part.text, " ");
    for (const RandomPart& part : excluded) absl::StrAppend(&text, "-", part.text, " ");
    const bool any = match_ == SearchMatch::kAny;
    return {text, [wanted, excluded, any](const Article& article) {
              const auto matches = [&article](const RandomPart& part) { return part.matches(article); };
              return (any ? std::any_of(wanted.begin(), wanted.end(), matches)
                          : std::all_of(wanted.begin(), wanted.end(), matches)) &&
                     std::none_of(excluded.begin(), excluded.end(), matches);
            }};
  }

  RandomPart Query(int depth) {
    RandomPart first = Group(depth);
    if (Below(3) > 0) return first;
    RandomPart second = Group(depth);
    return {absl::StrCat(first.text, "OR ", second.text),
            [a = first.matches, b = second.matches](const Article& article) { return a(article) || b(article); }};
  }

  SearchFilter Filter() {
    SearchFilter filter;
    const auto time = [this](int64_t base) { return absl::FromUnixSeconds(base + Below(100)); };
    if (Below(3) == 0) filter.oids = {"100", "102"};
    if (Below(4) == 0) filter.publishers = {"", "한빛신문 1", "한빛신문 3"};
    if (Below(4) == 0) filter.categories = {"사회1", "사회2"};
    if (Below(4) == 0) filter.published_after = time(0);
    if (Below(4) == 0) filter.published_before = time(0);
    if (Below(6) == 0) filter.crawled_after = time(1000);
    if (Below(6) == 0) filter.crawled_before = time(1000);
    return filter;
  }

  static bool Accepts(const SearchFilter& filter, const Article& article) {
    const auto one_of = [](const std::vector<std::string>& names, const std::string& name) {
      return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
    };
    const auto within = [](const std::optional<absl::Time>& time, const std::optional<absl::Time>& after,
                           const std::optional<absl::Time>& before) {
      if (!after && !before) return true;
      return time && (!after || *time >= *after) && (!before || *time < *before);
    };
    return one_of(filter.oids, article.key.oid) && one_of(filter.publishers, article.publisher) &&
           one_of(filter.categories, article.category) &&
           within(article.published_at, filter.published_after, filter.published_before) &&
           within(article.crawled_at, filter.crawled_after, filter.crawled_before);
  }

  SearchQuery RandomQuery(RandomPart* part) {
    match_ = Below(2) == 0 ? SearchMatch::kAll : SearchMatch::kAny;
    do *part = Query(2);
    while (part->text.size() > kMaxQueryBytes);
    SearchQuery query = SearchIndexTest::Query(part->text);
    query.match = match_;
    query.order =
        std::vector<SearchOrder>{SearchOrder::kRelevance, SearchOrder::kNewest, SearchOrder::kOldest}[Below(3)];
    if (Below(2) == 0) query.filter = Filter();
    return query;
  }

  std::vector<DocId> Expected(const RandomPart& part, const SearchFilter& filter) const {
    std::vector<DocId> docs;
    for (const auto& [doc, article] : articles_) {
      if (part.matches(article) && Accepts(filter, article)) docs.push_back(doc);
    }
    return docs;
  }

  std::mt19937 rng_{23};
  KoreanText korean_{&rng_};
  SearchMatch match_ = SearchMatch::kAll;
  std::map<DocId, Article> articles_;
};

TEST_F(SearchBooleanTest, AnyQueryFindsWhatAScanFinds) {
  size_t hits = 0;
  for (int round = 0; round < 6; ++round) {
    for (int i = 0; i < 70; ++i) AddArticle();
    for (int i = 0; i < 12; ++i) RemoveArticle();
    if (round % 2 == 1) {
      ASSERT_TRUE(index_->Flush().ok());
      Reopen();
    }
    for (int i = 0; i < 80; ++i) {
      RandomPart part;
      const SearchQuery query = RandomQuery(&part);
      const IndexPage page = Search(query);
      std::vector<DocId> found = DocsOf(page);
      std::sort(found.begin(), found.end());
      ASSERT_EQ(found, Expected(part, query.filter)) << query.text;
      ASSERT_EQ(page.total_hits, found.size());
      hits += found.size();
    }
  }
  EXPECT_GT(hits, 5000u);
}

TEST_F(SearchBooleanTest, PagesThatCountNoFurtherAreTheSamePages) {
  for (int i = 0; i < 500; ++i) AddArticle();
  size_t bounds = 0;
  for (int i = 0; i < 100; ++i) {
    RandomPart part;
    SearchQuery query = RandomQuery(&part);
    const std::vector<IndexHit> expected = Search(query).hits;
    query.limit = 1 + Below(20);
    query.max_exact_hits = 1 + Below(50);
    std::vector<IndexHit> found;
    do {
      const IndexPage page = Search(query);
      if (page.total_is_lower_bound) {
        ++bounds;
        ASSERT_EQ(page.total_hits, query.max_exact_hits);
        ASSERT_LT(page.total_hits, expected.size());
      } else {
        ASSERT_EQ(page.total_hits, expected.size());
      }
      found.insert(found.end(), page.hits.begin(), page.hits.end());
      query.after = page.next;
    } while (query.after.has_value());
    ASSERT_EQ(found.size(), expected.size()) << query.text;
    for (size_t at = 0; at < found.size(); ++at) {
      ASSERT_EQ(found[at].doc_id, expected[at].doc_id) << query.text;
      ASSERT_EQ(found[at].score, expected[at].score) << query.text;
    }
  }
  EXPECT_GT(bounds, 50u);
}

// What a searching thread answers alone, with segments on disk.
TEST_F(SearchBooleanTest, ASharedSearchFindsTheVerySamePages) {
  for (int i = 0; i < 600; ++i) AddArticle();
  for (int i = 0; i < 60; ++i) RemoveArticle();
  ASSERT_TRUE(index_->Flush().ok());
  options_.search_threads = 1;
  Reopen();
  // A merge leaves out what was removed, and then words are in fewer documents.
  ASSERT_TRUE(index_->WaitForMerges().ok());
  std::vector<std::pair<SearchQuery, IndexPage>> alone;
  for (int i = 0; i < 60; ++i) {
    RandomPart part;
    SearchQuery query = RandomQuery(&part);
    query.limit = 1 + Below(10);
    query.max_exact_hits = 1 + Below(100);
    query.collapse_duplicates = Below(4) == 0;
    if (Below(3) == 0) query.facets = {FacetField::kPublisher, FacetField::kDay, FacetField::kMonth};
    int pages = 0;
    do {
      alone.emplace_back(query, Search(query));
      query.after = alone.back().second.next;
    } while (query.after.has_value() && ++pages < 32);
  }
  options_.search_threads = 4;
  options_.min_shared_cost = 0;  // however little there is to walk
  Reopen();
  ASSERT_TRUE(index_->WaitForMerges().ok());
  for (const auto& [query, expected] : alone) {
    const IndexPage page = Search(query);
    ASSERT_EQ(page.total_hits, expected.total_hits) << query.text;
    ASSERT_EQ(page.total_is_lower_bound, expected.total_is_lower_bound) << query.text;
    ASSERT_EQ(page.next.has_value(), expected.next.has_value()) << query.text;
    ASSERT_EQ(DocsOf(page), DocsOf(expected)) << query.text;
    for (size_t at = 0; at < page.hits.size(); ++at) {
      ASSERT_EQ(page.hits[at].score, expected.hits[at].score) << query.text;
      ASSERT_EQ(page.hits[at].copies, expected.hits[at].copies) << query.text;
    }
    ASSERT_EQ(page.facets.size(), expected.facets.size());
    for (size_t facet = 0; facet < page.facets.size(); ++facet) {
      ASSERT_EQ(page.facets[facet].other_hits, expected.facets[facet].other_hits);
      ASSERT_EQ(page.facets[facet].counts.size(), expected.facets[facet].counts.size());
      for (size_t at = 0; at < page.facets[facet].counts.size(); ++at) {
        ASSERT_EQ(page.facets[facet].counts[at].value, expected.facets[facet].counts[at].value);
        ASSERT_EQ(page.facets[facet].counts[at].hits, expected.facets[facet].counts[at].hits);
      }
    }
  }
}

}  // namespace
}  // namespace gisa
