#include <vector>

#include "tests/storage/archive_conformance.h"
#include "tests/storage/describe.h"
#include "tests/support/archive_calls.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(ArchiveConformanceTest, ADeletedArticleIsGoneWithAllItsRevisions) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  Delete(kFirst);
  for (const uint32_t revision : {0, 1, 2, 3}) {
    EXPECT_THAT(archive().Get(kFirst, revision, View::kBasic).status(), IsError(kNotFound, "ARTICLE_DELETED"));
  }
  EXPECT_THAT(archive().ListRevisions(kFirst, 0, 10).status(), IsError(kNotFound, "ARTICLE_DELETED"));
  EXPECT_TRUE(IsMissing("하나"));
  EXPECT_TRUE(IsMissing("둘"));
}

TEST_P(ArchiveConformanceTest, ADeletionSaysWhatItDid) {
  Ingest(MakeArticle(kFirst, "하나"));
  const absl::Time before = absl::Now() - absl::Microseconds(1);
  const DeleteResult result = Delete(kFirst, "초상권");
  EXPECT_EQ(result.key, kFirst);
  EXPECT_EQ(result.sequence, 2u);
  EXPECT_EQ(result.reason, "초상권");
  EXPECT_GE(result.deleted_at, before);
  EXPECT_LE(result.deleted_at, absl::Now());
}

TEST_P(ArchiveConformanceTest, DeletingAgainReturnsTheTombstone) {
  Ingest(MakeArticle(kFirst, "하나"));
  const DeleteResult first = Delete(kFirst, "초상권");
  EXPECT_EQ(Describe(Delete(kFirst, "another reason")), Describe(first));
  Reopen();
  EXPECT_EQ(Describe(Delete(kFirst)), Describe(first));
  EXPECT_EQ(GetStats().tombstones, 1u);
  EXPECT_EQ(GetStats().last_sequence, 2u);
}

TEST_P(ArchiveConformanceTest, WhatNeverWasCannotBeDeleted) {
  EXPECT_THAT(DeleteAndWait(archive(), kFirst, "").status(), IsError(kNotFound, "ARTICLE_NOT_FOUND"));
  EXPECT_EQ(GetStats().tombstones, 0u);
}

TEST_P(ArchiveConformanceTest, ADeletedKeyIsRefusedUnlessTheCommandSaysUndelete) {
  const Article article = MakeArticle(kFirst, "하나");
  Ingest(article);
  Delete(kFirst);
  EXPECT_THAT(IngestAndWait(archive(), article).status(),
              IsError(absl::StatusCode::kFailedPrecondition, "ARTICLE_DELETED"));
  EXPECT_TRUE(IsMissing("하나"));
  EXPECT_EQ(GetStats().last_sequence, 2u);
  EXPECT_EQ(Undelete(article).outcome, Outcome::kCreated);
}

TEST_P(ArchiveConformanceTest, AnUndeletedArticleContinuesTheRevisionNumbers) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  Delete(kFirst);
  const IngestResult back = Undelete(MakeArticle(kFirst, "하나"));
  EXPECT_EQ(back.revision, 3u);
  EXPECT_EQ(Get(kFirst).article.body, "하나");
  EXPECT_THAT(archive().Get(kFirst, 2, View::kBasic).status(), IsError(kNotFound, "REVISION_NOT_FOUND"));
  const std::vector<StoredArticle> revisions = ListRevisions(kFirst);
  ASSERT_EQ(revisions.size(), 1u);
  EXPECT_EQ(revisions[0].revision, 3u);
  EXPECT_EQ(Ingest(MakeArticle(kFirst, "셋")).revision, 4u);
  EXPECT_EQ(ListRevisions(kFirst).size(), 2u);
  EXPECT_THAT(ListRevisions(kFirst, 3), IsEmpty());
  EXPECT_EQ(GetStats().tombstones, 0u);
}

TEST_P(ArchiveConformanceTest, AnArticleCanBeDeletedAndUndeletedManyTimes) {
  Ingest(MakeArticle(kFirst, "하나"));
  for (uint32_t revision = 2; revision < 6; ++revision) {
    Delete(kFirst);
    EXPECT_EQ(Undelete(MakeArticle(kFirst, "하나")).revision, revision);
  }
  EXPECT_EQ(Find("하나"), std::vector<ArticleKey>{kFirst});
}

TEST_P(ArchiveConformanceTest, UndeleteOfAKnownBodyIsADuplicate) {
  Ingest(MakeArticle(kFirst, "하나"));
  Delete(kFirst);
  Ingest(MakeArticle(kSecond, "하나"));
  const IngestResult back = Undelete(MakeArticle(kFirst, "하나"));
  EXPECT_EQ(back.outcome, Outcome::kDuplicate);
  EXPECT_EQ(back.canonical, kSecond);
}

TEST_P(ArchiveConformanceTest, AnUndeletedArticleRemembersNoOlderCrawl) {
  Article article = MakeArticle(kFirst, "하나");
  Ingest(article);
  Delete(kFirst);
  *article.crawled_at -= absl::Hours(1);
  Undelete(article);
  EXPECT_EQ(Get(kFirst).last_crawled_at, article.crawled_at);
}

TEST_P(ArchiveConformanceTest, UndeleteOfWhatIsNotDeletedIsAnOrdinaryIngest) {
  EXPECT_EQ(Undelete(MakeArticle(kFirst, "하나")).outcome, Outcome::kCreated);
  EXPECT_EQ(Undelete(MakeArticle(kFirst, "하나")).outcome, Outcome::kUnchanged);
  EXPECT_EQ(Undelete(MakeArticle(kFirst, "둘")).outcome, Outcome::kRevised);
}

TEST_P(ArchiveConformanceTest, ABodyGoesWithItsLastArticle) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "하나"));
  Delete(kFirst);
  EXPECT_FALSE(IsMissing("하나"));
  EXPECT_EQ(Get(kSecond).article.body, "하나");
  Delete(kSecond);
  EXPECT_TRUE(IsMissing("하나"));
  EXPECT_THAT(archive().GetByContentHash(Sha256("하나"), View::kFull).status(),
              IsError(kNotFound, "CONTENT_NOT_FOUND"));
  EXPECT_EQ(GetStats().bodies, 0u);
  EXPECT_EQ(Ingest(MakeArticle(kThird, "하나")).outcome, Outcome::kCreated);
}

TEST_P(ArchiveConformanceTest, ABodyStaysWhileASupersededRevisionHasIt) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  EXPECT_FALSE(IsMissing("하나"));
  EXPECT_EQ(Get(kFirst, 1).article.body, "하나");
  EXPECT_EQ(Ingest(MakeArticle(kSecond, "하나")).outcome, Outcome::kDuplicate);
}

TEST_P(ArchiveConformanceTest, ABodyThatSeveralRevisionsHaveGoesWithTheArticle) {
  Article article = MakeArticle(kFirst, "하나");
  for (const char* title : {"가", "나", "다"}) {
    article.title = title;
    Ingest(article);
  }
  EXPECT_EQ(GetStats().text_bytes, 3 * article.body.size());
  EXPECT_EQ(GetStats().unique_text_bytes, article.body.size());
  Delete(kFirst);
  EXPECT_TRUE(IsMissing("하나"));
  EXPECT_EQ(GetStats().text_bytes, 0u);
}

TEST_P(ArchiveConformanceTest, TheEarliestRemainingHolderBecomesCanonical) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "하나"));
  Ingest(MakeArticle(kThird, "하나"));
  Delete(kFirst);
  EXPECT_EQ(Get(kThird).canonical, kSecond);
  EXPECT_EQ(GetByContentHash("하나").article.key, kSecond);
  Delete(kSecond);
  EXPECT_EQ(Get(kThird).canonical, kThird);
}

TEST_P(ArchiveConformanceTest, DeletingAnotherHolderLeavesTheCanonicalOne) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "하나"));
  Delete(kSecond);
  EXPECT_EQ(Get(kFirst).canonical, kFirst);
}

TEST_P(ArchiveConformanceTest, ARevisionCountsAsAHolderFromWhenItCame) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kThird, "셋"));
  Ingest(MakeArticle(kSecond, "하나"));
  Ingest(MakeArticle(kThird, "하나"));
  Delete(kFirst);
  EXPECT_EQ(Get(kThird).canonical, kSecond);
}

TEST_P(ArchiveConformanceTest, AnArticleThatWasRevisedAwayFromABodyStillHoldsIt) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "하나"));
  Ingest(MakeArticle(kFirst, "둘"));
  EXPECT_EQ(Get(kSecond).canonical, kFirst);
  const StoredArticle holder = GetByContentHash("하나");
  EXPECT_EQ(holder.article.key, kFirst);
  EXPECT_EQ(holder.revision, 1u);
  Delete(kFirst);
  EXPECT_EQ(Get(kSecond).canonical, kSecond);
}

TEST_P(ArchiveConformanceTest, AnUndeletedArticleIsTheLatestHolder) {
  Ingest(MakeArticle(kFirst, "하나"));
  Ingest(MakeArticle(kSecond, "하나"));
  Ingest(MakeArticle(kThird, "하나"));
  Delete(kFirst);
  Undelete(MakeArticle(kFirst, "하나"));
  EXPECT_EQ(Get(kFirst).canonical, kSecond);
  Delete(kSecond);
  EXPECT_EQ(Get(kFirst).canonical, kThird);
}

TEST_P(ArchiveConformanceTest, ADeletionLeavesAllOthersAsTheyAre) {
  Ingest(MakeArticle({"018", "10"}, "열"));
  Ingest(MakeArticle({"018", "1"}, "하나"));
  Ingest(MakeArticle({"0181", "0"}, "영"));
  const std::vector<std::string> before = {Describe(Get({"018", "10"})), Describe(Get({"0181", "0"}))};
  Delete({"018", "1"});
  EXPECT_EQ((std::vector<std::string>{Describe(Get({"018", "10"})), Describe(Get({"0181", "0"}))}), before);
  EXPECT_THAT(KeysOf(Export(archive().StartExport(), ExportOrder::kKey)),
              ElementsAre(ArticleKey{"018", "10"}, ArticleKey{"0181", "0"}));
}

}  // namespace
}  // namespace gisa
