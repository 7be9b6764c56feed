#ifndef GISA_TESTS_SUPPORT_LOG_RECORDER_H_
#define GISA_TESTS_SUPPORT_LOG_RECORDER_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/log.h"

namespace gisa {

// Keeps what is logged, and reads it as JSON.
//
// Thread-safe.
class LogRecorder {
 public:
  // Outlived by this.
  Logger::Sink Sink() {
    return [this](absl::string_view line) {
      absl::MutexLock lock(&mutex_);
      lines_.emplace_back(line);
    };
  }

  std::vector<std::string> Lines() const {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }

  // The lines whose message this is. Throws when a line is not JSON.
  std::vector<nlohmann::json> Messages(const std::string& message) const {
    std::vector<nlohmann::json> found;
    for (const std::string& line : Lines()) {
      nlohmann::json json = nlohmann::json::parse(line);
      if (json["message"] == message) found.push_back(std::move(json));
    }
    return found;
  }

 private:
  mutable absl::Mutex mutex_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_LOG_RECORDER_H_
