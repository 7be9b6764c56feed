#ifndef GISA_SERVER_UNARY_CALL_H_
#define GISA_SERVER_UNARY_CALL_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"
#include "server/article_reply.h"
#include "server/call_scope.h"
#include "server/grpc_status.h"
#include "server/message_parser.h"

namespace gisa {

// The reactor of a unary call. It lives until gRPC is done with the call, which is after Finish.
//
// Thread-compatible; Finish and Reply may be called on any thread, one of them, once.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(ServiceCore* core, absl::string_view method, const grpc::CallbackServerContext& context,
            grpc::ByteBuffer* response)
      : scope_(core, method, context), context_(context), response_(response) {}

  CallScope& scope() { return scope_; }
  const grpc::CallbackServerContext& context() const { return context_; }

  // Ends the call without a reply, or with the one that is in place.
  void End(absl::Status status) {
    const grpc::Status grpc_status = ToGrpcStatus(status);
    scope_.SetStatus(std::move(status));
    scope_.ReleaseRequest();
    Finish(grpc_status);  // the call may be gone when it returns
  }

  template <typename Response>
  void Reply(absl::StatusOr<Response> response) {
    if (!response.ok()) return End(response.status());
    Reply(SerializeMessage(*std::move(response)));
  }

  void Reply(grpc::ByteBuffer wire) {
    if (absl::Status held = scope_.HoldReply(wire.Length()); !held.ok()) return End(std::move(held));
    response_->Swap(&wire);
    End(absl::OkStatus());
  }

  void OnDone() override {
    scope_.Leave();
    delete this;
  }

  // Lets gRPC call OnDone on the thread that is done with the call, not on one of its executor's: a change of threads
  // would cost each call a fifth of its processor time. gRPC means this for reactors whose reactions are as short as
  // these.
  bool InternalInlineable() override { return true; }

 private:
  ~UnaryCall() override = default;

  CallScope scope_;
  const grpc::CallbackServerContext& context_;
  grpc::ByteBuffer* const response_;
};

}  // namespace gisa

#endif  // GISA_SERVER_UNARY_CALL_H_
