#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"
#include "tests/support/story.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class ListClustersTest : public ServerFixture {
 protected:
  Reply<v1::ListClustersResponse> ListClusters(const v1::ListClustersRequest& request = {}) {
    return Call(&Stub::ListClusters, request);
  }

  v1::Article PublishedAt(int64_t seconds, const std::string& aid, const std::string& body) {
    v1::Article article = ApiArticle(aid, body);
    article.mutable_published_at()->set_seconds(seconds);
    article.mutable_published_at()->set_nanos(0);
    return article;
  }

  static std::vector<std::string> Aids(const v1::Cluster& cluster) {
    std::vector<std::string> aids;
    for (const v1::Article& member : cluster.members()) aids.push_back(member.aid());
    return aids;
  }
};

TEST_F(ListClustersTest, TellsWhoHasTheStoryAndSinceWhen) {
  const std::string body = Story("가람");
  Ingest(PublishedAt(3000, "1", body));
  Ingest(PublishedAt(1000, "2", body + "덧붙인 말."));
  Ingest(PublishedAt(2000, "3", body));
  Ingest(PublishedAt(9000, "4", Story("나루")));
  const auto reply = ListClusters();
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_EQ(reply->total_clusters(), 1u);
  EXPECT_FALSE(reply->incomplete());
  EXPECT_EQ(reply->next_page_token(), "");
  ASSERT_THAT(reply->clusters(), SizeIs(1));
  const v1::Cluster& cluster = reply->clusters(0);
  EXPECT_THAT(Aids(cluster), ElementsAre("1", "2", "3"));
  EXPECT_EQ(cluster.canonical().aid(), "1");
  EXPECT_EQ(cluster.members(0).body(), "");
  EXPECT_NE(cluster.members(0).title(), "");
  EXPECT_EQ(cluster.size(), 3u);
  EXPECT_EQ(cluster.bodies(), 2u);
  EXPECT_EQ(cluster.first_published_at().seconds(), 1000);
  EXPECT_EQ(cluster.last_published_at().seconds(), 3000);
  EXPECT_FALSE(cluster.incomplete());
}

TEST_F(ListClustersTest, ADeletedArticleIsInNoCluster) {
  for (const char* const aid : {"1", "2", "3"}) Ingest(ApiArticle(aid, Story("가람")));
  v1::DeleteRequest request;
  *request.mutable_key() = ApiKey("101", "1");
  ASSERT_THAT(Call(&Stub::Delete, request).status, IsOk());
  const auto reply = ListClusters();
  ASSERT_THAT(reply->clusters(), SizeIs(1));
  EXPECT_THAT(Aids(reply->clusters(0)), ElementsAre("2", "3"));
}

TEST_F(ListClustersTest, SizeTimeAndOrderAreAskedFor) {
  for (int i = 0; i < 3; ++i) Ingest(PublishedAt(1000 + i, absl::StrCat("1", i), Story("가람")));
  for (int i = 0; i < 2; ++i) Ingest(PublishedAt(5000 + i, absl::StrCat("2", i), Story("나루")));
  const auto sizes = [this](const v1::ListClustersRequest& request) {
    std::vector<uint64_t> sizes;
    const auto reply = ListClusters(request);
    for (const v1::Cluster& cluster : reply->clusters()) sizes.push_back(cluster.size());
    return sizes;
  };
  v1::ListClustersRequest request;
  EXPECT_THAT(sizes(request), ElementsAre(3, 2));
  request.set_order(v1::CLUSTER_ORDER_NEWEST);
  EXPECT_THAT(sizes(request), ElementsAre(2, 3));
  request.mutable_since()->set_seconds(1003);
  EXPECT_THAT(sizes(request), ElementsAre(2));
  request.clear_since();
  request.set_min_size(3);
  EXPECT_THAT(sizes(request), ElementsAre(3));
  request.set_max_members(2);
  EXPECT_THAT(Aids(ListClusters(request)->clusters(0)), ElementsAre("10", "11"));
}

TEST_F(ListClustersTest, TokensGoOnWhereThePageEndedWhateverComesMeanwhile) {
  const std::vector<std::string> about = {"가람", "나루", "다솜", "라온", "마루"};
  for (size_t story = 0; story < about.size(); ++story) {
    for (size_t i = 0; i < 2 + story / 2; ++i) Ingest(ApiArticle(absl::StrCat(story, "-", i), Story(about[story])));
  }
  v1::ListClustersRequest request;
  request.set_page_size(2);
  std::set<std::string> aids;
  int pages = 0;
  do {
    const auto reply = ListClusters(request);
    ASSERT_THAT(reply.status, IsOk());
    EXPECT_EQ(reply->total_clusters(), 5u);
    for (const v1::Cluster& cluster : reply->clusters()) {
      for (const std::string& aid : Aids(cluster)) EXPECT_TRUE(aids.insert(aid).second) << aid;
    }
    request.set_page_token(reply->next_page_token());
    for (int i = 0; i < 4; ++i) Ingest(ApiArticle(absl::StrCat("new-", pages, "-", i), Story(about[i])));
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(aids, SizeIs(2 + 2 + 3 + 3 + 4));

  v1::ListClustersRequest first;
  first.set_page_size(1);
  v1::ListClustersRequest other;
  other.set_min_size(3);
  other.set_page_token(ListClusters(first)->next_page_token());
  EXPECT_THAT(ListClusters(other).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_PAGE_TOKEN"));
  other.set_page_token("nonsense");
  EXPECT_THAT(ListClusters(other).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_PAGE_TOKEN"));
}

TEST_F(ListClustersTest, BadRequestsAreToldWhatIsWrong) {
  for (const int size : {1, -1}) {
    v1::ListClustersRequest request;
    request.set_min_size(size);
    EXPECT_THAT(ListClusters(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("min_size")));
  }
  v1::ListClustersRequest request;
  request.set_page_size(-1);
  request.set_max_members(-1);
  request.set_order(static_cast<v1::ClusterOrder>(9));
  request.mutable_since()->set_nanos(-1);
  EXPECT_THAT(ListClusters(request).status,
              IsInvalid("INVALID_REQUEST", ElementsAre("since", "order", "max_members", "page_size")));
}

}  // namespace
}  // namespace gisa
