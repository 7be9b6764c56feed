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

  // Asks to be admitted, once, with a request of so many bytes, which are held until it is answered. Unless OK, the
  // call has to end with this status: that of Lifecycle::Enter, or RESOURCE_EXHAUSTED SERVER_BUSY. `stream` is told
  // when the server drains, from now on; null for calls that end by themselves.
  absl::Status Enter(size_t request_bytes, Drainable* stream = nullptr);

  // Asks for the memory of a reply, once, to be held until the call is over. RESOURCE_EXHAUSTED SERVER_BUSY; never for
  // a reply as small as those to writes, for which it would come too late.
  absl::Status HoldReply(size_t bytes);

  // The request is answered: who has the answer may send another one at once.
  void ReleaseRequest() { request_.Reset(); }

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
  MemoryShare request_;
  MemoryShare reply_;
  std::string request_id_;
  absl::Status status_;
  int64_t items_ = -1;
  int64_t item_errors_ = 0;
  absl::Status worst_item_error_;  // the first of the most severe
};

}  // namespace gisa

#endif  // GISA_SERVER_CALL_SCOPE_H_
