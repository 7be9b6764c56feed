#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/storage/archive_conformance.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint32_t> NumbersOf(const std::vector<StoredArticle>& revisions) {
  std::vector<uint32_t> numbers;
  for (const StoredArticle& revision : revisions) numbers.push_back(revision.revision);
  return numbers;
}

TEST_P(ArchiveConformanceTest, GetReturnsEverythingThatIsKnown) {
  const Article article = MakeArticle(kFirst, "본문");
  const absl::Time before = absl::Now() - absl::Microseconds(1);
  Ingest(article);
  const StoredArticle stored = Get(kFirst);
  EXPECT_GE(stored.ingested_at, before);
  EXPECT_LE(stored.ingested_at, absl::Now());
  StoredArticle expected;
  expected.article = article;
  expected.content_hash = Sha256("본문");
  expected.revision = 1;
  expected.sequence = 1;
  expected.ingested_at = stored.ingested_at;
  expected.last_crawled_at = article.crawled_at;
  expected.canonical = kFirst;
  EXPECT_EQ(Describe(stored), Describe(expected));
}

TEST_P(ArchiveConformanceTest, EveryRevisionCanBeRead) {
  Article article = MakeArticle(kFirst, "하나");
  Ingest(article);
  const std::string first = Describe(Get(kFirst));
  article.title = "새 제목";
  article.published_at.reset();
  article.body = "둘";
  Ingest(article);
  EXPECT_EQ(Describe(Get(kFirst, 1)), first);
  EXPECT_EQ(Get(kFirst, 2).article.title, "새 제목");
  EXPECT_EQ(Describe(Get(kFirst)), Describe(Get(kFirst, 2)));
}

TEST_P(ArchiveConformanceTest, WhatIsNotThereIsNotFound) {
  EXPECT_THAT(archive().Get(kFirst, 0, View::kFull).status(), IsError(kNotFound, "ARTICLE_NOT_FOUND"));
  EXPECT_THAT(archive().Get(kFirst, 1, View::kFull).status(), IsError(kNotFound, "ARTICLE_NOT_FOUND"));
  EXPECT_THAT(archive().ListRevisions(kFirst, 0, 10).status(), IsError(kNotFound, "ARTICLE_NOT_FOUND"));
  EXPECT_THAT(archive().GetByContentHash(Sha256(""), View::kFull).status(), IsError(kNotFound, "CONTENT_NOT_FOUND"));
  Ingest(MakeArticle(kFirst, "하나"));
  EXPECT_THAT(archive().Get(kFirst, 2, View::kFull).status(), IsError(kNotFound, "REVISION_NOT_FOUND"));
  EXPECT_THAT(archive().Get(kFirst, 4294967295, View::kFull).status(), IsError(kNotFound, "REVISION_NOT_FOUND"));
}

TEST_P(ArchiveConformanceTest, TheBasicViewLacksTheBodyAlone) {
  Ingest(MakeArticle(kFirst, "본문"));
  StoredArticle expected = Get(kFirst);
  expected.article.body.clear();
  EXPECT_EQ(Describe(Get(kFirst, 0, View::kBasic)), Describe(expected));
  EXPECT_EQ(Describe(GetByContentHash("본문", View::kBasic)), Describe(expected));
}

TEST_P(ArchiveConformanceTest, ABodysHashGetsItsCanonicalArticleAtTheNewestRevisionWithIt) {
  Article article = MakeArticle(kFirst, "하나");
  Ingest(article);
  Ingest(MakeArticle(kSecond, "하나"));
  article.title = "새 제목";
  Ingest(article);
  EXPECT_EQ(Describe(GetByContentHash("하나")), Describe(Get(kFirst, 2)));
  article.body = "둘";
  Ingest(article);
  EXPECT_EQ(Describe(GetByContentHash("하나")), Describe(Get(kFirst, 2)));
  article.body = "하나";
  Ingest(article);
  EXPECT_EQ(Describe(GetByContentHash("하나")), Describe(Get(kFirst, 4)));
}

TEST_P(ArchiveConformanceTest, TimesKeepTheirMicrosecondsBeforeAndAfter1970) {
  Article article = MakeArticle(kFirst, "본문");
  article.published_at = absl::FromUnixMicros(-1);
  article.crawled_at = absl::FromUnixMicros(-62135596800000000);  // the year 1
  Ingest(article);
  Article late = MakeArticle(kSecond, "본문");
  late.published_at = late.crawled_at = absl::FromUnixMicros(253402300799999999);  // the end of 9999
  Ingest(late);
  Reopen();
  EXPECT_EQ(Get(kFirst).article.published_at, article.published_at);
  EXPECT_EQ(Get(kFirst).last_crawled_at, article.crawled_at);
  EXPECT_EQ(Get(kSecond).article.published_at, late.published_at);
  EXPECT_EQ(Get(kSecond).article.crawled_at, late.crawled_at);
}

TEST_P(ArchiveConformanceTest, RevisionsAreListedNewestFirstWithoutBodies) {
  for (const char* body : {"하나", "둘", "셋"}) Ingest(MakeArticle(kFirst, body));
  const std::vector<StoredArticle> revisions = ListRevisions(kFirst);
  ASSERT_THAT(NumbersOf(revisions), ElementsAre(3, 2, 1));
  for (const StoredArticle& revision : revisions) {
    EXPECT_EQ(Describe(revision), Describe(Get(kFirst, revision.revision, View::kBasic)));
  }
}

TEST_P(ArchiveConformanceTest, RevisionsAreListedInPages) {
  for (int i = 1; i <= 12; ++i) Ingest(MakeArticle(kFirst, absl::StrCat("본문 ", i)));
  EXPECT_THAT(NumbersOf(ListRevisions(kFirst, 0, 3)), ElementsAre(12, 11, 10));
  EXPECT_THAT(NumbersOf(ListRevisions(kFirst, 12, 3)), ElementsAre(11, 10, 9));
  EXPECT_THAT(NumbersOf(ListRevisions(kFirst, 3)), ElementsAre(2, 1));
  EXPECT_THAT(ListRevisions(kFirst, 1), IsEmpty());
  EXPECT_THAT(NumbersOf(ListRevisions(kFirst, 13, 1)), ElementsAre(12));
  EXPECT_THAT(NumbersOf(ListRevisions(kFirst, 4294967295, 1)), ElementsAre(12));
}

TEST_P(ArchiveConformanceTest, FindMissingNamesBodiesInTheOrderAsked) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  Ingest(MakeArticle(kSecond, "셋"));
  Delete(kSecond);
  const std::vector<Sha256Digest> asked = {Sha256("셋"), Sha256("둘"), Sha256("넷"), Sha256("하나"), Sha256("셋")};
  const auto missing = archive().FindMissing(asked, {});
  ASSERT_TRUE(missing.ok()) << missing.status();
  EXPECT_THAT(missing->content_hashes, ElementsAre(Sha256("셋"), Sha256("넷"), Sha256("셋")));
  EXPECT_THAT(missing->articles, IsEmpty());
}

TEST_P(ArchiveConformanceTest, FindMissingNamesArticlesWhoseCurrentBodyIsAnother) {
  const ArticleKey deleted = {"018", "3"};
  const ArticleKey unknown = {"018", "4"};
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  Ingest(MakeArticle(deleted, "둘"));
  Delete(deleted);
  const std::vector<KeyedHash> asked = {{unknown, Sha256("둘")},
                                        {kFirst, Sha256("둘")},
                                        {deleted, Sha256("둘")},
                                        {kFirst, Sha256("하나")},
                                        {deleted, Sha256("")}};
  const auto missing = archive().FindMissing({}, asked);
  ASSERT_TRUE(missing.ok()) << missing.status();
  EXPECT_THAT(missing->content_hashes, IsEmpty());
  ASSERT_EQ(missing->articles.size(), 4u);
  size_t next = 0;
  for (const size_t i : {0, 2, 3, 4}) {
    EXPECT_EQ(missing->articles[next].key, asked[i].key);
    EXPECT_EQ(missing->articles[next++].content_hash, asked[i].content_hash);
  }
}

}  // namespace
}  // namespace gisa
