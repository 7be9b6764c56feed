#ifndef GISA_TESTS_E2E_CRASH_REPORT_H_
#define GISA_TESTS_E2E_CRASH_REPORT_H_

#include <iostream>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

namespace gisa::crash {

// Collects broken promises. Thread-safe.
class Report {
 public:
  template <typename... Parts>
  void Expect(bool holds, const Parts&... parts) {
    if (holds) return;
    absl::MutexLock lock(&mutex_);
    if (++failures_ <= kPrinted) std::cerr << "BROKEN: " << absl::StrCat(parts...) << std::endl;
  }

  int failures() const {
    absl::MutexLock lock(&mutex_);
    return failures_;
  }

 private:
  static constexpr int kPrinted = 20;

  mutable absl::Mutex mutex_;
  int failures_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace gisa::crash

#endif  // GISA_TESTS_E2E_CRASH_REPORT_H_
