#ifndef GISA_SERVER_ARTICLE_REQUEST_H_
#define GISA_SERVER_ARTICLE_REQUEST_H_

#include "absl/status/status.h"
#include "gisa/v1/archive_service.pb.h"
#include "grpcpp/support/byte_buffer.h"

namespace gisa {

// Parse a request with one article, as ParseMessage does, with the reason kInvalidArticle. Protobuf takes its time to
// see that a string is UTF-8, and the body is nearly all of such a request: here it is checked by IsValidUtf8 and
// copied, and protobuf parses what is left.
absl::Status ParseArticleRequest(const grpc::ByteBuffer& wire, v1::IngestRequest* request);
absl::Status ParseArticleRequest(const grpc::ByteBuffer& wire, v1::IngestStreamRequest* request);

}  // namespace gisa

#endif  // GISA_SERVER_ARTICLE_REQUEST_H_
