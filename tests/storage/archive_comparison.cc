#include "tests/storage/archive_comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "tests/storage/describe.h"

namespace gisa {
namespace {

constexpr size_t kNoLimit = std::numeric_limits<size_t>::max();

// Of an error what callers may rely on.
std::string DescribeError(const absl::Status& status) {
  return absl::StrCat(absl::StatusCodeToString(status.code()), " ", ErrorReason(status));
}

template <typename T>
void ExpectSame(const absl::StatusOr<T>& actual, const absl::StatusOr<T>& expected) {
  if (actual.ok() && expected.ok()) {
    EXPECT_EQ(Describe(*actual), Describe(*expected));
  } else {
    EXPECT_EQ(DescribeError(actual.status()), DescribeError(expected.status())) << actual.status();
  }
}

std::vector<std::string> HexOf(const std::vector<Sha256Digest>& digests) {
  std::vector<std::string> hex;
  for (const Sha256Digest& digest : digests) hex.push_back(ToHex(digest));
  return hex;
}

std::vector<std::string> TextOf(const std::vector<KeyedHash>& articles) {
  std::vector<std::string> texts;
  for (const KeyedHash& article : articles) {
    texts.push_back(absl::StrCat(article.key.ToString(), " ", ToHex(article.content_hash)));
  }
  return texts;
}

// Whether hits may come in this order; an absent time is last either way.
bool IsInOrder(SearchOrder order, const SearchHit& a, const SearchHit& b) {
  if (order == SearchOrder::kRelevance) return a.score >= b.score;
  const auto& first = a.article.article.published_at;
  const auto& second = b.article.article.published_at;
  if (!first.has_value() || !second.has_value()) return !second.has_value();
  return order == SearchOrder::kNewest ? *first >= *second : *first <= *second;
}

}  // namespace

void ArchiveComparison::Compare(const absl::StatusOr<IngestResult>& actual,
                                const absl::StatusOr<IngestResult>& expected) {
  ExpectSame(actual, expected);
}

void ArchiveComparison::Compare(const absl::StatusOr<DeleteResult>& actual,
                                const absl::StatusOr<DeleteResult>& expected) {
  ExpectSame(actual, expected);
}

void ArchiveComparison::Get(const ArticleKey& key, uint32_t revision, View view) const {
  ExpectSame(archive_.Get(key, revision, view), model_.Get(key, revision, view));
}

void ArchiveComparison::GetByContentHash(const Sha256Digest& content_hash, View view) const {
  ExpectSame(archive_.GetByContentHash(content_hash, view), model_.GetByContentHash(content_hash, view));
}

void ArchiveComparison::ListRevisions(const ArticleKey& key, uint32_t before, size_t limit) const {
  ExpectSame(archive_.ListRevisions(key, before, limit), model_.ListRevisions(key, before, limit));
}

void ArchiveComparison::FindMissing(const std::vector<Sha256Digest>& content_hashes,
                                    const std::vector<KeyedHash>& articles) const {
  const absl::StatusOr<MissingContent> actual = archive_.FindMissing(content_hashes, articles);
  ASSERT_TRUE(actual.ok()) << actual.status();
  const MissingContent expected = model_.FindMissing(content_hashes, articles);
  EXPECT_EQ(HexOf(actual->content_hashes), HexOf(expected.content_hashes));
  EXPECT_EQ(TextOf(actual->articles), TextOf(expected.articles));
}

ExportPage ArchiveComparison::Export(const ExportFilter& filter, ExportOrder order, View view,
                                     const ExportCursor& cursor, size_t limit, size_t max_bytes) const {
  absl::StatusOr<ExportPage> page = archive_.Export(filter, order, view, cursor, limit, max_bytes);
  EXPECT_TRUE(page.ok()) << page.status();
  if (!page.ok()) return ExportPage();
  EXPECT_LE(page->articles.size(), limit);
  std::vector<std::string> expected = Describe(model_.Export(filter, order, view, cursor));
  if (page->done) {
    EXPECT_EQ(Describe(page->articles), expected);
  } else {
    std::vector<std::string> rest = Describe(model_.Export(filter, order, view, page->next));
    std::vector<std::string> actual = Describe(page->articles);
    actual.insert(actual.end(), rest.begin(), rest.end());
    EXPECT_EQ(actual, expected) << "with what is to come after " << page->next.last_key.ToString();
  }
  return *std::move(page);
}

void ArchiveComparison::Search(SearchQuery query) const {
  const absl::StatusOr<std::vector<StoredArticle>> expected = model_.Search(query.text);
  std::vector<SearchHit> hits;
  do {
    const absl::StatusOr<SearchPage> page = archive_.Search(query, SearchControl());
    ASSERT_EQ(DescribeError(page.status()), DescribeError(expected.status())) << query.text;
    if (!page.ok()) return;
    ASSERT_LE(page->hits.size(), query.limit);
    ASSERT_TRUE(page->total_is_lower_bound || page->total_hits == expected->size())
        << query.text << ": " << page->total_hits << " instead of " << expected->size();
    hits.insert(hits.end(), page->hits.begin(), page->hits.end());
    query.after = page->next;
  } while (query.after.has_value() && hits.size() <= expected->size());
  std::vector<std::string> found;
  for (size_t i = 0; i < hits.size(); ++i) {
    EXPECT_TRUE(i == 0 || IsInOrder(query.order, hits[i - 1], hits[i])) << query.text;
    found.push_back(Describe(hits[i].article));
  }
  std::vector<std::string> wanted;
  for (StoredArticle article : *expected) {
    if (!query.with_body) article.article.body.clear();
    wanted.push_back(Describe(article));
  }
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(found, wanted) << query.text;
}

void ArchiveComparison::Stats() const {
  const absl::StatusOr<ArchiveStats> actual = archive_.GetStats();
  ASSERT_TRUE(actual.ok()) << actual.status();
  const ArchiveStats expected = model_.Stats();
  EXPECT_EQ(actual->articles, expected.articles);
  EXPECT_EQ(actual->revisions, expected.revisions);
  EXPECT_EQ(actual->bodies, expected.bodies);
  EXPECT_EQ(actual->tombstones, expected.tombstones);
  EXPECT_EQ(actual->text_bytes, expected.text_bytes);
  EXPECT_EQ(actual->unique_text_bytes, expected.unique_text_bytes);
  EXPECT_EQ(actual->last_sequence, expected.last_sequence);
  EXPECT_EQ(actual->indexed_documents, expected.indexed_documents);
  EXPECT_EQ(actual->stored_text_bytes == 0, expected.bodies == 0);
}

void ArchiveComparison::Everything() const {
  Stats();
  for (const ArticleKey& key : model_.Keys()) {
    ListRevisions(key, 0, kNoLimit);
    const absl::StatusOr<std::vector<StoredArticle>> revisions = model_.ListRevisions(key, 0, kNoLimit);
    if (!revisions.ok()) continue;
    for (const StoredArticle& revision : *revisions) {
      Get(key, revision.revision, View::kFull);
      GetByContentHash(revision.content_hash, View::kBasic);
    }
  }
  ExportCursor everything;
  everything.as_of_sequence = model_.Stats().last_sequence;
  for (const ExportOrder order : {ExportOrder::kKey, ExportOrder::kPublishedAt}) {
    EXPECT_TRUE(Export({}, order, View::kFull, everything, kNoLimit, kNoLimit).done);
  }
}

}  // namespace gisa
