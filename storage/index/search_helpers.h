#ifndef GISA_STORAGE_INDEX_SEARCH_HELPERS_H_
#define GISA_STORAGE_INDEX_SEARCH_HELPERS_H_

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// Threads that take part in the search of another one when there are processors to spare: one query is answered sooner,
// while many at a time are searched by a thread each, as they would be without.
//
// Thread-safe.
class SearchHelpers {
 public:
  // No more than `threads` threads search at a time to answer queries that are shared: as many as the machine has
  // processors, or at least 1. Starts one less, for whoever asks for help searches too.
  explicit SearchHelpers(int threads);
  // No search may be running.
  ~SearchHelpers();

  SearchHelpers(const SearchHelpers&) = delete;
  SearchHelpers& operator=(const SearchHelpers&) = delete;

  // Counts a search for as long as it lives: it has a processor of its own.
  class Running {
   public:
    explicit Running(SearchHelpers* helpers) : helpers_(helpers) { helpers_->AddRunning(1); }
    ~Running() { helpers_->AddRunning(-1); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

   private:
    SearchHelpers* const helpers_;
  };

  // Runs `work` on this thread, which has a Running, and on every thread that is idle and has a processor at the same
  // time. All calls have returned when it does; those that would begin after the first has returned are left out.
  // Returns false at once, and runs nothing, when there is nobody to help.
  bool Share(absl::FunctionRef<void()> work);

  int threads() const { return static_cast<int>(helpers_.size()) + 1; }

 private:
  struct Job {
    absl::FunctionRef<void()> work;
    int wanted = 0;   // helpers that have not come yet
    int working = 0;  // helpers
  };

  void AddRunning(int count) ABSL_LOCKS_EXCLUDED(mutex_);
  void Help() ABSL_LOCKS_EXCLUDED(mutex_);

  absl::Mutex mutex_;
  std::deque<Job*> jobs_ ABSL_GUARDED_BY(mutex_);  // that want helpers
  int running_ ABSL_GUARDED_BY(mutex_) = 0;        // searches, and helpers that work or are wanted
  int idle_ ABSL_GUARDED_BY(mutex_) = 0;           // helpers that are neither
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> helpers_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_SEARCH_HELPERS_H_
