#ifndef GISA_SERVER_ARTICLE_REPLY_H_
#define GISA_SERVER_ARTICLE_REPLY_H_

#include "gisa/v1/archive_service.pb.h"
#include "grpcpp/support/byte_buffer.h"

namespace gisa {

// Serialize a reply with one article quickly (proto/wire/article_message.h): an archived body is UTF-8 since it came
// in.
grpc::ByteBuffer SerializeMessage(v1::GetResponse&& response);
grpc::ByteBuffer SerializeMessage(v1::ExportResponse&& response);

}  // namespace gisa

#endif  // GISA_SERVER_ARTICLE_REPLY_H_
