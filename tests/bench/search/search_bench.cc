// How fast search is, in one process and over gRPC, beside other engines on the same texts. See --help.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "client/archive_client.h"
#include "server/options.h"
#include "storage/base/mutex_checks.h"
#include "storage/base/status_macros.h"
#include "storage/leveldb/leveldb_archive.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/grpc_load.h"
#include "tests/bench/process_usage.h"
#include "tests/bench/report.h"
#include "tests/bench/search/engine_figures.h"
#include "tests/bench/search/paced_ingest.h"
#include "tests/bench/search/peer_files.h"
#include "tests/bench/search/sessions.h"
#include "tests/support/binaries.h"
#include "tests/support/plain_query.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

struct Flags {
  std::string queries;
  std::vector<std::string> paths = {GISA_SOURCE_DIR "/tests/testdata/articles"};
  uint64_t articles = 100'000;
  std::string peer_dir;
  size_t differences = 10;
  bool tenfold = false;
  std::string json;
};

constexpr char kFooter[] = R"(
Each query is for the ten best of the articles that have all of its words, everything that it reads being in memory
already. Compared are, on the same titles and bodies:
  - gisa's index in this process and, as phrases of their terms, Xapian and Groonga where their packages were installed
    when this was built: which articles, and exactly how many, without reading them; each ratio is to the best of them;
  - gisa's index when it counts hits only as far as gisad does by default;
  - the whole Search, with the hits' titles and snippets, in this process and over gRPC by gisad;
  - the same over gRPC while articles come in at half the rate at which they were loaded, compared with what it takes
    on an idle server, the mean of before and after: the archive has grown by as many articles.
Client and server share the machine.

Names in the --json file: search_p50_over_best_peer, search_p99_over_best_peer, grpc_extra_ms, busy_p99_over_idle and,
with --tenfold, p50_1m_over_100k and p99_1m_over_100k.

Examples:
  search_bench queries.txt
  search_bench queries.txt news.jsonl --articles 10000
  search_bench queries.txt news.jsonl --peer-dir /var/tmp/peers --tenfold --json search.json)";

constexpr uint64_t kAll = std::numeric_limits<uint64_t>::max();
constexpr int kStreams = 4;
constexpr uint64_t kMostAtOnce = 100'000;  // articles that are in memory before they are sent
constexpr absl::Duration kBusyTime = absl::Seconds(10);

// What an operator of a query language is becomes a space, for all engines.
absl::StatusOr<std::vector<std::string>> ReadQueries(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  std::vector<std::string> queries;
  for (std::string line; std::getline(file, line);) {
    const std::string query(absl::StripAsciiWhitespace(PlainQuery(line)));
    if (!query.empty()) queries.push_back(query);
  }
  if (queries.empty()) return absl::InvalidArgumentError(absl::StrCat(path, " has no query"));
  return queries;
}

absl::StatusOr<std::unique_ptr<ArchiveClient>> ConnectTo(const Gisad& server) {
  ArchiveClientOptions options;
  options.address = server.address();
  return ArchiveClient::Connect(options);
}

// On a connection of its own, as crawlers have: gRPC shares one among the channels of a process that are set up alike.
absl::StatusOr<std::unique_ptr<ArchiveClient>> ConnectCrawlerTo(const Gisad& server) {
  ArchiveClientOptions options;
  options.address = server.address();
  ++options.max_message_bytes;
  return ArchiveClient::Connect(options);
}

// Opens the index of a server that has ended, with all its segments merged.
absl::StatusOr<std::unique_ptr<SearchIndex>> OpenIndex(const Gisad& server) {
  SearchIndex::Options options;
  options.dir = server.data_dir() + "/index";
  ASSIGN_OR_RETURN(std::unique_ptr<SearchIndex> index, SearchIndex::Open(options));
  RETURN_IF_ERROR(index->WaitForMerges());
  return index;
}

class SearchBench {
 public:
  SearchBench(const Flags& flags, std::vector<std::string> queries, ArticleGenerator generator)
      : flags_(flags), queries_(std::move(queries)), generator_(std::move(generator)) {
    for (uint64_t i = 0; i < flags_.articles; ++i) {
      const v1::Article article = generator_.Make(i);
      text_bytes_ += static_cast<double>(article.title().size() + article.body().size());
    }
  }

  absl::Status Run() {
    RETURN_IF_ERROR(MeasurePeers());
    Gisad server;
    RETURN_IF_ERROR(Load(&server, flags_.articles));
    if (server.Terminate() != 0) return absl::InternalError("gisad did not end well");
    RETURN_IF_ERROR(MeasureIndex(server));
    ASSIGN_OR_RETURN(const double in_process_p50, MeasureArchive(server));
    server.Restart();
    RETURN_IF_ERROR(MeasureServer(server, in_process_p50));
    if (flags_.tenfold) RETURN_IF_ERROR(MeasureTenfold());
    return report_.WriteJson(flags_.json);
  }

 private:
  absl::Status MeasurePeers() {
    const TempDir temporary;
    const std::string dir = flags_.peer_dir.empty() ? temporary.path() : flags_.peer_dir;
    for (const Peer& peer : InstalledPeers()) {
      ASSIGN_OR_RETURN(const std::string files, BuildOnce(peer, dir, generator_, flags_.articles));
      ASSIGN_OR_RETURN(const QuerySpeed speed, MeasureQueries(queries_.size(), AskPeer(peer, files, queries_)));
      const auto figures = EngineFigures::Of(speed, static_cast<double>(AllocatedBytes(files)) / text_bytes_);
      PrintFigures(peer.name, figures, std::nullopt, &report_);
      peers_.push_back({peer.name, figures, speed.hits});
    }
    return absl::OkStatus();
  }

  absl::Status Load(Gisad* server, uint64_t articles) {
    ASSIGN_OR_RETURN(const auto client, ConnectTo(*server));
    for (uint64_t begin = 0; begin < articles; begin += kMostAtOnce) {
      const uint64_t end = std::min(articles, begin + kMostAtOnce);
      ingest_rate_ = IngestStreams(client.get(), generator_, begin, end, kStreams).rate();
    }
    return absl::OkStatus();
  }

  absl::Status MeasureIndex(const Gisad& server) {
    ASSIGN_OR_RETURN(const std::unique_ptr<SearchIndex> index, OpenIndex(server));
    const double size = static_cast<double>(AllocatedBytes(server.data_dir() + "/index")) / text_bytes_;
    ASSIGN_OR_RETURN(const QuerySpeed exact, MeasureQueries(queries_.size(), AskIndex(*index, queries_, kAll)));
    const auto figures = EngineFigures::Of(exact, size);
    std::vector<EngineFigures> of_peers;
    for (const MeasuredPeer& peer : peers_) of_peers.push_back(peer.figures);
    const std::optional<EngineFigures> best = BestOf(of_peers);
    PrintFigures("gisa's index, all hits counted: figure, over best peer", figures, best, &report_);
    if (best.has_value()) {
      report_.Keep("search_p50_over_best_peer", figures.p50_micros / best->p50_micros);
      report_.Keep("search_p99_over_best_peer", figures.p99_micros / best->p99_micros);
    }
    ASSIGN_OR_RETURN(counted_as_served_, MeasureAsServed(*index));
    PrintFigures(absl::StrCat("gisa's index, hits counted up to ", kServed),
                 EngineFigures::Of(counted_as_served_, size), best, &report_);
    for (const MeasuredPeer& peer : peers_) {
      PrintDifferentHits(peer.name, queries_, exact.hits, peer.hits, flags_.differences, &report_);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<QuerySpeed> MeasureAsServed(const SearchIndex& index) {
    return MeasureQueries(queries_.size(), AskIndex(index, queries_, kServed));
  }

  // Returns the p50 of the whole Search in microseconds.
  absl::StatusOr<double> MeasureArchive(const Gisad& server) {
    LevelDbArchive::Options options;
    options.dir = server.data_dir();
    ASSIGN_OR_RETURN(const std::unique_ptr<LevelDbArchive> archive, LevelDbArchive::Open(options));
    ASSIGN_OR_RETURN(const QuerySpeed speed, MeasureQueries(queries_.size(), AskArchive(*archive, queries_, kServed)));
    PrintSearch("The whole Search in this process", speed);
    RETURN_IF_ERROR(archive->Shutdown());
    return speed.one_thread.PercentileMicros(50);
  }

  absl::Status MeasureServer(const Gisad& server, double in_process_p50) {
    ASSIGN_OR_RETURN(const auto client, ConnectTo(server));
    const OpenSession ask = AskServer(*client, queries_);
    ASSIGN_OR_RETURN(const QuerySpeed idle, MeasureQueries(queries_.size(), ask));
    PrintSearch("The whole Search over gRPC", idle);
    const double extra = idle.one_thread.PercentileMicros(50) - in_process_p50;
    report_.Line("p50 more than in this process", Millis(extra));
    report_.Keep("grpc_extra_ms", extra / 1000);

    ASSIGN_OR_RETURN(const auto crawler, ConnectCrawlerTo(server));
    ASSIGN_OR_RETURN(const LoadResult busy, MeasureWhileIngesting(crawler.get(), ask));
    WaitUntilIdle(server);
    ASSIGN_OR_RETURN(const QuerySpeed after, MeasureQueries(queries_.size(), ask));
    for (const int percent : {50, 99}) {
      const double micros = busy.PercentileMicros(percent);
      const double idle_before = idle.one_thread.PercentileMicros(percent);
      const double idle_after = after.one_thread.PercentileMicros(percent);
      const double ratio = micros / ((idle_before + idle_after) / 2);
      report_.Line(absl::StrCat("p", percent, ", one thread; over idle"), Millis(micros), ratio);
      report_.Line("  idle before", Millis(idle_before));
      report_.Line("  idle after", Millis(idle_after));
      if (percent == 99) report_.Keep("busy_p99_over_idle", ratio);
    }
    return absl::OkStatus();
  }

  // What came in last is still merged when it is long acknowledged.
  static void WaitUntilIdle(const Gisad& server) {
    constexpr double kIdleCpuSeconds = 0.02;
    double before = 0;
    double now = UsageOf(server.pid()).cpu_seconds;
    do {
      absl::SleepFor(absl::Seconds(1));
      before = std::exchange(now, UsageOf(server.pid()).cpu_seconds);
    } while (now - before > kIdleCpuSeconds);
  }

  // Runs queries on one thread as long as articles come in at half the rate of the load.
  absl::StatusOr<LoadResult> MeasureWhileIngesting(ArchiveClient* client, const OpenSession& ask) {
    const auto count = static_cast<uint64_t>(ingest_rate_ / 2 * absl::ToDoubleSeconds(kBusyTime));
    std::vector<v1::Article> articles;
    for (uint64_t i = 0; i < count; ++i) articles.push_back(generator_.Make(flags_.articles + i));
    PacedIngest ingest(client, std::move(articles), kBusyTime);
    LoadResult all;
    while (!ingest.done()) {
      ASSIGN_OR_RETURN(const LoadResult round, RunQueries(queries_.size(), 1, 1, ask));
      all.latencies_micros.insert(all.latencies_micros.end(), round.latencies_micros.begin(),
                                  round.latencies_micros.end());
    }
    RETURN_IF_ERROR(ingest.Finish());
    std::sort(all.latencies_micros.begin(), all.latencies_micros.end());
    report_.Section(absl::StrFormat("The same while %.0f articles a second come in, of %.0f at most",
                                    static_cast<double>(count) / absl::ToDoubleSeconds(ingest.elapsed()),
                                    ingest_rate_));
    return all;
  }

  absl::Status MeasureTenfold() {
    Gisad server;
    RETURN_IF_ERROR(Load(&server, 10 * flags_.articles));
    if (server.Terminate() != 0) return absl::InternalError("gisad did not end well");
    ASSIGN_OR_RETURN(const std::unique_ptr<SearchIndex> index, OpenIndex(server));
    ASSIGN_OR_RETURN(const QuerySpeed speed, MeasureAsServed(*index));
    report_.Section(absl::StrFormat("gisa's index of %d articles, hits counted up to %d: figure, over a tenth of them",
                                    10 * flags_.articles, kServed));
    for (const int percent : {50, 99}) {
      const double micros = speed.one_thread.PercentileMicros(percent);
      const double ratio = micros / counted_as_served_.one_thread.PercentileMicros(percent);
      report_.Line(absl::StrCat("p", percent), Millis(micros), ratio);
      report_.Keep(absl::StrCat("p", percent, "_1m_over_100k"), ratio);
    }
    return absl::OkStatus();
  }

  void PrintSearch(const std::string& name, const QuerySpeed& speed) {
    report_.Section(absl::StrCat(name, ", hits counted up to ", kServed));
    report_.Line("p50", Millis(speed.one_thread.PercentileMicros(50)));
    report_.Line("p99", Millis(speed.one_thread.PercentileMicros(99)));
    report_.Line("one thread", absl::StrFormat("%.0f /s", speed.one_thread.rate()));
    report_.Line("two threads", absl::StrFormat("%.0f /s", speed.two_threads.rate()));
  }

  struct MeasuredPeer {
    std::string name;
    EngineFigures figures;
    std::vector<uint64_t> hits;
  };

  static inline const uint64_t kServed = ServerOptions().max_exact_hits;

  const Flags flags_;
  const std::vector<std::string> queries_;
  const ArticleGenerator generator_;
  double text_bytes_ = 0;
  Report report_;
  std::vector<MeasuredPeer> peers_;
  double ingest_rate_ = 0;        // articles a second, of the last load
  QuerySpeed counted_as_served_;  // of the index
};

absl::Status RunBench(const Flags& flags) {
  ASSIGN_OR_RETURN(std::vector<std::string> queries, ReadQueries(flags.queries));
  ASSIGN_OR_RETURN(ArticleGenerator generator, ArticleGenerator::FromFiles(flags.paths));
  return SearchBench(flags, std::move(queries), std::move(generator)).Run();
}

}  // namespace
}  // namespace gisa

int main(int argc, char** argv) {
  gisa::StopDeadlockDetection();
  gisa::Flags flags;
  CLI::App app("Measures how fast search is.", "search_bench");
  app.add_option("queries", flags.queries, "A text file, each line a query")->required()->type_name("FILE");
  app.add_option("paths", flags.paths, "Articles whose sentences to draw from")->type_name("PATH");
  app.add_option("--articles", flags.articles, "How many articles to make")->check(CLI::Range(1000, 10'000'000));
  app.add_option("--peer-dir", flags.peer_dir,
                 "Keep the other engines' indexes here, and use those of a former run, made of the same PATHs")
      ->type_name("DIR");
  app.add_option("--differences", flags.differences,
                 "Print so many of the queries whose hits another engine counts "
                 "differently");
  app.add_flag("--tenfold", flags.tenfold, "Also search ten times as many articles, by gisa alone");
  app.add_option("--json", flags.json, "Write the figures to this file")->type_name("FILE");
  app.footer(gisa::kFooter);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = gisa::RunBench(flags);
  if (status.ok()) return 0;
  std::fprintf(stderr, "search_bench: %s\n", status.ToString().c_str());
  return 1;
}
