#ifndef GISA_TESTS_SERVER_HEALTH_H_
#define GISA_TESTS_SERVER_HEALTH_H_

#include <memory>
#include <string>

#include "google/protobuf/unknown_field_set.h"
#include "tests/support/raw_call.h"

namespace gisa {

// The answers of grpc.health.v1.Health.
inline constexpr int kHealthServing = 1;
inline constexpr int kHealthNotServing = 2;
// That of a call that failed.
inline constexpr int kHealthError = -1;

// Asks grpc.health.v1.Health/Check about `service`.
inline int CheckHealth(const std::shared_ptr<grpc::Channel>& channel, const std::string& service) {
  using google::protobuf::UnknownFieldSet;
  UnknownFieldSet request;
  if (!service.empty()) request.AddLengthDelimited(1, service);
  std::string bytes;
  request.SerializeToString(&bytes);
  const RawReply reply = CallRaw(channel, "/grpc.health.v1.Health/Check", bytes);
  UnknownFieldSet response;
  if (!reply.status.ok() || !response.ParseFromString(reply.message)) return kHealthError;
  return response.empty() ? 0 : static_cast<int>(response.field(0).varint());
}

}  // namespace gisa

#endif  // GISA_TESTS_SERVER_HEALTH_H_
