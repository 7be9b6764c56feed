#ifndef GISA_TESTS_BENCH_SEARCH_PACED_INGEST_H_
#define GISA_TESTS_BENCH_SEARCH_PACED_INGEST_H_

#include <atomic>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/archive_client.h"
#include "gisa/v1/article.pb.h"

namespace gisa {

// Ingests articles over one stream on a thread of its own, evenly spread over some time, as a crawler does.
class PacedIngest {
 public:
  // Begins. `client` outlives this.
  PacedIngest(ArchiveClient* client, std::vector<v1::Article> articles, absl::Duration duration);

  // Waits for the end.
  ~PacedIngest();

  bool done() const { return done_.load(); }

  // Waits for the end. Returns the error that ended the upload or of one article.
  absl::Status Finish();

  // How long it took until all were answered; after Finish.
  absl::Duration elapsed() const { return elapsed_; }

 private:
  void Run(ArchiveClient* client, std::vector<v1::Article> articles, absl::Duration duration);

  std::atomic<bool> done_ = false;
  absl::Status status_;
  absl::Duration elapsed_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_SEARCH_PACED_INGEST_H_
