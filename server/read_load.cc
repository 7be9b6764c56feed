#include "server/read_load.h"

#include "storage/base/thread.h"
#include "storage/base/write_threads.h"

namespace gisa {
namespace {

constexpr absl::Duration kWindow = absl::Milliseconds(50);
// The part of a window that searches take when a processor is kept for them.
constexpr double kHighLoad = 0.1;
// A processor is given back after so many windows with less.
constexpr int kPatience = 4;

}  // namespace

ReadLoad::ReadLoad() : thread_(StartThread("gisa-read-load", ThreadPriority::kNormal, [this] { Run(); })) {}

ReadLoad::~ReadLoad() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  thread_.join();
  Keep(false);
}

void ReadLoad::Add(absl::Duration time) {
  if (nanos_.fetch_add(absl::ToInt64Nanoseconds(time), std::memory_order_relaxed) > 0) return;
  absl::MutexLock lock(&mutex_);
  awake_ = true;
}

void ReadLoad::Run() {
  int patience = 0;
  while (WaitForWindow()) {
    const absl::Duration time = absl::Nanoseconds(nanos_.exchange(0, std::memory_order_relaxed));
    if (absl::FDivDuration(time, kWindow) >= kHighLoad) {
      patience = kPatience;
      Keep(true);
    } else if (patience > 0 && --patience == 0) {
      Keep(false);
    }
  }
}

bool ReadLoad::WaitForWindow() {
  absl::MutexLock lock(&mutex_);
  const auto wakes = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || awake_; };
  if (!keeps_processor()) mutex_.Await(absl::Condition(&wakes));
  awake_ = false;
  mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kWindow);
  return !stopping_;
}

void ReadLoad::Keep(bool keep) {
  if (keep == keeps_processor()) return;
  keeps_processor_.store(keep, std::memory_order_relaxed);
  if (keep) {
    WriteThreads::OfProcess().TakeProcessor();
  } else {
    WriteThreads::OfProcess().GiveProcessorBack();
  }
}

}  // namespace gisa
