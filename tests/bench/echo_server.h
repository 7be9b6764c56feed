#ifndef GISA_TESTS_BENCH_ECHO_SERVER_H_
#define GISA_TESTS_BENCH_ECHO_SERVER_H_

#include <memory>
#include <string>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gisa {

// Serves ArchiveService.Get on a free loopback port with the same reply whatever is asked: what gRPC itself costs. The
// reply is the serialized GetResponse in `reply_file`. Writes the port to `port_file`, then runs until it is killed.
int RunEchoServer(const std::string& reply_file, const std::string& port_file);

// This program as an echo server, in a process of its own as gisad is.
class EchoServer {
 public:
  explicit EchoServer(const std::string& reply);

  // host:port.
  const std::string& address() const { return address_; }

 private:
  const TempDir dir_;
  std::unique_ptr<Process> process_;
  std::string address_;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_ECHO_SERVER_H_
