#ifndef GISA_SERVER_INGEST_STREAM_H_
#define GISA_SERVER_INGEST_STREAM_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_core.h"

namespace gisa {

// Starts the reactor of one IngestStream call; it deletes itself when gRPC is done with it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartIngestStream(
    ServiceCore* core, const grpc::CallbackServerContext& context);

}  // namespace gisa

#endif  // GISA_SERVER_INGEST_STREAM_H_
