#include "proto/wire/article_message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gisa/v1/archive_service.pb.h"
#include "grpcpp/support/slice.h"

namespace gisa {
namespace {

std::string BytesOf(const grpc::ByteBuffer& wire) {
  std::vector<grpc::Slice> slices;
  EXPECT_TRUE(wire.Dump(&slices).ok());
  std::string bytes;
  for (const grpc::Slice& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

TEST(ArticleMessageTest, ARequestSaysWhatProtobufWouldHaveItSay) {
  for (const size_t size : {0, 1, 127, 128, 3 << 20}) {
    v1::IngestStreamRequest rest;
    rest.set_find_near_duplicates(true);
    v1::IngestStreamRequest expected = rest;
    v1::Article& article = *expected.mutable_article();
    article.set_oid("018");
    article.set_aid("0006192082");
    article.set_title("제목 😀");
    article.mutable_published_at()->set_seconds(1533521100);
    article.set_body(std::string(size, 'y'));

    const grpc::ByteBuffer wire =
        SerializeWithArticle(v1::IngestStreamRequest::kArticleFieldNumber, expected.article(), rest);
    EXPECT_EQ(wire.Length(), expected.ByteSizeLong());
    v1::IngestStreamRequest parsed;
    ASSERT_TRUE(parsed.ParseFromString(BytesOf(wire)));
    EXPECT_EQ(parsed.SerializeAsString(), expected.SerializeAsString()) << size << " bytes";
  }
}

TEST(ArticleMessageTest, ABodyThatIsNotUtf8IsLeftToTheServer) {
  v1::Article article;
  article.set_body("\xFF 본문");
  const grpc::ByteBuffer wire =
      SerializeWithArticle(v1::IngestRequest::kArticleFieldNumber, article, v1::IngestRequest());
  EXPECT_NE(BytesOf(wire).find(article.body()), std::string::npos);
}

}  // namespace
}  // namespace gisa
