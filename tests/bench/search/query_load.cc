#include "tests/bench/search/query_load.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kRounds = 4;

}  // namespace

absl::StatusOr<LoadResult> RunQueries(size_t queries, size_t rounds, int threads, const OpenSession& open) {
  std::vector<RunQuery> sessions;
  for (int i = 0; i < threads; ++i) {
    ASSIGN_OR_RETURN(RunQuery session, open());
    sessions.push_back(std::move(session));
  }
  LoadResult result;
  result.operations = queries * rounds;
  result.latencies_micros.resize(result.operations);
  std::vector<absl::Status> statuses(sessions.size());
  std::atomic<size_t> next = 0;
  const auto run = [&](size_t thread) {
    for (size_t i = next++; i < result.operations; i = next++) {
      const absl::Time begin = absl::Now();
      const absl::StatusOr<uint64_t> hits = sessions[thread](i % queries);
      result.latencies_micros[i] = static_cast<float>(absl::ToDoubleMicroseconds(absl::Now() - begin));
      if (!hits.ok()) {
        statuses[thread] = hits.status();
        return;
      }
    }
  };
  const absl::Time start = absl::Now();
  std::vector<std::thread> running;
  for (size_t thread = 0; thread < sessions.size(); ++thread) running.emplace_back(run, thread);
  for (std::thread& thread : running) thread.join();
  result.elapsed = absl::Now() - start;
  for (const absl::Status& status : statuses) RETURN_IF_ERROR(status);
  std::sort(result.latencies_micros.begin(), result.latencies_micros.end());
  return result;
}

absl::StatusOr<QuerySpeed> MeasureQueries(size_t queries, const OpenSession& open) {
  QuerySpeed speed;
  ASSIGN_OR_RETURN(const RunQuery session, open());
  for (size_t query = 0; query < queries; ++query) {
    ASSIGN_OR_RETURN(const uint64_t hits, session(query));
    speed.hits.push_back(hits);
  }
  // What is read often may be kept otherwise than what is read once.
  RETURN_IF_ERROR(RunQueries(queries, kRounds, 1, open).status());
  ASSIGN_OR_RETURN(speed.one_thread, RunQueries(queries, kRounds, 1, open));
  ASSIGN_OR_RETURN(speed.two_threads, RunQueries(queries, kRounds, 2, open));
  return speed;
}

}  // namespace gisa
