// A line in the log for each call.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class CallLogTest : public ServerFixture {
 protected:
  // The line of the only call so far. Calls are logged when gRPC is done with them, at the latest at shutdown.
  nlohmann::json Line() {
    EXPECT_TRUE(server().Shutdown().ok());
    const auto lines = log_.Messages("call");
    EXPECT_EQ(lines.size(), 1u);
    return lines.empty() ? nlohmann::json::object() : lines[0];
  }
};

TEST_F(CallLogTest, ItSaysWhoCalledWhatAndHowItEnded) {
  Get("101", "1");
  const nlohmann::json line = Line();
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["method"], "Get");
  EXPECT_EQ(line["code"], "NOT_FOUND");
  EXPECT_EQ(line["reason"], "ARTICLE_NOT_FOUND");
  EXPECT_THAT(line["peer"].get<std::string>(), StartsWith("ipv4:127.0.0.1:"));
  EXPECT_TRUE(line["latency_us"].is_number_unsigned());
  EXPECT_EQ(line["request_id"].get<std::string>().size(), 16u) << "made up when the caller gives none";
  EXPECT_FALSE(line.contains("items"));
}

TEST_F(CallLogTest, ASuccessHasNoReason) {
  Ingest(ApiArticle("1", "본문이다."));
  const nlohmann::json line = Line();
  EXPECT_EQ(line["code"], "OK");
  EXPECT_EQ(line["reason"], "");
}

TEST_F(CallLogTest, TheRequestIdOfTheMetadataIsTaken) {
  grpc::ClientContext context;
  SetDeadline(&context);
  context.AddMetadata("x-request-id", "crawl-17");
  v1::GetStatsResponse response;
  stub().GetStats(&context, v1::GetStatsRequest(), &response);
  EXPECT_EQ(Line()["request_id"], "crawl-17");
}

TEST_F(CallLogTest, AnOverlongRequestIdIsCut) {
  grpc::ClientContext context;
  SetDeadline(&context);
  context.AddMetadata("x-request-id", std::string(500, 'x'));
  v1::GetStatsResponse response;
  stub().GetStats(&context, v1::GetStatsRequest(), &response);
  EXPECT_EQ(Line()["request_id"], std::string(128, 'x'));
}

TEST_F(CallLogTest, TheRequestIdOfAnIngestIsTaken) {
  v1::IngestRequest request;
  *request.mutable_article() = ApiArticle("1", "본문이다.");
  request.set_request_id("기사 \"1\"");
  Call(&Stub::Ingest, request);
  EXPECT_EQ(Line()["request_id"], "기사 \"1\"");
}

TEST_F(CallLogTest, AStreamSaysHowManyItemsItHad) {
  IngestAll({ApiArticle("1", "하나"), ApiArticle("2", "둘")});
  const nlohmann::json line = Line();
  EXPECT_EQ(line["method"], "IngestStream");
  EXPECT_EQ(line["items"], 2);
  EXPECT_EQ(line["item_errors"], 0);
  EXPECT_EQ(line["level"], "info");
}

TEST_F(CallLogTest, AStreamSaysHowManyOfItsItemsFailed) {
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  for (const char* aid : {"1", "", ""}) {
    v1::IngestStreamRequest request;
    *request.mutable_article() = ApiArticle(aid, "본문이다.");
    stream->Write(request);
  }
  stream->WritesDone();
  for (v1::IngestStreamResponse response; stream->Read(&response);) continue;
  EXPECT_TRUE(stream->Finish().ok());
  const nlohmann::json line = Line();
  EXPECT_EQ(line["code"], "OK");
  EXPECT_EQ(line["items"], 3);
  EXPECT_EQ(line["item_errors"], 2);
  EXPECT_THAT(line["worst_item_error"].get<std::string>(), HasSubstr("article.aid"));
  EXPECT_EQ(line["level"], "info");
}

TEST_F(CallLogTest, AnOverloadIsAWarning) {
  options_.max_concurrent_searches = 0;
  Search("대전");
  EXPECT_EQ(Line()["level"], "warning");
}

TEST_F(CallLogTest, TextsOfArticlesAreNotLogged) {
  Ingest(ApiArticle("1", "비밀 본문"));
  Search("비밀");
  EXPECT_TRUE(server().Shutdown().ok());
  for (const std::string& line : log_.Lines()) EXPECT_EQ(line.find("비밀"), std::string::npos) << line;
}

}  // namespace
}  // namespace gisa
