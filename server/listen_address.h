#ifndef GISA_SERVER_LISTEN_ADDRESS_H_
#define GISA_SERVER_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// Where a server listens.
struct ListenAddress {
  std::string host;  // without brackets
  int port = 0;      // 0: any that is free

  // Whether only this machine can reach it: `localhost`, 127.0.0.0/8 or ::1. Other names are not resolved.
  bool IsLoopback() const;

  // As people type it, an IPv6 host in brackets.
  std::string ToString() const;
};

// Reads `host:port`; an IPv6 host stands in brackets. INVALID_ARGUMENT otherwise.
absl::StatusOr<ListenAddress> ParseListenAddress(absl::string_view text);

// Tries to bind `address`, for the operating system's word on why a server could not: OK, or UNAVAILABLE with its
// message.
absl::Status TryBind(const ListenAddress& address);

}  // namespace gisa

#endif  // GISA_SERVER_LISTEN_ADDRESS_H_
