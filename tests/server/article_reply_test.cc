#include "server/article_reply.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "server/message_parser.h"

namespace gisa {
namespace {

v1::Article MakeArticle(std::string body) {
  v1::Article article;
  article.set_oid("018");
  article.set_aid("0006192082");
  article.set_title("제목 😀");
  article.set_body(std::move(body));
  article.set_content_hash(std::string(64, 'a'));  // stands behind the body in protobuf's order
  article.set_revision(3);
  return article;
}

std::vector<std::string> Bodies() { return {"", "짧다", std::string(127, 'x'), std::string(3 << 20, 'y')}; }

template <typename Response>
Response Parse(const grpc::ByteBuffer& wire) {
  Response response;
  EXPECT_TRUE(ParseMessage(wire, "TEST", &response).ok());
  return response;
}

TEST(ArticleReplyTest, AGetResponseSaysWhatProtobufWouldHaveItSay) {
  for (const std::string& body : Bodies()) {
    v1::GetResponse response;
    *response.mutable_article() = MakeArticle(body);
    const std::string expected = response.SerializeAsString();
    const grpc::ByteBuffer wire = SerializeMessage(std::move(response));
    EXPECT_EQ(wire.Length(), expected.size());
    EXPECT_EQ(Parse<v1::GetResponse>(wire).SerializeAsString(), expected) << body.size() << " bytes";
  }
}

TEST(ArticleReplyTest, AnExportResponseKeepsItsResumeToken) {
  for (const std::string& body : Bodies()) {
    v1::ExportResponse response;
    *response.mutable_article() = MakeArticle(body);
    response.set_resume_token("표식");
    const std::string expected = response.SerializeAsString();
    const grpc::ByteBuffer wire = SerializeMessage(std::move(response));
    EXPECT_EQ(wire.Length(), expected.size());
    EXPECT_EQ(Parse<v1::ExportResponse>(wire).SerializeAsString(), expected) << body.size() << " bytes";
  }
}

}  // namespace
}  // namespace gisa
