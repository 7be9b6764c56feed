#ifndef GISA_SERVER_ARTICLE_REPLY_H_
#define GISA_SERVER_ARTICLE_REPLY_H_

#include "gisa/v1/archive_service.pb.h"
#include "grpcpp/support/byte_buffer.h"

namespace gisa {

// Serialize a reply with one article. Protobuf's own serializing reads every string through to see that it is UTF-8 and
// copies it; an archived body is UTF-8 since it came in, so here it is sent from where it is. The bytes are those that
// protobuf could have written, but for the order of the article's fields, of which the body comes last.
grpc::ByteBuffer SerializeMessage(v1::GetResponse&& response);
grpc::ByteBuffer SerializeMessage(v1::ExportResponse&& response);

}  // namespace gisa

#endif  // GISA_SERVER_ARTICLE_REPLY_H_
