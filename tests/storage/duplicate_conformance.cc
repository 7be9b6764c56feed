#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/storage/archive_conformance.h"
#include "tests/support/archive_calls.h"
#include "tests/support/story.h"

namespace gisa {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

DuplicatePage FindDuplicates(Archive& archive, const DuplicateQuery& query) {
  absl::StatusOr<DuplicatePage> page = archive.FindDuplicates(query, SearchControl());
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *std::move(page) : DuplicatePage();
}

std::vector<DuplicateMatch> MatchesOf(Archive& archive, const DuplicateQuery& query) {
  std::vector<DuplicateMatch> matches;
  for (Duplicate& duplicate : FindDuplicates(archive, query).duplicates) {
    EXPECT_EQ(duplicate.article.article.key, duplicate.match.key);
    EXPECT_EQ(duplicate.article.article.body, "");
    matches.push_back(std::move(duplicate.match));
  }
  return matches;
}

std::vector<ArticleKey> DuplicatesOf(Archive& archive, const ArticleKey& key) {
  std::vector<ArticleKey> keys;
  for (DuplicateMatch& match : MatchesOf(archive, {key})) keys.push_back(std::move(match.key));
  return keys;
}

IngestResult IngestAsking(Archive& archive, const Article& article) {
  IngestCommand command;
  command.article = article;
  command.near_duplicate_similarity = kDefaultMinSimilarity;
  const absl::StatusOr<IngestResult> result = IngestAndWait(archive, std::move(command));
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? *result : IngestResult();
}

TEST_P(ArchiveConformanceTest, TheSameBodyIsExactAndAnEditedOneNear) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  Ingest(Timeless(kSecond, body));
  Ingest(Timeless(kThird, absl::StrCat(body, "끝으로 한 문장을 덧붙였다.")));
  const std::vector<DuplicateMatch> matches = MatchesOf(archive(), {kFirst});
  ASSERT_THAT(matches, SizeIs(2));
  EXPECT_EQ(matches[0].key, kSecond);
  EXPECT_EQ(matches[0].relation, DuplicateRelation::kExact);
  EXPECT_EQ(matches[0].similarity, 1);
  EXPECT_EQ(matches[1].key, kThird);
  EXPECT_EQ(matches[1].relation, DuplicateRelation::kNear);
  EXPECT_GT(matches[1].similarity, 0.9);
  EXPECT_LT(matches[1].similarity, 1);
  EXPECT_EQ(matches[1].only_here, 0u);
  EXPECT_GT(matches[1].only_there, 0u);
  EXPECT_EQ(matches[1].shared, 12u * 24 - 4);
}

TEST_P(ArchiveConformanceTest, AnExcerptIsContainedFromEitherSide) {
  Ingest(Timeless(kFirst, Story("가람", 40)));
  Ingest(Timeless(kSecond, Story("가람", 4)));
  for (const auto& [asked, other] : {std::pair(kFirst, kSecond), std::pair(kSecond, kFirst)}) {
    const std::vector<DuplicateMatch> matches = MatchesOf(archive(), {asked});
    ASSERT_THAT(matches, SizeIs(1));
    EXPECT_EQ(matches[0].key, other);
    EXPECT_EQ(matches[0].relation, DuplicateRelation::kContained);
    EXPECT_EQ(matches[0].containment, 1);
    EXPECT_LT(matches[0].similarity, 0.2);
  }
}

TEST_P(ArchiveConformanceTest, OtherStoriesShortBodiesAndEmptyOnesAreLikeNothing) {
  Ingest(Timeless(kFirst, Story("가람")));
  Ingest(Timeless(kSecond, "짧은 글이다. 가람 마을."));
  Ingest(Timeless(kThird, ""));
  Ingest(Timeless({"001", "4"}, Story("나루")));
  Ingest(Timeless({"001", "5"}, "짧은 글이다! 가람 마을!"));
  for (const ArticleKey& key : {kFirst, kSecond, kThird}) EXPECT_THAT(DuplicatesOf(archive(), key), IsEmpty());
}

TEST_P(ArchiveConformanceTest, BodiesThatShareOnlyBoilerplateAreNotAlike) {
  constexpr char kBoilerplate[] =
      "\n사진=새소식 자료실\n새소식 홍길동 기자 gildong@example.com\n"
      "ⓒ 새소식, 모든 기사의 무단 전재 및 재배포 금지. 저작권은 새소식에 있으며 어기면 책임을 묻습니다\n";
  Ingest(Timeless(kFirst, absl::StrCat("봄꽃 축제가 가람에서 열린다.", kBoilerplate)));
  Ingest(Timeless(kSecond, absl::StrCat("눈이 내려 나루의 길이 막혔다.", kBoilerplate)));
  EXPECT_THAT(DuplicatesOf(archive(), kFirst), IsEmpty());
}

TEST_P(ArchiveConformanceTest, ATextNeedNotBeStored) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  DuplicateQuery query;
  query.about = body;
  std::vector<DuplicateMatch> matches = MatchesOf(archive(), query);
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_EQ(matches[0].relation, DuplicateRelation::kExact);
  query.about = absl::StrCat("“", body, "” 라고 했다");
  matches = MatchesOf(archive(), query);
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_EQ(matches[0].relation, DuplicateRelation::kNear);
  query.about = std::string();
  EXPECT_THAT(MatchesOf(archive(), query), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AHashAsksForAllHoldersOfTheBody) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  Ingest(Timeless(kThird, body));
  EXPECT_THAT(MatchesOf(archive(), {Sha256(body)}), SizeIs(2));
  EXPECT_THAT(archive().FindDuplicates({Sha256("없는 글")}, SearchControl()).status(),
              IsError(kNotFound, "CONTENT_NOT_FOUND"));
  EXPECT_THAT(archive().FindDuplicates({kSecond}, SearchControl()).status(), IsError(kNotFound, "ARTICLE_NOT_FOUND"));
}

TEST_P(ArchiveConformanceTest, TheSimilarityAskedForDecides) {
  Ingest(Timeless(kFirst, absl::StrCat(Story("가람", 10), Story("나루", 4))));
  Ingest(Timeless(kSecond, absl::StrCat(Story("가람", 10), Story("다솜", 4))));
  EXPECT_THAT(MatchesOf(archive(), {kFirst, 0.8}), IsEmpty());
  const std::vector<DuplicateMatch> matches = MatchesOf(archive(), {kFirst, 0.5});
  ASSERT_THAT(matches, SizeIs(1));
  EXPECT_NEAR(matches[0].similarity, 10.0 / 18, 0.02);
}

TEST_P(ArchiveConformanceTest, DeletedAndReplacedBodiesAreNotFound) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  Ingest(Timeless(kSecond, body + "하나 더."));
  Ingest(Timeless(kThird, body + "둘 더."));
  Delete(kSecond);
  Ingest(Timeless(kThird, Story("나루")));
  EXPECT_THAT(DuplicatesOf(archive(), kFirst), IsEmpty());
  Ingest(Timeless(kThird, body));
  Undelete(Timeless(kSecond, body + "하나 더."));
  EXPECT_THAT(DuplicatesOf(archive(), kFirst), ElementsAre(kThird, kSecond));
}

TEST_P(ArchiveConformanceTest, AnIngestThatAsksIsToldWhatWasThereBefore) {
  const std::string body = Story("가람");
  EXPECT_THAT(IngestAsking(archive(), Timeless(kFirst, body)).near_duplicates, IsEmpty());
  const IngestResult near = IngestAsking(archive(), Timeless(kSecond, body + "한 문장이 늘었다."));
  EXPECT_EQ(near.outcome, Outcome::kCreated);
  ASSERT_THAT(near.near_duplicates, SizeIs(1));
  EXPECT_EQ(near.near_duplicates[0].key, kFirst);
  EXPECT_EQ(near.near_duplicates[0].relation, DuplicateRelation::kNear);
  EXPECT_TRUE(near.near_duplicates_complete);

  const IngestResult same = IngestAsking(archive(), Timeless(kThird, body));
  EXPECT_EQ(same.outcome, Outcome::kDuplicate);
  ASSERT_THAT(same.near_duplicates, SizeIs(1));  // the very same is not among them
  EXPECT_EQ(same.near_duplicates[0].key, kSecond);

  // Sent again, it gets the same answer.
  const IngestResult again = IngestAsking(archive(), Timeless(kSecond, body + "한 문장이 늘었다."));
  EXPECT_EQ(again.outcome, Outcome::kUnchanged);
  ASSERT_THAT(again.near_duplicates, SizeIs(1));
  EXPECT_EQ(again.near_duplicates[0].key, kFirst);
  EXPECT_THAT(Ingest(Timeless({"001", "9"}, body + "또 늘었다.")).near_duplicates, IsEmpty());  // did not ask
}

TEST_P(ArchiveConformanceTest, PagesFollowOneAnother) {
  const std::string body = Story("가람");
  std::vector<ArticleKey> expected;
  for (int i = 0; i < 5; ++i) {
    const ArticleKey key = {"020", absl::StrCat(i)};
    Ingest(Timeless(key, body));
    if (i != 2) expected.push_back(key);
  }
  for (int i = 1; i <= 4; ++i) {
    const ArticleKey key = {"010", absl::StrCat(i)};
    Ingest(Timeless(key, body + Story("나루", i).substr(0, static_cast<size_t>(100 * i))));
    expected.push_back(key);
  }
  for (const size_t limit : {1, 3, 8, 20}) {
    DuplicateQuery query = {ArticleKey{"020", "2"}, 0.5, limit, std::nullopt};
    std::vector<ArticleKey> keys;
    do {
      const DuplicatePage page = FindDuplicates(archive(), query);
      EXPECT_LE(page.duplicates.size(), limit);
      for (const Duplicate& duplicate : page.duplicates) keys.push_back(duplicate.match.key);
      query.after = page.next;
    } while (query.after.has_value());
    EXPECT_EQ(keys, expected) << limit;
  }
}

TEST_P(ArchiveConformanceTest, ManyCopiesAreLookedAtOnlySoFar) {
  const std::string body = Story("가람");
  for (int i = 0; i < 400; ++i) Ingest(Timeless({"020", absl::StrCat(i)}, absl::StrCat(body, "판 ", i)));
  const IngestResult result = IngestAsking(archive(), Timeless(kFirst, body));
  EXPECT_THAT(result.near_duplicates, SizeIs(kMaxNearDuplicates));
  EXPECT_FALSE(result.near_duplicates_complete);
  DuplicateQuery query = {kFirst, 0.8, 1000, std::nullopt};
  const DuplicatePage page = FindDuplicates(archive(), query);
  EXPECT_FALSE(page.is_complete);
  EXPECT_GE(page.duplicates.size(), 200u);
}

TEST_P(ArchiveConformanceTest, RestartsForgetNothing) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  Ingest(Timeless(kSecond, body + "하나 더."));
  Reopen();
  EXPECT_THAT(DuplicatesOf(archive(), kFirst), ElementsAre(kSecond));
  Ingest(Timeless(kThird, body + "둘 더."));
  Crash();
  EXPECT_THAT(DuplicatesOf(archive(), kFirst), testing::UnorderedElementsAre(kSecond, kThird));
}

TEST_P(ArchiveConformanceTest, ACancelledLookEnds) {
  const std::string body = Story("가람");
  Ingest(Timeless(kFirst, body));
  Ingest(Timeless(kSecond, body + "하나 더."));
  SearchControl control;
  control.cancelled = [] { return true; };
  EXPECT_EQ(archive().FindDuplicates({kFirst}, control).status().code(), absl::StatusCode::kCancelled);
  control = {absl::InfinitePast(), nullptr};
  EXPECT_EQ(archive().FindDuplicates({kFirst}, control).status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace gisa
