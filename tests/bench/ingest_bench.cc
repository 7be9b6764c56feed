// How fast an archive of many articles is built and read over gRPC, beside what the machine can do at most. See --help.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "client/archive_client.h"
#include "storage/base/mutex_checks.h"
#include "storage/base/status_macros.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/disk_usage.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/grpc_load.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/raw_put.h"
#include "tests/bench/report.h"
#include "tests/bench/stages.h"
#include "tests/support/binaries.h"

namespace gisa {
namespace {

struct Flags {
  std::vector<std::string> paths = {GISA_SOURCE_DIR "/tests/testdata/articles"};
  uint64_t articles = 100'000;
  bool tenfold = false;
  bool stages = false;
  int streams = 0;
  std::string json;
};

constexpr char kFooter[] = R"(
Prints, each with its ratio to the raw put: LevelDB alone writing the same bodies in synced batches of 100; IngestStream
with one and four streams; Ingest with 1 and 64 in flight. Then Get with 64 in flight beside an RPC that does nothing, the
processor time of each stage, the peak memory of gisad and the size of its folder. Client and server share the machine;
each load has a gisad of its own with its default flags.

Names in the --json file: ingest_stream_over_raw, ingest_unary64_over_raw, get64_over_echo, get64_p99_over_echo,
disk_over_text and, with --tenfold, rate_1m_over_100k.

Examples:
  ingest_bench
  ingest_bench --stages --articles 20000
  perf record -g ingest_bench --streams 4
  ingest_bench news.jsonl --articles 100000 --tenfold --json ingest.json)";

// Single ingests wait for a sync each; a tenth of the articles shows enough.
constexpr uint64_t kSequentialFraction = 10;
constexpr uint64_t kStageArticles = 10'000;  // when the loads are measured as well

std::string Rate(const LoadResult& load) { return absl::StrFormat("%.0f /s", load.rate()); }
std::string Millis(double micros) { return absl::StrFormat("%.2f ms", micros / 1000); }
std::string MiB(uint64_t bytes) { return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / (1 << 20)); }

class IngestBench {
 public:
  IngestBench(const Flags& flags, ArticleGenerator generator) : flags_(flags), generator_(std::move(generator)) {}

  absl::Status Run() {
    if (flags_.stages) return PrintStages(flags_.articles);
    report_.Section("Ingest                                                            figure  over raw");
    ASSIGN_OR_RETURN(raw_rate_, RawPutRate(generator_, flags_.articles));
    report_.Line("raw LevelDB put of the bodies", absl::StrFormat("%.0f /s", raw_rate_), 1.0);
    if (flags_.streams > 0) {
      RETURN_IF_ERROR(MeasureStreams(flags_.streams).status());
    } else {
      RETURN_IF_ERROR(MeasureAll());
    }
    if (flags_.tenfold) RETURN_IF_ERROR(MeasureTenfold());
    return report_.WriteJson(flags_.json);
  }

 private:
  absl::Status MeasureAll() {
    RETURN_IF_ERROR(MeasureUnary());
    RETURN_IF_ERROR(MeasureStreams(4).status());
    ASSIGN_OR_RETURN(const std::unique_ptr<Gisad> server, MeasureStreams(1));
    RETURN_IF_ERROR(MeasureGets(*server));
    RETURN_IF_ERROR(MeasureDisk(server.get()));
    return PrintStages(std::min(flags_.articles, kStageArticles));
  }

  absl::StatusOr<std::unique_ptr<ArchiveClient>> ConnectTo(const std::string& address) {
    ArchiveClientOptions options;
    options.address = address;
    return ArchiveClient::Connect(options);
  }

  void PrintLoad(const std::string& what, const LoadResult& load) {
    report_.Line(what, Rate(load), load.rate() / raw_rate_);
    report_.Line("  acknowledged, p50", Millis(load.PercentileMicros(50)));
    report_.Line("  acknowledged, p99", Millis(load.PercentileMicros(99)));
  }

  absl::Status MeasureUnary() {
    for (const int in_flight : {1, 64}) {
      const Gisad server;
      ASSIGN_OR_RETURN(const auto client, ConnectTo(server.address()));
      const uint64_t count = in_flight == 1 ? flags_.articles / kSequentialFraction : flags_.articles;
      const LoadResult load = IngestUnary(client.get(), generator_, count, in_flight);
      PrintLoad(absl::StrCat("Ingest, ", in_flight, " in flight"), load);
      if (in_flight == 64) report_.Keep("ingest_unary64_over_raw", load.rate() / raw_rate_);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<Gisad>> MeasureStreams(int streams) {
    auto server = std::make_unique<Gisad>();
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server->address()));
    const LoadResult load = IngestStreams(client.get(), generator_, 0, flags_.articles, streams);
    PrintLoad(absl::StrCat("IngestStream, ", streams, streams == 1 ? " stream" : " streams"), load);
    const ProcessUsage usage = UsageOf(server->pid());
    const auto articles = static_cast<double>(flags_.articles);
    report_.Line("  processor time of gisad, an article",
                 absl::StrFormat("%.1f us", usage.cpu_seconds / articles * 1e6));
    report_.Line("  processor time of the client, an article",
                 absl::StrFormat("%.1f us", load.client_cpu_seconds / articles * 1e6));
    report_.Line("  peak memory of gisad", MiB(usage.peak_rss_bytes));
    if (streams == 1) report_.Keep("ingest_stream_over_raw", load.rate() / raw_rate_);
    return server;
  }

  absl::Status MeasureGets(const Gisad& server) {
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server.address()));
    v1::GetRequest request;
    const v1::Article article = generator_.Make(0);
    request.mutable_key()->set_oid(article.oid());
    request.mutable_key()->set_aid(article.aid());
    ASSIGN_OR_RETURN(const v1::GetResponse reply, client->Get(request));
    const EchoServer echo(reply.SerializeAsString());
    ASSIGN_OR_RETURN(const auto echo_client, ConnectTo(echo.address()));
    // One after the other, twice, so that neither has the cold caches.
    LoadResult echoes;
    LoadResult gets;
    for (int round = 0; round < 2; ++round) {
      echoes = GetArticles(echo_client.get(), generator_, flags_.articles, 64);
      gets = GetArticles(client.get(), generator_, flags_.articles, 64);
    }
    report_.Section("Get, 64 in flight                                                 figure over echo");
    report_.Line("an RPC with the same reply that does nothing", Rate(echoes), 1.0);
    report_.Line("  p99", Millis(echoes.PercentileMicros(99)), 1.0);
    report_.Line("Get", Rate(gets), gets.rate() / echoes.rate());
    report_.Line("  p99", Millis(gets.PercentileMicros(99)), gets.PercentileMicros(99) / echoes.PercentileMicros(99));
    report_.Keep("get64_over_echo", gets.rate() / echoes.rate());
    report_.Keep("get64_p99_over_echo", gets.PercentileMicros(99) / echoes.PercentileMicros(99));
    return absl::OkStatus();
  }

  // Ends the server.
  absl::Status MeasureDisk(Gisad* server) {
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server->address()));
    ASSIGN_OR_RETURN(const v1::GetStatsResponse stats, client->GetStats());
    if (server->Terminate() != 0) return absl::InternalError("gisad did not end well");
    ASSIGN_OR_RETURN(const DiskUsage disk, CompactedSize(server->data_dir()));
    const auto text = static_cast<double>(stats.text_bytes());
    report_.Section("Disk, after compaction                                            figure over text");
    report_.Line("text of the bodies", MiB(stats.text_bytes()), 1.0);
    report_.Line("records", MiB(disk.records_bytes), static_cast<double>(disk.records_bytes) / text);
    report_.Line("search index", MiB(disk.index_bytes), static_cast<double>(disk.index_bytes) / text);
    report_.Line("near copies", MiB(disk.near_bytes), static_cast<double>(disk.near_bytes) / text);
    const uint64_t all = disk.records_bytes + disk.index_bytes + disk.near_bytes;
    const double ratio = static_cast<double>(all) / text;
    report_.Line("all", MiB(all), ratio);
    report_.Keep("disk_over_text", ratio);
    return absl::OkStatus();
  }

  absl::Status PrintStages(uint64_t count) {
    ASSIGN_OR_RETURN(const std::vector<StageCost> costs, MeasureStages(generator_, count));
    report_.Section("Processor time of an article by stage, alone on one core");
    double sum = 0;
    for (const StageCost& cost : costs) {
      report_.Line(cost.stage, absl::StrFormat("%.1f us", cost.cpu_micros));
      sum += cost.cpu_micros;
    }
    report_.Line("all of these", absl::StrFormat("%.1f us", sum));
    return absl::OkStatus();
  }

  // The first tenth of a large ingest beside its last.
  absl::Status MeasureTenfold() {
    const Gisad server;
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server.address()));
    report_.Section(
        absl::StrCat("Ten times as many, one stream                                     figure over first"));
    double first = 0;
    for (uint64_t part = 0; part < 10; ++part) {
      const LoadResult load =
          IngestStreams(client.get(), generator_, part * flags_.articles, (part + 1) * flags_.articles, 1);
      if (part == 0) first = load.rate();
      report_.Line(absl::StrCat("up to ", (part + 1) * flags_.articles), Rate(load), load.rate() / first);
      if (part == 9) report_.Keep("rate_1m_over_100k", load.rate() / first);
    }
    report_.Line("peak memory of gisad", MiB(UsageOf(server.pid()).peak_rss_bytes));
    return absl::OkStatus();
  }

  const Flags flags_;
  const ArticleGenerator generator_;
  Report report_;
  double raw_rate_ = 0;
};

absl::Status RunBench(const Flags& flags) {
  ASSIGN_OR_RETURN(ArticleGenerator generator, ArticleGenerator::FromFiles(flags.paths));
  return IngestBench(flags, std::move(generator)).Run();
}

}  // namespace
}  // namespace gisa

int main(int argc, char** argv) {
  gisa::StopDeadlockDetection();
  gisa::Flags flags;
  CLI::App app("Measures how fast gisad takes articles in and gives them out.", "ingest_bench");
  app.add_option("paths", flags.paths, "Articles whose sentences to draw from")->type_name("PATH");
  app.add_option("--articles", flags.articles, "How many articles to make")->check(CLI::Range(1000, 10'000'000));
  app.add_flag("--tenfold", flags.tenfold, "Also ingest ten times as many, and compare the last part with the first");
  app.add_flag("--stages", flags.stages, "Print the processor time of each stage only");
  app.add_option("--streams", flags.streams, "Of the loads measure one ingest with so many streams only")
      ->check(CLI::Range(1, 64));
  app.add_option("--json", flags.json, "Write the figures to this file")->type_name("FILE");
  app.footer(gisa::kFooter);
  std::string echo_reply;
  std::string echo_port_file;
  CLI::App* const echo = app.add_subcommand("echo-server", "")->group("");  // how the bench starts its own baseline
  echo->add_option("reply", echo_reply)->required();
  echo->add_option("port-file", echo_port_file)->required();
  CLI11_PARSE(app, argc, argv);
  if (echo->parsed()) return gisa::RunEchoServer(echo_reply, echo_port_file);
  const absl::Status status = gisa::RunBench(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "ingest_bench: %s\n", status.ToString().c_str());
  return 1;
}
