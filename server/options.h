#ifndef GISA_SERVER_OPTIONS_H_
#define GISA_SERVER_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "storage/base/article_limits.h"

namespace gisa {

// How a server is to be run. Which flags set these, and their help, is in flags.cc.
struct ServerOptions {
  // host:port; port 0 takes a free one.
  std::string listen = "127.0.0.1:7410";
  // Whether another address than loopback may be served without TLS.
  bool insecure = false;
  // Where to write the port once the server serves; empty for nowhere.
  std::string port_file;

  size_t max_message_bytes = 32 << 20;
  size_t max_body_bytes = kDefaultMaxBodyBytes;
  // What calls may hold in all, beside the caches: see MemoryParts.
  size_t memory_budget_bytes = 512 << 20;
  int max_concurrent_searches = 8;
  // Up to how many the hits of a search are counted exactly.
  uint64_t max_exact_hits = 10000;
  absl::Duration drain_grace = absl::Seconds(25);
};

}  // namespace gisa

#endif  // GISA_SERVER_OPTIONS_H_
