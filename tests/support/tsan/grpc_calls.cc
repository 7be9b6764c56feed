// Makes what gRPC orders visible to ThreadSanitizer.
//
// Debian's libgrpc is not built with it, and hands operations from thread to thread by atomics that it cannot see. What
// a thread did before it started a batch of operations comes before what any thread does after it took a completion off
// a queue. Told so, ThreadSanitizer reports no false races between the reactions of one call. The order told is wider
// than the true one (any batch before any later completion), so a race between two calls is found less surely; races
// with other threads, the committer's say, are found as ever.
#include <dlfcn.h>
#include <grpc/grpc.h>
#include <sanitizer/tsan_interface.h>

#include <cstdlib>

namespace {

// The place that stands for "started before, completed after".
char handover;

template <typename Function>
Function* Real(const char* name) {
  void* const symbol = dlsym(RTLD_NEXT, name);
  if (symbol == nullptr) std::abort();
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace

extern "C" {

grpc_call_error grpc_call_start_batch(grpc_call* call, const grpc_op* ops, size_t op_count, void* tag, void* reserved) {
  static const auto real = Real<decltype(grpc_call_start_batch)>("grpc_call_start_batch");
  __tsan_release(&handover);
  return real(call, ops, op_count, tag, reserved);
}

grpc_event grpc_completion_queue_next(grpc_completion_queue* queue, gpr_timespec deadline, void* reserved) {
  static const auto real = Real<decltype(grpc_completion_queue_next)>("grpc_completion_queue_next");
  const grpc_event event = real(queue, deadline, reserved);
  __tsan_acquire(&handover);
  return event;
}

grpc_event grpc_completion_queue_pluck(grpc_completion_queue* queue, void* tag, gpr_timespec deadline, void* reserved) {
  static const auto real = Real<decltype(grpc_completion_queue_pluck)>("grpc_completion_queue_pluck");
  const grpc_event event = real(queue, tag, deadline, reserved);
  __tsan_acquire(&handover);
  return event;
}

}  // extern "C"
