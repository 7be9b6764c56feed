// FindDuplicates, and ingests that ask for near copies.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"
#include "tests/support/story.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class FindDuplicatesTest : public ServerFixture {
 protected:
  Reply<v1::FindDuplicatesResponse> FindDuplicates(const v1::FindDuplicatesRequest& request) {
    return Call(&Stub::FindDuplicates, request);
  }

  static v1::FindDuplicatesRequest About(const std::string& aid) {
    v1::FindDuplicatesRequest request;
    *request.mutable_key() = ApiKey("101", aid);
    return request;
  }

  static std::vector<std::string> Aids(const v1::FindDuplicatesResponse& response) {
    std::vector<std::string> aids;
    for (const v1::Duplicate& duplicate : response.duplicates()) aids.push_back(duplicate.article().aid());
    return aids;
  }
};

TEST_F(FindDuplicatesTest, ListsTheSameThenTheNear) {
  const std::string body = Story("가람");
  Ingest(ApiArticle("1", body));
  Ingest(ApiArticle("2", body + "덧붙인 말."));
  Ingest(ApiArticle("3", body));
  const auto reply = FindDuplicates(About("1"));
  ASSERT_THAT(reply.status, IsOk());
  ASSERT_THAT(Aids(reply.response), ElementsAre("3", "2"));
  EXPECT_EQ(reply->duplicates(0).relation(), v1::DUPLICATE_RELATION_EXACT);
  EXPECT_EQ(reply->duplicates(0).similarity(), 1);
  const v1::Duplicate& near = reply->duplicates(1);
  EXPECT_EQ(near.relation(), v1::DUPLICATE_RELATION_NEAR);
  EXPECT_GT(near.similarity(), 0.9);
  EXPECT_GT(near.shared_shingles(), 100u);
  EXPECT_EQ(near.only_here_shingles(), 0u);
  EXPECT_GT(near.only_there_shingles(), 0u);
  EXPECT_EQ(near.article().body(), "");
  EXPECT_NE(near.article().title(), "");
  EXPECT_FALSE(reply->incomplete());
}

TEST_F(FindDuplicatesTest, AsksByHashAndByText) {
  const std::string body = Story("가람");
  Ingest(ApiArticle("1", body));
  v1::FindDuplicatesRequest request;
  request.set_content_hash(HashOf(body));
  EXPECT_THAT(Aids(FindDuplicates(request).response), ElementsAre("1"));
  request.set_text(body + "덧붙인 말.");
  EXPECT_THAT(Aids(FindDuplicates(request).response), ElementsAre("1"));
  request.set_text("");
  EXPECT_THAT(FindDuplicates(request)->duplicates(), IsEmpty());
}

TEST_F(FindDuplicatesTest, TokensGoOnWhereThePageEnded) {
  const std::string body = Story("가람");
  for (int i = 0; i < 7; ++i) Ingest(ApiArticle(absl::StrCat(i), i % 2 == 0 ? body : absl::StrCat(body, i, "판")));
  v1::FindDuplicatesRequest request = About("0");
  request.set_page_size(2);
  std::vector<std::string> aids;
  do {
    const auto reply = FindDuplicates(request);
    ASSERT_THAT(reply.status, IsOk());
    for (const std::string& aid : Aids(reply.response)) aids.push_back(aid);
    request.set_page_token(reply->next_page_token());
  } while (!request.page_token().empty());
  ASSERT_THAT(aids, SizeIs(6));
  EXPECT_EQ(std::vector<std::string>(aids.begin(), aids.begin() + 3), (std::vector<std::string>{"2", "4", "6"}));

  request.set_page_size(2);
  request.set_page_token(FindDuplicates(About("0"))->next_page_token());
  v1::FindDuplicatesRequest small = About("0");
  small.set_page_size(1);
  v1::FindDuplicatesRequest other = About("2");
  other.set_page_token(FindDuplicates(small)->next_page_token());
  EXPECT_THAT(FindDuplicates(other).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_PAGE_TOKEN"));
}

TEST_F(FindDuplicatesTest, BadRequestsAreToldWhatIsWrong) {
  EXPECT_THAT(FindDuplicates({}).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_REQUEST"));
  for (const double similarity : {0.49, 1.01, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    v1::FindDuplicatesRequest request = About("1");
    request.set_min_similarity(similarity);
    EXPECT_THAT(FindDuplicates(request).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_REQUEST"));
  }
  v1::FindDuplicatesRequest request = About("1");
  request.set_page_size(-1);
  EXPECT_THAT(FindDuplicates(request).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_REQUEST"));
  request.set_content_hash("abc");
  EXPECT_THAT(FindDuplicates(request).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_REQUEST"));
  EXPECT_THAT(FindDuplicates(About("missing")).status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"));
}

TEST_F(FindDuplicatesTest, AnIngestSaysWhatIsNearWhenAsked) {
  const std::string body = Story("가람");
  Ingest(ApiArticle("1", body));
  v1::IngestRequest request;
  *request.mutable_article() = ApiArticle("2", body + "덧붙인 말.");
  request.set_find_near_duplicates(true);
  const auto reply = Call(&Stub::Ingest, request);
  ASSERT_THAT(reply.status, IsOk());
  ASSERT_THAT(reply->result().near_duplicates(), SizeIs(1));
  const v1::NearDuplicate& near = reply->result().near_duplicates(0);
  EXPECT_EQ(near.key().aid(), "1");
  EXPECT_EQ(near.relation(), v1::DUPLICATE_RELATION_NEAR);
  EXPECT_GT(near.similarity(), 0.9);
  EXPECT_FALSE(reply->result().near_duplicates_incomplete());
  request.set_min_similarity(2);
  EXPECT_THAT(Call(&Stub::Ingest, request).status, IsError(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_ARTICLE"));
}

TEST_F(FindDuplicatesTest, AStreamSaysOfEachItemWhatIsNearAmongThoseBefore) {
  const std::string body = Story("가람");
  grpc::ClientContext context;
  const auto stream = stub().IngestStream(&context);
  for (int i = 0; i < 5; ++i) {
    v1::IngestStreamRequest request;
    *request.mutable_article() = ApiArticle(absl::StrCat(i), absl::StrCat(body, i, "판"));
    request.set_find_near_duplicates(i != 3);
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  std::vector<int> counts;
  v1::IngestStreamResponse response;
  while (stream->Read(&response)) counts.push_back(response.result().near_duplicates_size());
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_THAT(counts, ElementsAre(0, 1, 2, 0, 4));
}

}  // namespace
}  // namespace gisa
