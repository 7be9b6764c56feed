#include "storage/base/write_threads.h"

#include <unistd.h>

namespace gisa {
namespace {

cpu_set_t WithoutFirst(cpu_set_t processors) {
  int first = 0;
  while (!CPU_ISSET(first, &processors)) ++first;
  CPU_CLR(first, &processors);
  return processors;
}

}  // namespace

WriteThreads& WriteThreads::OfProcess() {
  static auto* const threads = new WriteThreads;  // never deleted: threads may end after main
  return *threads;
}

pid_t WriteThreads::AddCaller() {
  const pid_t id = gettid();
  absl::MutexLock lock(&mutex_);
  ids_.insert(id);
  if (takers_ > 0) sched_setaffinity(id, sizeof(left_), &left_);
  return id;
}

void WriteThreads::Remove(pid_t id) {
  absl::MutexLock lock(&mutex_);
  ids_.erase(id);
}

void WriteThreads::TakeProcessor() {
  absl::MutexLock lock(&mutex_);
  if (takers_++ > 0) return;
  // More processors than such a set has room for: there are enough of them.
  if (sched_getaffinity(0, sizeof(all_), &all_) != 0) CPU_ZERO(&all_);
  left_ = CPU_COUNT(&all_) > 1 ? WithoutFirst(all_) : all_;
  MoveAll(left_);
}

void WriteThreads::GiveProcessorBack() {
  absl::MutexLock lock(&mutex_);
  if (--takers_ == 0) MoveAll(all_);
}

// A failure (an empty set, a processor that went offline) leaves a thread where it is, which is no harm.
void WriteThreads::MoveAll(const cpu_set_t& processors) {
  for (const pid_t id : ids_) sched_setaffinity(id, sizeof(processors), &processors);
}

}  // namespace gisa
