#include <algorithm>
#include <optional>
#include <set>
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
using ::testing::UnorderedElementsAre;

ArticleKey Key(int aid) { return {"020", absl::StrCat(aid)}; }

Article PublishedAt(int64_t hour, const ArticleKey& key, const std::string& body) {
  Article article = MakeArticle(key, body);
  article.published_at = absl::FromUnixSeconds(hour * 3600);
  return article;
}

ClusterPage ListClusters(Archive& archive, const ClusterQuery& query = {}) {
  absl::StatusOr<ClusterPage> page = archive.ListClusters(query, SearchControl());
  EXPECT_TRUE(page.ok()) << page.status();
  return page.ok() ? *std::move(page) : ClusterPage();
}

// Of each cluster on the page, the keys.
std::vector<std::vector<ArticleKey>> KeysOf(const ClusterPage& page) {
  std::vector<std::vector<ArticleKey>> keys;
  for (const Cluster& cluster : page.clusters) keys.push_back(gisa::KeysOf(cluster.members));
  return keys;
}

std::vector<std::vector<ArticleKey>> ClustersOf(Archive& archive) { return KeysOf(ListClusters(archive)); }

TEST_P(ArchiveConformanceTest, TheSameAndTheNearAreOneCluster) {
  const std::string body = Story("가람");
  Ingest(PublishedAt(30, kFirst, body));
  Ingest(PublishedAt(20, kSecond, body + "끝으로 한 문장을 덧붙였다."));
  Ingest(PublishedAt(40, kThird, body));
  Ingest(PublishedAt(10, Key(1), Story("나루")));
  const ClusterPage page = ListClusters(archive());
  ASSERT_THAT(page.clusters, SizeIs(1));
  EXPECT_EQ(page.total, 1u);
  EXPECT_TRUE(page.is_complete);
  EXPECT_FALSE(page.next.has_value());
  const Cluster& cluster = page.clusters[0];
  EXPECT_THAT(gisa::KeysOf(cluster.members), ElementsAre(kFirst, kSecond, kThird));  // who was first, then by time
  EXPECT_EQ(cluster.members[0].article.body, "");
  EXPECT_EQ(cluster.members[1].article.title, Get(kSecond).article.title);
  EXPECT_EQ(cluster.size, 3u);
  EXPECT_EQ(cluster.bodies, 2u);
  EXPECT_EQ(cluster.first_published_at, absl::FromUnixSeconds(20 * 3600));
  EXPECT_EQ(cluster.last_published_at, absl::FromUnixSeconds(40 * 3600));
  EXPECT_TRUE(cluster.is_complete);
}

TEST_P(ArchiveConformanceTest, NeitherExcerptsNorShortNorEmptyBodiesJoinAnything) {
  Ingest(Timeless(kFirst, Story("가람", 40)));
  Ingest(Timeless(kSecond, Story("가람", 4)));
  for (int i = 0; i < 3; ++i) {
    Ingest(Timeless(Key(i), ""));
    Ingest(Timeless(Key(10 + i), "짧은 글이다. 가람 마을."));
    Ingest(Timeless(Key(20 + i), "사진=새소식 자료실\nⓒ 새소식, 모든 기사의 무단 전재 및 재배포 금지"));
  }
  EXPECT_THAT(ClustersOf(archive()), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AChainJoinsAndFallsApartWithoutItsLink) {
  // Two of ten sentences, and of twelve, are few enough; four are not.
  const std::string link = Story("가람", 12);
  Ingest(Timeless(kFirst, Story("가람", 10)));
  Ingest(Timeless(kThird, Story("가람", 14)));
  EXPECT_THAT(ClustersOf(archive()), IsEmpty());
  Ingest(Timeless(kSecond, link));
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(UnorderedElementsAre(kFirst, kSecond, kThird)));
  Delete(kSecond);
  EXPECT_THAT(ClustersOf(archive()), IsEmpty());
  Undelete(Timeless(kSecond, link));
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(UnorderedElementsAre(kFirst, kSecond, kThird)));
  Ingest(Timeless(kSecond, Story("나루")));
  EXPECT_THAT(ClustersOf(archive()), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AClusterOutlivesTheArticleThatAllWereComparedWith) {
  const std::string body = Story("가람");
  for (int i = 0; i < 6; ++i) Ingest(Timeless(Key(i), absl::StrCat(body, i, "판이다.")));
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(SizeIs(6)));
  for (int i = 0; i < 4; ++i) {
    Delete(Key(i));
    EXPECT_THAT(ClustersOf(archive()), ElementsAre(SizeIs(5 - i)));
  }
  Delete(Key(4));
  EXPECT_THAT(ClustersOf(archive()), IsEmpty());
}

TEST_P(ArchiveConformanceTest, RevisionsMoveAnArticleBetweenClusters) {
  Ingest(Timeless(Key(1), Story("가람")));
  Ingest(Timeless(Key(2), Story("가람")));
  Ingest(Timeless(Key(3), Story("나루")));
  Ingest(Timeless(Key(4), Story("나루")));
  EXPECT_THAT(ClustersOf(archive()), SizeIs(2));
  Ingest(Timeless(Key(2), Story("나루")));
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(ElementsAre(Key(3), Key(4), Key(2))));
  Ingest(Timeless(Key(2), Story("가람")));
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(ElementsAre(Key(3), Key(4)), ElementsAre(Key(1), Key(2))));
}

TEST_P(ArchiveConformanceTest, ANewTitleLeavesAnArticleWhereItIs) {
  Ingest(Timeless(kFirst, Story("가람")));
  Ingest(Timeless(kSecond, Story("가람")));
  ListClusters(archive());
  Article retitled = PublishedAt(5, kFirst, Story("가람"));
  retitled.title = "새 제목";
  Ingest(retitled);
  const ClusterPage page = ListClusters(archive());
  EXPECT_THAT(KeysOf(page), ElementsAre(ElementsAre(kFirst, kSecond)));  // it brought the body all the same
  EXPECT_EQ(page.clusters[0].members[0].article.title, "새 제목");
  EXPECT_EQ(page.clusters[0].last_published_at, retitled.published_at);
}

TEST_P(ArchiveConformanceTest, ClustersAreInOrderOfSizeOrOfTime) {
  const std::vector<std::string> about = {"가람", "나루", "다솜"};
  const int sizes[] = {2, 4, 3};
  const int hours[] = {500, 100, 300};
  for (int story = 0; story < 3; ++story) {
    for (int i = 0; i < sizes[story]; ++i) {
      Ingest(PublishedAt(hours[story] - i, Key(10 * story + i), absl::StrCat(Story(about[story]), i, "판")));
    }
  }
  const auto firsts = [this](const ClusterQuery& query) {
    std::vector<ArticleKey> keys;
    for (const Cluster& cluster : ListClusters(archive(), query).clusters)
      keys.push_back(cluster.members[0].article.key);
    return keys;
  };
  ClusterQuery query;
  EXPECT_THAT(firsts(query), ElementsAre(Key(10), Key(20), Key(0)));
  query.min_size = 3;
  EXPECT_THAT(firsts(query), ElementsAre(Key(10), Key(20)));
  query.order = ClusterOrder::kNewest;
  EXPECT_THAT(firsts(query), ElementsAre(Key(20), Key(10)));
  query.min_size = 2;
  EXPECT_THAT(firsts(query), ElementsAre(Key(0), Key(20), Key(10)));
  query.since = absl::FromUnixSeconds(300 * 3600);
  EXPECT_THAT(firsts(query), ElementsAre(Key(0), Key(20)));
  query.since = absl::FromUnixSeconds(501 * 3600);
  EXPECT_THAT(firsts(query), IsEmpty());
}

TEST_P(ArchiveConformanceTest, AClusterShowsSoManyMembersAndCountsAll) {
  const std::string body = Story("가람");
  for (int i = 0; i < 30; ++i) Ingest(PublishedAt(100 - i, Key(i), body));
  ClusterQuery query;
  query.max_members = 3;
  const ClusterPage page = ListClusters(archive(), query);
  EXPECT_THAT(KeysOf(page), ElementsAre(ElementsAre(Key(0), Key(29), Key(28))));
  EXPECT_EQ(page.clusters[0].size, 30u);
  EXPECT_EQ(page.clusters[0].bodies, 1u);
}

TEST_P(ArchiveConformanceTest, PagesOfClustersNeitherRepeatNorSkipWhateverHappensMeanwhile) {
  const std::vector<std::string> about = {"가람", "나루", "다솜", "라온", "마루", "바다"};
  for (int story = 0; story < 6; ++story) {
    for (int i = 0; i < 2 + story; ++i)
      Ingest(Timeless(Key(10 * story + i), absl::StrCat(Story(about[story]), i, "판")));
  }
  ClusterQuery query;
  query.limit = 2;
  ClusterPage page = ListClusters(archive(), query);
  EXPECT_EQ(page.total, 6u);
  EXPECT_THAT(KeysOf(page), ElementsAre(SizeIs(7), SizeIs(6)));
  ASSERT_TRUE(page.next.has_value());
  query.after = page.next;
  // One that was shown becomes the smallest; one that was not grows beyond all; one vanishes; a new one comes.
  for (int i = 2; i < 7; ++i) Delete(Key(50 + i));
  for (int i = 0; i < 20; ++i) Ingest(Timeless({"030", absl::StrCat(i)}, absl::StrCat(Story(about[0]), 9, "판")));
  Delete(Key(10));
  Ingest(Timeless(Key(11), Story("사슴")));
  for (int i = 0; i < 9; ++i) Ingest(Timeless({"040", absl::StrCat(i)}, Story("아침")));
  page = ListClusters(archive(), query);
  EXPECT_EQ(page.total, 6u);
  EXPECT_THAT(KeysOf(page), ElementsAre(SizeIs(5), SizeIs(4)));
  ASSERT_TRUE(page.next.has_value());
  query.after = page.next;
  page = ListClusters(archive(), query);
  EXPECT_THAT(KeysOf(page), ElementsAre(UnorderedElementsAre(Key(0), Key(1))));
  EXPECT_FALSE(page.next.has_value());
}

TEST_P(ArchiveConformanceTest, ManyNearCopiesAreOneCluster) {
  const std::string body = Story("가람");
  for (int i = 0; i < 600; ++i) Ingest(Timeless(Key(i), absl::StrCat(body, "판 ", i)));
  const ClusterPage page = ListClusters(archive());
  ASSERT_THAT(page.clusters, SizeIs(1));
  EXPECT_EQ(page.clusters[0].size, 600u);
  EXPECT_EQ(page.clusters[0].bodies, 600u);
  Delete(Key(0));
  EXPECT_EQ(ListClusters(archive()).clusters[0].size, 599u);
}

TEST_P(ArchiveConformanceTest, ClustersOutliveRestartsAndSoDoTheirPages) {
  for (int i = 0; i < 8; ++i) Ingest(Timeless(Key(i), Story(i % 2 == 0 ? "가람" : "나루")));
  ClusterQuery query;
  query.limit = 1;
  const auto before = ClustersOf(archive());
  ASSERT_THAT(before, SizeIs(2));
  query.after = ListClusters(archive(), query).next;
  ASSERT_TRUE(query.after.has_value());
  Reopen();
  EXPECT_EQ(ClustersOf(archive()), before);
  EXPECT_THAT(KeysOf(ListClusters(archive(), query)), ElementsAre(before[1]));
  Ingest(Timeless(Key(20), Story("다솜")));
  Ingest(Timeless(Key(21), Story("다솜")));
  Crash();
  EXPECT_THAT(ClustersOf(archive()), SizeIs(3));
}

TEST_P(ArchiveConformanceTest, ACancelledListEndsAndTheNextGoesOn) {
  Ingest(Timeless(kFirst, Story("가람")));
  Ingest(Timeless(kSecond, Story("가람")));
  int questions = 0;
  SearchControl control;
  control.cancelled = [&questions] { return ++questions > 2; };
  EXPECT_EQ(archive().ListClusters({}, control).status().code(), absl::StatusCode::kCancelled);
  control = {absl::InfinitePast(), nullptr};
  EXPECT_EQ(archive().ListClusters({}, control).status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(ClustersOf(archive()), ElementsAre(ElementsAre(kFirst, kSecond)));
}

}  // namespace
}  // namespace gisa
