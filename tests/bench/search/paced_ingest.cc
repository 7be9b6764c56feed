#include "tests/bench/search/paced_ingest.h"

#include <cstddef>
#include <utility>

#include "absl/time/clock.h"
#include "client/ingest_uploader.h"

namespace gisa {
namespace {

// A sleep for each article would cost more processor time than sending it.
constexpr absl::Duration kPause = absl::Milliseconds(5);

}  // namespace

PacedIngest::PacedIngest(ArchiveClient* client, std::vector<v1::Article> articles, absl::Duration duration)
    : thread_([this, client, articles = std::move(articles), duration]() mutable {
        Run(client, std::move(articles), duration);
        done_.store(true);
      }) {}

PacedIngest::~PacedIngest() {
  if (thread_.joinable()) thread_.join();
}

absl::Status PacedIngest::Finish() {
  thread_.join();
  return status_;
}

void PacedIngest::Run(ArchiveClient* client, std::vector<v1::Article> articles, absl::Duration duration) {
  absl::Status rejected;
  const absl::Time start = absl::Now();
  IngestUploader uploader(
      client, {}, [&](uint64_t, const absl::StatusOr<v1::IngestResult>& answer) { rejected.Update(answer.status()); });
  for (size_t added = 0; added < articles.size() && status_.ok();) {
    const double part = absl::FDivDuration(absl::Now() - start, duration);
    for (; added < articles.size() && static_cast<double>(added) <= part * static_cast<double>(articles.size());
         ++added) {
      status_.Update(uploader.Add(std::move(articles[added])));
    }
    absl::SleepFor(kPause);
  }
  status_.Update(uploader.Finish());
  status_.Update(rejected);
  elapsed_ = absl::Now() - start;
}

}  // namespace gisa
