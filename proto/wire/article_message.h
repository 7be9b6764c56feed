#ifndef GISA_PROTO_WIRE_ARTICLE_MESSAGE_H_
#define GISA_PROTO_WIRE_ARTICLE_MESSAGE_H_

#include "gisa/v1/article.pb.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace gisa {

// Serializes a message with an article in its field `article_field`; `rest` is the message without it.
//
// Protobuf's own serializing reads every string through to see that it is UTF-8, which the server checks anyway where
// it is not sure of it, and copies it; here the body is sent from where it is. The bytes are those that protobuf could
// have written, but for the order of the fields: the article comes first, and the body is its last.
grpc::ByteBuffer SerializeWithArticle(int article_field, v1::Article article, const google::protobuf::Message& rest);

}  // namespace gisa

#endif  // GISA_PROTO_WIRE_ARTICLE_MESSAGE_H_
