#include "server/article_reply.h"

#include <utility>

#include "proto/wire/article_message.h"

namespace gisa {
namespace {

template <typename Response>
grpc::ByteBuffer SerializeReply(Response& response) {
  v1::Article article = std::move(*response.mutable_article());
  response.clear_article();
  return SerializeWithArticle(Response::kArticleFieldNumber, std::move(article), response);
}

}  // namespace

grpc::ByteBuffer SerializeMessage(v1::GetResponse&& response) { return SerializeReply(response); }
grpc::ByteBuffer SerializeMessage(v1::ExportResponse&& response) { return SerializeReply(response); }

}  // namespace gisa
