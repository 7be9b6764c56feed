#ifndef GISA_TESTS_SUPPORT_RAW_CALL_H_
#define GISA_TESTS_SUPPORT_RAW_CALL_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/status.h"

namespace gisa {

// A call of any kind whose messages are bytes, so that a test can send what no generated stub sends. Each method waits
// until gRPC has done what it says.
//
// Not thread-safe.
class RawCall {
 public:
  // `method` is a path such as /gisa.v1.ArchiveService/Get.
  RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& method);
  // Cancels the call unless it was finished.
  ~RawCall();
  RawCall(const RawCall&) = delete;
  RawCall& operator=(const RawCall&) = delete;

  // False when the call is broken or over.
  bool Write(absl::string_view message);
  bool WritesDone();
  // The next message; nullopt at the end.
  std::optional<std::string> Read();
  // Once, last.
  grpc::Status Finish();

 private:
  // Waits for the operation under way; whether it was done.
  bool Await();

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  bool finished_ = false;
};

struct RawReply {
  grpc::Status status;
  std::string message;
};

// A unary call.
RawReply CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method, absl::string_view request);

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_RAW_CALL_H_
