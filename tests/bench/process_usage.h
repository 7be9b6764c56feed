#ifndef GISA_TESTS_BENCH_PROCESS_USAGE_H_
#define GISA_TESTS_BENCH_PROCESS_USAGE_H_

#include <cstdint>

namespace gisa {

// What a running process has used, as Linux's /proc/PID tells (proc(5)); zeros for one that is gone.
struct ProcessUsage {
  double cpu_seconds = 0;       // user and system, all threads
  uint64_t peak_rss_bytes = 0;  // VmHWM
};

ProcessUsage UsageOf(int pid);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_PROCESS_USAGE_H_
