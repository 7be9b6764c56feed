#ifndef GISA_CLIENT_RPC_STATUS_H_
#define GISA_CLIENT_RPC_STATUS_H_

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace gisa {

// Translates what a server answered back into absl::Status, with the reason, the bad fields and the retry delay where
// storage/base/errors.h finds them. Details of other kinds are dropped. The inverse of the server's translation.
absl::Status StatusFromRpc(const google::rpc::Status& status);

// The same for the status of a call. What travelled without details, such as the errors of gRPC itself, has no reason.
absl::Status StatusFromGrpc(const grpc::Status& status);

}  // namespace gisa

#endif  // GISA_CLIENT_RPC_STATUS_H_
