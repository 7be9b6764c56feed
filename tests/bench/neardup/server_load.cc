#include "tests/bench/neardup/server_load.h"

#include <algorithm>
#include <memory>

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

absl::StatusOr<std::unique_ptr<ArchiveClient>> ConnectTo(const Gisad& server) {
  ArchiveClientOptions options;
  options.address = server.address();
  return ArchiveClient::Connect(options);
}

}  // namespace

absl::Status MeasureIngest(const ArticleGenerator& generator, uint64_t articles, const std::string& name,
                           Report* report) {
  report->Section(absl::StrCat("Ingest of ", articles, " articles, four streams: ", name));
  double seconds[2] = {0, 0};
  // Each first once, for the machine may slow down.
  for (const bool with : {false, true, true, false}) {
    const Gisad server;
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server));
    const LoadResult load = IngestStreams(client.get(), generator, 0, articles, kStreams, with);
    seconds[with] += absl::ToDoubleSeconds(load.elapsed);
    const double micros = UsageOf(server.pid()).cpu_seconds * 1e6 / static_cast<double>(articles);
    report->Line(
        absl::StrFormat("%s, %.0f µs of gisad for each", with ? "that ask for near copies" : "that do not", micros),
        absl::StrFormat("%.0f /s", load.rate()));
  }
  report->Line("with over without", absl::StrFormat("%.3f", seconds[false] / seconds[true]));
  report->Keep(name, seconds[false] / seconds[true]);
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
