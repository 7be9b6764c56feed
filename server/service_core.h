#ifndef GISA_SERVER_SERVICE_CORE_H_
#define GISA_SERVER_SERVICE_CORE_H_

#include <algorithm>
#include <string>
#include <thread>

#include "absl/time/time.h"
#include "server/lifecycle.h"
#include "server/limiter.h"
#include "server/log.h"
#include "server/memory_budget.h"
#include "server/options.h"
#include "server/read_load.h"
#include "server/thread_pool.h"
#include "storage/archive.h"

namespace gisa {

// What all calls share. Outlives every call.
struct ServiceCore {
  // They take turns: one works, one waits.
  static constexpr int kMaxClusterLists = 2;

  ServiceCore(const ServerOptions& options, const Logger* logger, std::string version, absl::Time started_at)
      : options(options),
        logger(logger),
        version(std::move(version)),
        started_at(started_at),
        requests(MemoryParts(options.memory_budget_bytes).requests),
        replies(MemoryParts(options.memory_budget_bytes).replies),
        searches(options.max_concurrent_searches),
        cluster_lists(kMaxClusterLists),
        // Searches alone never keep all readers busy.
        readers("gisa-read", ThreadPriority::kNormal, options.max_concurrent_searches + kMaxClusterLists + 4),
        completions("gisa-answer", ThreadPriority::kWrite, 1),
        preparers("gisa-prepare", ThreadPriority::kWrite,
                  std::max(2, static_cast<int>(std::thread::hardware_concurrency()))) {}

  const ServerOptions options;
  const Logger* const logger;
  const std::string version;
  const absl::Time started_at;

  // Set before the lifecycle serves; only admitted calls may use it.
  Archive* archive = nullptr;

  Lifecycle lifecycle;
  MemoryBudget requests;
  MemoryBudget replies;
  Limiter searches;
  Limiter cluster_lists;
  ReadLoad read_load;
  // Runs the reads that may take longer than a few microseconds.
  ThreadPool readers;
  // Sends the answers to writes, so that the archive's committer, which hands them over, never touches a socket.
  ThreadPool completions;
  // Prepare the articles of streams for the archive. They take turns with searches, which gRPC's threads could not.
  ThreadPool preparers;
};

}  // namespace gisa

#endif  // GISA_SERVER_SERVICE_CORE_H_
