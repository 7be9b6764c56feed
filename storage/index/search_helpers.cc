#include "storage/index/search_helpers.h"

#include <algorithm>

#include "storage/base/thread.h"

namespace gisa {

SearchHelpers::SearchHelpers(int threads) : idle_(std::max(threads, 1) - 1) {
  for (int i = 1; i < threads; ++i) {
    helpers_.push_back(StartThread("gisa-search", ThreadPriority::kNormal, [this] { Help(); }));
  }
}

SearchHelpers::~SearchHelpers() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& helper : helpers_) helper.join();
}

bool SearchHelpers::Share(absl::FunctionRef<void()> work) {
  Job job{work};
  {
    absl::MutexLock lock(&mutex_);
    job.wanted = std::min(idle_, threads() - running_);
    if (job.wanted <= 0) return false;
    idle_ -= job.wanted;
    running_ += job.wanted;
    jobs_.push_back(&job);
  }
  work();
  absl::MutexLock lock(&mutex_);
  if (job.wanted > 0) {
    jobs_.erase(std::find(jobs_.begin(), jobs_.end(), &job));
    idle_ += job.wanted;
    running_ -= job.wanted;
  }
  const auto is_done = [&job] { return job.working == 0; };
  mutex_.Await(absl::Condition(&is_done));
  return true;
}

void SearchHelpers::AddRunning(int count) {
  absl::MutexLock lock(&mutex_);
  running_ += count;
}

void SearchHelpers::Help() {
  const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_ || !jobs_.empty(); };
  absl::MutexLock lock(&mutex_);
  while (true) {
    mutex_.Await(absl::Condition(&has_work));
    if (stopping_) return;
    Job* const job = jobs_.front();
    if (--job->wanted == 0) jobs_.pop_front();
    ++job->working;
    mutex_.Unlock();
    job->work();
    mutex_.Lock();
    --job->working;
    ++idle_;
    --running_;
  }
}

}  // namespace gisa
