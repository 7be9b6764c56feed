#ifndef GISA_SERVER_WRITE_HINTS_H_
#define GISA_SERVER_WRITE_HINTS_H_

#include "grpcpp/impl/call_op_set.h"

namespace gisa {

// The options of a stream's writes. Messages that follow each other at once are hinted to gRPC to share a packet; the
// last of a run goes without the hint and so sends all.
//
// The first write of a stream never has the hint: it takes the initial metadata along, which chttp2 does not send for a
// buffered message, and it completes only when they are sent. gRPC 1.51 would wait for the next packet of the
// connection, for minutes.
//
// Not thread-safe.
class WriteHints {
 public:
  // For the next write; `more_follow`: another one is ready to be started as soon as it completes.
  grpc::WriteOptions Next(bool more_follow) {
    grpc::WriteOptions options;
    if (more_follow && started_) options.set_buffer_hint();
    started_ = true;
    return options;
  }

 private:
  bool started_ = false;
};

}  // namespace gisa

#endif  // GISA_SERVER_WRITE_HINTS_H_
