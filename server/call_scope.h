#ifndef GISA_SERVER_CALL_SCOPE_H_
#define GISA_SERVER_CALL_SCOPE_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "grpcpp/server_context.h"
#include "server/lifecycle.h"
#include "server/service_core.h"

namespace gisa {

// One call from its admission to its line in the log. Every reactor has one.
//
// Not thread-safe.
class CallScope {
 public:
  CallScope(ServiceCore* core, absl::string_view method, const grpc::CallbackServerContext& context);

  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;

  ServiceCore& core() const { return *core_; }

  // Asks to be admitted, once. Unless OK, the call has to end with this status. `stream` is told when the server
  // drains, from now on; null for calls that end by themselves.
  absl::Status Enter(Drainable* stream = nullptr);

  // Replaces the id that came with the metadata `x-request-id`, or was made up; no effect when `id` is empty.
  void SetRequestId(absl::string_view id);

  // How the call ended; of a stream also how many items it had.
  void SetStatus(absl::Status status) { status_ = std::move(status); }
  void SetItems(uint64_t items) { items_ = static_cast<int64_t>(items); }
  // Notes that an item of the stream was answered by an error.
  void AddItemError(const absl::Status& error);

  // Logs the call and takes it off the lifecycle, after which the core may go away: the last thing that a reactor does
  // before it deletes itself.
  void Leave();

 private:
  void Log() const;

  ServiceCore* const core_;
  const absl::string_view method_;
  const std::string peer_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  Drainable* stream_ = nullptr;
  std::string request_id_;
  absl::Status status_;
  int64_t items_ = -1;
  int64_t item_errors_ = 0;
  absl::Status worst_item_error_;  // the first of the most severe
};

}  // namespace gisa

#endif  // GISA_SERVER_CALL_SCOPE_H_
