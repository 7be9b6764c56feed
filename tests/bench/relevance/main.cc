// How well search ranks: of a file of articles each headline is a query for any of its words, and its body, indexed
// without the headline, the only right answer. Beside Xapian and Groonga where their packages are installed.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"
#include "tests/bench/relevance/engine.h"
#include "tests/bench/report.h"
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

absl::StatusOr<Quality> Measure(RelevanceEngine* engine, const Corpus& corpus, bool verbose) {
  if (const absl::Status added = engine->Add(corpus.bodies); !added.ok()) return added;
  Quality quality;
  for (const Headline& headline : corpus.headlines) {
    const absl::StatusOr<std::vector<size_t>> found = engine->Search(headline.text, kDepth);
    if (!found.ok()) return found.status();
    // A copy of the right body is as right.
    const auto hit = std::find_if(found->begin(), found->end(),
                                  [&](size_t place) { return corpus.bodies[place] == corpus.bodies[headline.answer]; });
    if (hit == found->end()) {
      if (verbose) std::printf("    not found: %s\n", headline.text.c_str());
      continue;
    }
    quality.mrr += 1.0 / static_cast<double>(hit - found->begin() + 1);
    quality.recall += 1;
  }
  quality.mrr /= static_cast<double>(corpus.headlines.size());
  quality.recall /= static_cast<double>(corpus.headlines.size());
  return quality;
}

int Run(const std::string& path, const std::string& json, bool verbose) {
  const absl::StatusOr<Corpus> corpus = ReadCorpus(path);
  if (!corpus.ok()) {
    std::fprintf(stderr, "%s\n", corpus.status().ToString().c_str());
    return 1;
  }
  Report report;
  report.Section(
      absl::StrFormat("%d headlines, %d bodies: MRR@10, recall@10", corpus->headlines.size(), corpus->bodies.size()));
  const TempDir gisa_dir, xapian_dir, groonga_dir;
  std::vector<std::unique_ptr<RelevanceEngine>> engines;
  engines.push_back(NewGisaEngine(gisa_dir / "index"));
#ifdef GISA_HAS_XAPIAN
  engines.push_back(NewXapianEngine(xapian_dir / "index"));
#endif
#ifdef GISA_HAS_GROONGA
  engines.push_back(NewGroongaEngine(groonga_dir / ""));
#endif
  Quality best_peer;
  for (const std::unique_ptr<RelevanceEngine>& engine : engines) {
    const absl::StatusOr<Quality> quality = Measure(engine.get(), *corpus, verbose);
    if (!quality.ok()) {
      std::fprintf(stderr, "%s: %s\n", engine->name().c_str(), quality.status().ToString().c_str());
      return 1;
    }
    report.Line(engine->name(), absl::StrFormat("%.4f  %.4f", quality->mrr, quality->recall));
    if (engine == engines.front()) {
      report.Keep("mrr", quality->mrr);
      report.Keep("recall10", quality->recall);
    } else {
      best_peer.mrr = std::max(best_peer.mrr, quality->mrr);
      best_peer.recall = std::max(best_peer.recall, quality->recall);
    }
  }
  if (engines.size() > 1) {
    report.Keep("mrr_best_peer", best_peer.mrr);
    report.Keep("recall10_best_peer", best_peer.recall);
  }
  const absl::Status written = report.WriteJson(json);
  if (!written.ok()) std::fprintf(stderr, "%s\n", written.ToString().c_str());
  return written.ok() ? 0 : 1;
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
  return gisa::Run(path, json, verbose);
}
