#ifndef GISA_CLIENT_COMMANDS_INGEST_REPORT_H_
#define GISA_CLIENT_COMMANDS_INGEST_REPORT_H_

#include <cstdint>
#include <deque>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "client/article_reader.h"
#include "client/commands/console.h"
#include "client/commands/progress.h"
#include "gisa/v1/archive_service.pb.h"
#include "nlohmann/json.hpp"

namespace gisa {

// Counts what became of the articles of one ingest, and tells people about it on the errors while it goes on.
//
// Thread-safe.
class IngestReport {
 public:
  struct Options {
    bool quiet = false;          // no progress
    bool verbose = false;        // a line for each article
    bool keep_failures = false;  // for Json
  };

  // Both outlive the report.
  IngestReport(Console* console, const ArticleReader* reader, Options options);

  // An input that was not sent, and why.
  void Rejected(const std::string& source, const absl::Status& reason);

  // The article from `source` is about to be sent. Answers come in the order of these.
  void Sent(std::string source);
  void Answered(const absl::StatusOr<v1::IngestResult>& answer);

  // Removes the progress from the terminal.
  void EndProgress();

  uint64_t rejected() const;
  // Sent and not answered.
  uint64_t unanswered() const;

  // The summary for people, one line.
  std::string Summary() const;
  // The counts, and failures as [{source, reason}].
  nlohmann::ordered_json Json() const;

 private:
  void Reject(const std::string& source, const absl::Status& reason) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void UpdateProgress() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void PrintLine(const std::string& line) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Console& console_;
  const ArticleReader& reader_;
  const Options options_;

  mutable absl::Mutex mutex_;
  ProgressDisplay progress_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::string> sent_ ABSL_GUARDED_BY(mutex_);
  uint64_t created_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t duplicate_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t unchanged_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t revised_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t rejected_ ABSL_GUARDED_BY(mutex_) = 0;
  nlohmann::ordered_json failures_ ABSL_GUARDED_BY(mutex_) = nlohmann::ordered_json::array();
};

}  // namespace gisa

#endif  // GISA_CLIENT_COMMANDS_INGEST_REPORT_H_
