#ifndef GISA_SERVER_GRPC_STATUS_H_
#define GISA_SERVER_GRPC_STATUS_H_

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace gisa {

// Translates a status of the archive or of the server into the API's error model: an ErrorInfo (domain `gisa`) with the
// reason, a BadRequest with the violations, a RetryInfo with the delay; each when there is one. What a client could not
// receive is cut: statuses travel in HTTP/2 trailers, of which clients accept 8 KiB by default.
google::rpc::Status ToRpcStatus(const absl::Status& status);

// The same as the status of a call, with the google.rpc.Status as its details.
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace gisa

#endif  // GISA_SERVER_GRPC_STATUS_H_
