#ifndef GISA_SERVER_MESSAGE_PARSER_H_
#define GISA_SERVER_MESSAGE_PARSER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace gisa {

// Parses a message as it came over the wire. gRPC's own parsing would fail the call without a word about the cause, and
// a stream with it; here the error is INVALID_ARGUMENT `reason` with a violation for each field that is at fault: one
// whose text is not UTF-8 (`article.body`: "invalid UTF-8 at byte 17"), or one that is not protobuf.
absl::Status ParseMessage(const grpc::ByteBuffer& wire, absl::string_view reason, google::protobuf::Message* message);

// Serializes a message to be sent.
grpc::ByteBuffer SerializeMessage(const google::protobuf::Message& message);

}  // namespace gisa

#endif  // GISA_SERVER_MESSAGE_PARSER_H_
