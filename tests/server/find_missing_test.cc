// FindMissing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FindMissingTest : public ServerFixture {
 protected:
  Reply<v1::FindMissingResponse> FindMissing(const v1::FindMissingRequest& request) {
    return Call(&Stub::FindMissing, request);
  }

  static void Add(const std::string& aid, const std::string& hash, v1::FindMissingRequest* request) {
    v1::KeyedHash* const entry = request->add_articles();
    *entry->mutable_key() = ApiKey("101", aid);
    entry->set_content_hash(hash);
  }

  static std::vector<std::string> Aids(const v1::FindMissingResponse& response) {
    std::vector<std::string> aids;
    for (const v1::KeyedHash& entry : response.articles()) aids.push_back(entry.key().aid());
    return aids;
  }
};

TEST_F(FindMissingTest, NothingIsMissingFromNothing) {
  const auto reply = FindMissing({});
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(reply->content_hashes(), IsEmpty());
  EXPECT_THAT(reply->articles(), IsEmpty());
}

TEST_F(FindMissingTest, BodiesThatAreNotStoredComeBackInTheOrderAsked) {
  Ingest(ApiArticle("1", "있다."));
  v1::FindMissingRequest request;
  for (const char* body : {"하나", "있다.", "둘", "하나"}) request.add_content_hashes(HashOf(body));
  EXPECT_THAT(FindMissing(request)->content_hashes(), ElementsAre(HashOf("하나"), HashOf("둘"), HashOf("하나")));
}

TEST_F(FindMissingTest, AnArticleIsMissingUnlessItsCurrentRevisionHasTheBody) {
  Ingest(ApiArticle("same", "본문이다."));
  Ingest(ApiArticle("revised", "옛 본문."));
  Ingest(ApiArticle("revised", "새 본문."));
  Ingest(ApiArticle("deleted", "지운 본문."));
  Delete("101", "deleted");
  v1::FindMissingRequest request;
  Add("revised", HashOf("옛 본문."), &request);
  Add("same", HashOf("본문이다."), &request);
  Add("new", HashOf("본문이다."), &request);
  Add("revised", HashOf("새 본문."), &request);
  Add("deleted", HashOf("지운 본문."), &request);
  const auto reply = FindMissing(request);
  ASSERT_THAT(reply.status, IsOk());
  EXPECT_THAT(Aids(reply.response), ElementsAre("revised", "new", "deleted"));
  EXPECT_EQ(reply->articles(0).content_hash(), HashOf("옛 본문."));
}

TEST_F(FindMissingTest, ABodyThatOnlyASupersededRevisionHoldsIsStored) {
  Ingest(ApiArticle("1", "옛 본문."));
  Ingest(ApiArticle("1", "새 본문."));
  v1::FindMissingRequest request;
  request.add_content_hashes(HashOf("옛 본문."));
  EXPECT_THAT(FindMissing(request)->content_hashes(), IsEmpty());
}

TEST_F(FindMissingTest, MalformedEntriesAreRefusedByTheirPlace) {
  v1::FindMissingRequest request;
  request.add_content_hashes(HashOf("본문이다."));
  request.add_content_hashes("xyz");
  Add("a/b", HashOf("본문이다."), &request);
  Add("1", "", &request);
  request.add_articles()->set_content_hash(HashOf("본문이다."));
  EXPECT_THAT(FindMissing(request).status,
              IsInvalid("INVALID_REQUEST", ElementsAre("content_hashes[1]", "articles[0].key.aid",
                                                       "articles[1].content_hash", "articles[2].key")));
}

TEST_F(FindMissingTest, TenThousandEntriesInAllAreAcceptedAndOneMoreIsNot) {
  v1::FindMissingRequest request;
  for (int i = 0; i < 5000; ++i) {
    request.add_content_hashes(HashOf("본문이다."));
    Add("1", HashOf("본문이다."), &request);
  }
  EXPECT_EQ(FindMissing(request)->content_hashes_size(), 5000);
  request.add_content_hashes(HashOf("본문이다."));
  EXPECT_THAT(FindMissing(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("content_hashes and articles")));
}

TEST_F(FindMissingTest, OfManyBadEntriesAFewAreNamed) {
  // All of them would not fit in what a client accepts as a status.
  v1::FindMissingRequest request;
  for (int i = 0; i < 9000; ++i) request.add_content_hashes("xyz");
  const RpcError error = ReadError(FindMissing(request).status);
  EXPECT_EQ(error.reason, "INVALID_REQUEST");
  EXPECT_EQ(error.violations.size(), 8u);
}

}  // namespace
}  // namespace gisa
