// What of clusters is the embedded archive's own.

#include "storage/base/errors.h"
#include "tests/storage/leveldb/leveldb_fixture.h"
#include "tests/support/story.h"

namespace gisa {
namespace {

using testing::SizeIs;

class ClusterIndexTest : public LevelDbFilesTest {
 protected:
  // Two clusters of three.
  void SetUp() override {
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < 6; ++i) Ingest(i, Story(i % 2 == 0 ? "가람" : "나루"));
  }

  void Ingest(int number, const std::string& body) {
    const auto result = IngestAndWait(*archive_, MakeArticle(Key(number), body));
    ASSERT_TRUE(result.ok()) << result.status();
  }

  // The cursor behind the first cluster.
  std::optional<ClusterCursor> AfterTheFirst() {
    ClusterQuery query;
    query.limit = 1;
    const auto page = archive_->ListClusters(query, SearchControl());
    EXPECT_TRUE(page.ok()) << page.status();
    return page->next;
  }

  absl::StatusOr<ClusterPage> Continue(const std::optional<ClusterCursor>& after) {
    ClusterQuery query;
    query.after = after;
    return archive_->ListClusters(query, SearchControl());
  }
};

TEST_F(ClusterIndexTest, ACursorFromBeforeARestartHoldsWhileNothingWasTakenAway) {
  const std::optional<ClusterCursor> after = AfterTheFirst();
  Ingest(10, Story("가람"));
  ASSERT_TRUE(Open().ok());
  Ingest(11, Story("나루"));
  const auto page = Continue(after);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->clusters, SizeIs(1));
  EXPECT_THAT(page->clusters[0].members, SizeIs(3));
}

TEST_F(ClusterIndexTest, ACursorOfAMomentThatCannotBeToldIsRefused) {
  const std::optional<ClusterCursor> after = AfterTheFirst();
  Ingest(0, Story("다솜"));
  EXPECT_TRUE(Continue(after).ok());
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(ErrorReason(Continue(after).status()), "INVALID_PAGE_TOKEN");
  const std::optional<ClusterCursor> newer = AfterTheFirst();
  Ingest(2, Story("다솜"));
  EXPECT_TRUE(Continue(newer).ok());
}

TEST_F(ClusterIndexTest, ManyChangesAreTakenInAsFewAre) {
  for (int i = 0; i < 900; ++i) Ingest(100 + i, Story("다솜", i % 3 == 0 ? 12 : 11));
  const auto page = Continue(std::nullopt);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->clusters, SizeIs(3));
  EXPECT_EQ(page->clusters[0].size, 900u);
  EXPECT_EQ(page->clusters[0].bodies, 2u);
  EXPECT_TRUE(page->clusters[1].is_complete);
}

TEST_F(ClusterIndexTest, MoreLikeBodiesThanTheNearIndexKeepsOfABandAreOneCluster) {
  options_.documents_per_flush = 10'000;
  ASSERT_TRUE(Open().ok());
  const std::string body = Story("다솜");
  for (int i = 0; i < 700; ++i) Ingest(100 + i, absl::StrCat(body, std::string(static_cast<size_t>(i), '.')));
  for (int round = 0; round < 2; ++round) {
    const auto page = Continue(std::nullopt);
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_THAT(page->clusters, SizeIs(3));
    EXPECT_EQ(page->clusters[0].size, 700u);
    EXPECT_EQ(page->clusters[0].bodies, 700u);
    ASSERT_TRUE(Open().ok());
  }
}

}  // namespace
}  // namespace gisa
