#include "tests/support/binaries.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace gisa {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);

CommandResult Run(const std::vector<std::string>& argv, const std::string& input) {
  const TempDir dir;
  WriteFile(dir / "in", input);
  CommandResult result;
  result.exit_code = Process(argv, dir / "in", dir / "out", dir / "err").Wait();
  result.out = ReadFile(dir / "out");
  result.err = ReadFile(dir / "err");
  return result;
}

}  // namespace

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream contents;
  contents << file.rdbuf();
  return std::move(contents).str();
}

void WriteFile(const std::string& path, const std::string& contents) {
  std::ofstream(path, std::ios::binary) << contents;
}

int AwaitPort(Process* server, const std::string& port_file, const std::string& log_file) {
  const absl::Time give_up = absl::Now() + kStartTimeout;
  int port = 0;
  while (!absl::SimpleAtoi(ReadFile(port_file), &port)) {
    if (server->HasEnded() || absl::Now() > give_up) {
      std::cerr << "the server does not serve:\n" << ReadFile(log_file);
      std::abort();
    }
    absl::SleepFor(absl::Milliseconds(5));  // nothing else tells of the file
  }
  return port;
}

void Gisad::Launch(const std::string& listen) {
  const std::string port_file = dir_ / "port";
  std::remove(port_file.c_str());
  std::vector<std::string> argv = {GISAD_BINARY, "serve",    "--listen",    listen,
                                   "--data-dir", data_dir(), "--port-file", port_file};
  argv.insert(argv.end(), flags_.begin(), flags_.end());
  process_ = std::make_unique<Process>(argv, "/dev/null", "/dev/null", dir_ / "log");
}

void Gisad::Start(const std::string& listen) {
  Launch(listen);
  address_ = absl::StrCat("127.0.0.1:", AwaitPort(process_.get(), dir_ / "port", dir_ / "log"));
}

void Gisad::KillWhileStarting(absl::Duration after) {
  Launch("127.0.0.1:0");
  absl::SleepFor(after);
  Kill();
}

int Gisad::Kill() {
  process_->Signal(SIGKILL);
  return process_->Wait();
}

int Gisad::Terminate() {
  process_->Signal(SIGTERM);
  return process_->Wait();
}

CommandResult RunGisad(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), GISAD_BINARY);
  return Run(arguments, "");
}

CommandResult RunGisa(const std::string& address, std::vector<std::string> arguments, const std::string& input) {
  arguments.insert(arguments.begin(), {GISA_BINARY, "--address", address});
  return Run(arguments, input);
}

CommandResult RunShell(const std::string& address, const std::string& script) {
  return Run({"/bin/sh", "-c", absl::StrCat("GISA='", GISA_BINARY, " --address ", address, "'\n", script)}, "");
}

}  // namespace gisa
