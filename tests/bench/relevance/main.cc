// How well search ranks: of a file of articles each headline is a query for any of its words, and its body, indexed
// without the headline, the only right answer. Beside Xapian and Groonga where their packages are installed.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"
#include "storage/base/status_macros.h"
#include "tests/bench/peers/peer.h"
#include "tests/bench/relevance/body_index.h"
#include "tests/bench/report.h"
#include "tests/support/plain_query.h"
#include "tests/support/temp_dir.h"

namespace gisa {
namespace {

constexpr size_t kDepth = 10;

struct Headline {
  std::string text;
  size_t answer = 0;  // the place of its body
};

struct Quality {
  double mrr = 0;     // the mean of 1 / rank of the right answer, 0 where it is not among the first ten
  double recall = 0;  // how often it is among them
};

struct Corpus {
  std::vector<Headline> headlines;
  std::vector<std::string> bodies;
};

// Articles without a headline are answers only.
absl::StatusOr<Corpus> ReadCorpus(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  Corpus corpus;
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json article = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!article.is_object() || !article.contains("title") || !article.contains("body")) continue;
    const std::string title = article["title"].get<std::string>();
    if (!title.empty()) corpus.headlines.push_back({title, corpus.bodies.size()});
    corpus.bodies.push_back(article["body"].get<std::string>());
  }
  if (corpus.headlines.empty()) return absl::InvalidArgumentError(absl::StrCat(path, " has no article with a title"));
  return corpus;
}

// Returns the places of the bodies that an engine ranks first for any of the words, best first.
using FindAny = std::function<absl::StatusOr<std::vector<size_t>>(const std::string& words, size_t limit)>;

absl::StatusOr<Quality> Measure(const Corpus& corpus, bool verbose, const FindAny& find) {
  Quality quality;
  for (const Headline& headline : corpus.headlines) {
    ASSIGN_OR_RETURN(const std::vector<size_t> found, find(PlainQuery(headline.text), kDepth));
    // A copy of the right body is as right.
    const auto hit = std::find_if(found.begin(), found.end(),
                                  [&](size_t place) { return corpus.bodies[place] == corpus.bodies[headline.answer]; });
    if (hit == found.end()) {
      if (verbose) std::printf("    not found: %s\n", headline.text.c_str());
      continue;
    }
    quality.mrr += 1.0 / static_cast<double>(hit - found.begin() + 1);
    quality.recall += 1;
  }
  quality.mrr /= static_cast<double>(corpus.headlines.size());
  quality.recall /= static_cast<double>(corpus.headlines.size());
  return quality;
}

absl::StatusOr<Quality> MeasureGisa(const Corpus& corpus, bool verbose) {
  const TempDir dir;
  ASSIGN_OR_RETURN(const BodyIndex index, BodyIndex::Build(dir / "index", corpus.bodies));
  return Measure(corpus, verbose, [&](const std::string& words, size_t limit) { return index.FindAny(words, limit); });
}

absl::StatusOr<Quality> MeasurePeer(const Peer& peer, const Corpus& corpus, bool verbose) {
  const TempDir dir;
  RETURN_IF_ERROR(peer.build(dir.path(), corpus.bodies));
  ASSIGN_OR_RETURN(const std::unique_ptr<PeerIndex> index, peer.open(dir.path()));
  return Measure(corpus, verbose, [&](const std::string& words, size_t limit) { return index->FindAny(words, limit); });
}

absl::Status Run(const std::string& path, const std::string& json, bool verbose) {
  ASSIGN_OR_RETURN(const Corpus corpus, ReadCorpus(path));
  Report report;
  const auto print = [&report](const std::string& name, const Quality& quality) {
    report.Line(name, absl::StrFormat("%.4f  %.4f", quality.mrr, quality.recall));
  };
  report.Section(
      absl::StrFormat("%d headlines, %d bodies: MRR@10, recall@10", corpus.headlines.size(), corpus.bodies.size()));
  ASSIGN_OR_RETURN(const Quality gisa, MeasureGisa(corpus, verbose));
  print("gisa", gisa);
  report.Keep("mrr", gisa.mrr);
  report.Keep("recall10", gisa.recall);
  const std::vector<Peer> peers = InstalledPeers();
  Quality best_peer;
  for (const Peer& peer : peers) {
    ASSIGN_OR_RETURN(const Quality quality, MeasurePeer(peer, corpus, verbose));
    print(peer.name, quality);
    best_peer.mrr = std::max(best_peer.mrr, quality.mrr);
    best_peer.recall = std::max(best_peer.recall, quality.recall);
  }
  if (!peers.empty()) {
    report.Keep("mrr_best_peer", best_peer.mrr);
    report.Keep("recall10_best_peer", best_peer.recall);
  }
  return report.WriteJson(json);
}

}  // namespace
}  // namespace gisa

int main(int argc, char** argv) {
  std::string path;
  std::string json;
  bool verbose = false;
  CLI::App app("Measures how well search finds a body by its headline.", "relevance");
  app.add_option("articles", path, "A JSON Lines file of articles with title and body")->required()->type_name("FILE");
  app.add_option("--json", json, "Write mrr, recall10, and those of the better peer, to this file")->type_name("FILE");
  app.add_flag("--verbose", verbose, "Print the headlines whose body was not found");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = gisa::Run(path, json, verbose);
  if (status.ok()) return 0;
  std::fprintf(stderr, "relevance: %s\n", status.ToString().c_str());
  return 1;
}
