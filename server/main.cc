// gisad: the archive's server.

#include <pthread.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "server/flags.h"
#include "server/library_logs.h"
#include "server/log.h"
#include "server/log_writer.h"
#include "server/memory_budget.h"
#include "server/server.h"
#include "storage/base/mutex_checks.h"
#include "storage/leveldb/leveldb_archive.h"

namespace gisa {
namespace {

absl::StatusOr<std::unique_ptr<Archive>> OpenArchive(const ServeCommand& command, const Logger& logger) {
  LevelDbArchive::Options options;
  options.dir = command.data_dir;
  options.sync = command.sync;
  options.max_queued_bytes = MemoryParts(command.server.memory_budget_bytes).queue;
  options.write_buffer_bytes = command.write_buffer_bytes;
  options.records_block_cache_bytes = command.block_cache_bytes;
  options.index_cache_bytes = command.index_cache_bytes;
  options.min_free_bytes = command.min_free_bytes;
  options.on_event = [&logger](const StorageEvent& event) {
    logger.Log(event.is_trouble ? LogLevel::kWarning : LogLevel::kInfo, event.message, {{"detail", event.detail}});
  };
  return LevelDbArchive::Open(options);
}

// Waits for SIGTERM and SIGINT. They are blocked in every thread but its own, which takes them one at a time: no
// handler ever interrupts anything. The first is handed to Wait, be it early or late. A second ends the process at
// once: what was acknowledged is on disk.
class TerminationSignals {
 public:
  // Before any other thread starts, which would not inherit the mask.
  TerminationSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::thread([signals = signals_, first = std::move(first_)]() mutable {
      int signal = 0;
      sigwait(&signals, &signal);
      first.set_value(signal);
      sigwait(&signals, &signal);
      _exit(1);
    }).detach();
  }

  // Returns the number of the first signal.
  int Wait() { return received_.get(); }

 private:
  sigset_t signals_;
  std::promise<int> first_;
  std::future<int> received_ = first_.get_future();
};

std::string MiB(uint64_t bytes) { return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / (1 << 20)); }

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "gisad: %s\n", std::string(status.message()).c_str());
  return 1;
}

int Serve(const ServeCommand& command) {
  TerminationSignals signals;
  std::signal(SIGPIPE, SIG_IGN);
  // Never destroyed: threads of gRPC may log until the process ends.
  static LogWriter& writer = *new LogWriter(STDERR_FILENO);
  static const Logger& logger = *new Logger(command.log_level, [](absl::string_view line) { writer.Write(line); });
  RouteLibraryLogs(&logger);
  const auto server = Server::Start(command.server, &logger, [&command] { return OpenArchive(command, logger); });
  if (!server.ok()) {
    writer.Flush();
    return Fail(server.status());
  }

  const int signal = signals.Wait();
  logger.Log(LogLevel::kInfo, "signal", {{"signal", signal}});
  const absl::Status status = (*server)->Shutdown();
  writer.Flush();
  return status.ok() ? 0 : Fail(status);
}

// Returns the exit code.
int Compact(const CompactCommand& command) {
  // To open one would make it.
  if (!std::filesystem::is_directory(command.data_dir + "/records")) {
    return Fail(
        absl::NotFoundError(absl::StrCat(command.data_dir, " has no archive: there is no folder records in it")));
  }
  LevelDbArchive::Options options;
  options.dir = command.data_dir;
  options.on_event = [](const StorageEvent& event) {
    std::fprintf(stderr, "gisad: %s: %s\n", event.message.c_str(), event.detail.c_str());
  };
  const auto archive = LevelDbArchive::Open(options);
  if (!archive.ok()) return Fail(archive.status());
  const auto before = (*archive)->GetStats();
  absl::Status status = before.status();
  status.Update((*archive)->Compact());
  const auto after = (*archive)->GetStats();
  status.Update(after.status());
  status.Update((*archive)->Shutdown());
  if (!status.ok()) return Fail(status);
  std::printf("texts    %s, before %s\n", MiB(after->stored_text_bytes).c_str(),
              MiB(before->stored_text_bytes).c_str());
  std::printf("records  %s, before %s\n", MiB(after->records_disk_bytes).c_str(),
              MiB(before->records_disk_bytes).c_str());
  return 0;
}

}  // namespace
}  // namespace gisa

int main(int argc, char** argv) {
  gisa::StopDeadlockDetection();
  const auto parsed = gisa::ParseCommandLine(argc, argv);
  if (const int* exit_code = std::get_if<int>(&parsed)) return *exit_code;
  if (const auto* compact = std::get_if<gisa::CompactCommand>(&parsed)) return gisa::Compact(*compact);
  return gisa::Serve(std::get<gisa::ServeCommand>(parsed));
}
