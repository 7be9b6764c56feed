#include "server/library_logs.h"

#include <grpc/support/log.h>

#include <atomic>

#include "google/protobuf/stubs/logging.h"

namespace gisa {
namespace {

// Both libraries take a plain function.
std::atomic<const Logger*> g_logger = nullptr;

void LogLine(absl::string_view library, absl::string_view message) {
  const Logger* const logger = g_logger.load(std::memory_order_acquire);
  if (logger != nullptr) logger->Log(LogLevel::kDebug, message, {{"library", library}});
}

void LogGrpc(gpr_log_func_args* args) { LogLine("grpc", args->message); }

void LogProtobuf(google::protobuf::LogLevel level, const char* file, int line, const std::string& message) {
  LogLine("protobuf", message);
}

}  // namespace

void RouteLibraryLogs(const Logger* logger) {
  g_logger.store(logger, std::memory_order_release);
  gpr_set_log_function(&LogGrpc);
  google::protobuf::SetLogHandler(&LogProtobuf);
}

}  // namespace gisa
