#ifndef GISA_TESTS_SUPPORT_BINARIES_H_
#define GISA_TESTS_SUPPORT_BINARIES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gisa {

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& contents);

// Waits for a server to write its port to `port_file`; ends the program with the server's log when it does not.
int AwaitPort(Process* server, const std::string& port_file, const std::string& log_file);

// The gisad that was built, serving a data folder on a free loopback port.
class Gisad {
 public:
  // `flags` are added to those of `gisad serve`.
  explicit Gisad(std::vector<std::string> flags = {}) : flags_(std::move(flags)) { Start("127.0.0.1:0"); }

  // host:port.
  const std::string& address() const { return address_; }

  std::string data_dir() const { return dir_ / "data"; }
  int pid() const { return process_->pid(); }

  // Ends it, by SIGKILL or SIGTERM; returns the exit code, or minus the signal.
  int Kill();
  int Terminate();
  void Signal(int signal) const { process_->Signal(signal); }
  int Wait() { return process_->Wait(); }

  // After the end: starts it again on the same data, on another port or on the same.
  void Restart() { Start("127.0.0.1:0"); }
  void RestartOnSamePort() { Start(address_); }

  // After the end: starts it and kills it after this long, wherever it is by then.
  void KillWhileStarting(absl::Duration after);

 private:
  void Launch(const std::string& listen);
  // Returns when it serves.
  void Start(const std::string& listen);

  const std::vector<std::string> flags_;
  const TempDir dir_;
  std::string address_;
  std::unique_ptr<Process> process_;
};

// How a command ended.
struct CommandResult {
  int exit_code = 0;
  std::string out;
  std::string err;

  // The output as JSON, discarded when it is none.
  nlohmann::json Json() const { return nlohmann::json::parse(out, nullptr, /*allow_exceptions=*/false); }
};

// Runs the gisad that was built, for what ends by itself.
CommandResult RunGisad(std::vector<std::string> arguments);

// Runs the gisa that was built.
CommandResult RunGisa(const std::string& address, std::vector<std::string> arguments, const std::string& input = "");

// Runs `script` with /bin/sh, in which $GISA is `gisa --address …`.
CommandResult RunShell(const std::string& address, const std::string& script);

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_BINARIES_H_
