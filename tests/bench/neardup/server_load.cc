#include "tests/bench/neardup/server_load.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/archive_client.h"
#include "storage/base/status_macros.h"
#include "tests/bench/grpc_load.h"
#include "tests/bench/process_usage.h"
#include "tests/support/binaries.h"

namespace gisa {
namespace {

constexpr int kStreams = 4;
constexpr uint64_t kArticlesPerLoad = 100'000;  // so that they fit into memory
constexpr uint64_t kQuestions = 2000;
constexpr uint64_t kMillion = 1'000'000;
constexpr uint64_t kClusters = 1000;
constexpr int kRevisions = 20;

absl::StatusOr<std::unique_ptr<ArchiveClient>> ConnectTo(const Gisad& server) {
  ArchiveClientOptions options;
  options.address = server.address();
  return ArchiveClient::Connect(options);
}

double Median(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const size_t middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
}

// Ingests another publisher's copy of an article, with a sentence more.
absl::Status IngestCopy(ArchiveClient* client, const ArticleGenerator& generator, uint64_t index, int edition) {
  v1::IngestRequest request;
  *request.mutable_article() = generator.Make(index);
  request.mutable_article()->set_oid("copies");
  request.mutable_article()->clear_content_hash();
  absl::StrAppend(request.mutable_article()->mutable_body(), "\n", edition, "판에 덧붙인 말이다.");
  return client->Ingest(request).status();
}

// A few of the `copies` are not alike: of short articles, or of two that are alike themselves.
absl::StatusOr<double> ListClustersMillis(ArchiveClient* client, uint64_t copies) {
  const absl::Time begin = absl::Now();
  ASSIGN_OR_RETURN(const v1::ListClustersResponse response, client->ListClusters(v1::ListClustersRequest()));
  const double millis = absl::ToDoubleMilliseconds(absl::Now() - begin);
  if (response.total_clusters() < copies * 9 / 10) {
    return absl::InternalError(absl::StrCat(response.total_clusters(), " clusters of ", copies, " copies"));
  }
  return millis;
}

absl::Status MeasureClusters(ArchiveClient* client, const ArticleGenerator& generator, uint64_t articles,
                             Report* report) {
  const uint64_t step = std::max<uint64_t>(articles / kClusters, 1);
  uint64_t copies = 0;
  for (uint64_t i = 0; i < articles; i += step, ++copies) RETURN_IF_ERROR(IngestCopy(client, generator, i, 1));
  ASSIGN_OR_RETURN(const double first, ListClustersMillis(client, copies));
  report->Line("ListClusters, the first call", absl::StrFormat("%.0f ms", first));
  double again = 0;
  double after_change = 0;
  for (int i = 0; i < kRevisions; ++i) {
    ASSIGN_OR_RETURN(const double same, ListClustersMillis(client, copies));
    RETURN_IF_ERROR(IngestCopy(client, generator, static_cast<uint64_t>(i) * step, 2));
    ASSIGN_OR_RETURN(const double changed, ListClustersMillis(client, copies));
    again += same / kRevisions;
    after_change += changed / kRevisions;
  }
  report->Line("again", absl::StrFormat("%.2f ms", again));
  report->Line("after a revision", absl::StrFormat("%.2f ms", after_change));
  return absl::OkStatus();
}

}  // namespace

absl::Status MeasureIngest(const ArticleGenerator& generator, uint64_t articles, const std::string& name,
                           Report* report) {
  report->Section(absl::StrCat("Ingest of ", articles, " articles, four streams: ", name));
  std::vector<double> seconds[2];
  // In turn, each first as often as the other, for the machine may slow down.
  for (const bool with : {false, true, true, false, false, true, true, false}) {
    const Gisad server;
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server));
    const LoadResult load = IngestStreams(client.get(), generator, 0, articles, kStreams, with);
    seconds[with].push_back(absl::ToDoubleSeconds(load.elapsed));
    const double micros = UsageOf(server.pid()).cpu_seconds * 1e6 / static_cast<double>(articles);
    report->Line(
        absl::StrFormat("%s, %.0f µs of gisad for each", with ? "that ask for near copies" : "that do not", micros),
        absl::StrFormat("%.0f /s", load.rate()));
  }
  const double ratio = Median(seconds[false]) / Median(seconds[true]);
  report->Line("with over without, of the medians", absl::StrFormat("%.3f", ratio));
  report->Keep(name, ratio);
  return absl::OkStatus();
}

absl::Status MeasureFind(const ArticleGenerator& generator, uint64_t articles, Report* report) {
  report->Section(absl::StrCat("FindDuplicates among ", articles, " articles"));
  const Gisad server;
  ASSIGN_OR_RETURN(const auto client, ConnectTo(server));
  for (uint64_t begin = 0; begin < articles; begin += kArticlesPerLoad) {
    IngestStreams(client.get(), generator, begin, std::min(begin + kArticlesPerLoad, articles), kStreams);
  }
  const LoadResult load = FindDuplicates(client.get(), generator, articles, kQuestions);
  for (const double percent : {50, 99}) {
    report->Line(absl::StrCat("p", percent), absl::StrFormat("%.2f ms", load.PercentileMicros(percent) / 1000));
  }
  RETURN_IF_ERROR(MeasureClusters(client.get(), generator, articles, report));
  ASSIGN_OR_RETURN(const v1::GetStatsResponse stats, client->GetStats());
  report->Line("near-duplicate index over the text",
               absl::StrFormat("%.3f", static_cast<double>(stats.near_disk_bytes()) /
                                           static_cast<double>(std::max<uint64_t>(stats.text_bytes(), 1))));
  report->Line("peak memory of gisad",
               absl::StrFormat("%.1f MiB", static_cast<double>(UsageOf(server.pid()).peak_rss_bytes) / (1 << 20)));
  if (articles == kMillion) report->Keep("find_p99_ms_1m", load.PercentileMicros(99) / 1000);
  return absl::OkStatus();
}

}  // namespace gisa
