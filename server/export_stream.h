#ifndef GISA_SERVER_EXPORT_STREAM_H_
#define GISA_SERVER_EXPORT_STREAM_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/service_core.h"

namespace gisa {

// Starts the reactor of one Export call; it deletes itself when gRPC is done with it. `wire` is the request.
grpc::ServerWriteReactor<grpc::ByteBuffer>* StartExportStream(ServiceCore* core,
                                                              const grpc::CallbackServerContext& context,
                                                              const grpc::ByteBuffer& wire);

}  // namespace gisa

#endif  // GISA_SERVER_EXPORT_STREAM_H_
