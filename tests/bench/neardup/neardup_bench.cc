// How many near copies are found, at what speed, judged by all pairs compared exactly. See --help.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "client/article_reader.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/letters.h"
#include "storage/dedup/shingle_set.h"
#include "storage/dedup/sketch.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/neardup/all_pairs.h"
#include "tests/bench/neardup/datasketch.h"
#include "tests/bench/neardup/detector.h"
#include "tests/bench/neardup/edited_copies.h"
#include "tests/bench/neardup/recall_curve.h"
#include "tests/bench/neardup/server_load.h"
#include "tests/bench/neardup/server_recall.h"
#include "tests/bench/report.h"

namespace gisa {
namespace {

constexpr char kFooter[] = R"(
Makes edited copies of the articles: another byline, another headline, sentences deleted, inserted and moved, typos, each
of a strength drawn at random, and excerpts of an article and articles that quote it whole. Compares all pairs exactly,
and then looks which of them the sketches find: by similarity, with the curve of the formula beside it, and by the length
of what is contained in another. With --datasketch, an interpreter of Python that has that package, it runs the same
texts through its MinHashLSH.

Names in the --json file: recall_08 and recall_07 (pairs of similarity from 0.80 to 0.85 and from 0.70 to 0.75),
precision (of the pairs reported at the threshold 0.8), recall_contained (pairs of which at least 0.8 of the shorter, of
64 shingles or more, is in the longer), articles_per_second and rate_over_datasketch (sketches and candidates on either
side); of gisad over gRPC: gisad_recall_08 and gisad_precision (all of these copies stored, and each one's duplicates
asked for at 0.8), gisad_ingest_recall_08 (the same by what the ingests answered); ingest_with_over_without (articles as a
crawl brings them: of new text, one in five an edited copy of a recent one), ingest_with_over_without_common_sentences
and find_p99_ms_1m (articles of the sentences of those given, each of which is in hundreds).

Examples:
  neardup_bench news.jsonl --curve recall.tsv && gnuplot -c tests/bench/neardup/recall_curve.gp recall.tsv recall.svg
  neardup_bench news.jsonl --datasketch venv/bin/python --json neardup.json
  neardup_bench news.jsonl --ingested 0 --stored 0)";

// What is asked for.
constexpr double kThreshold = 0.8;
constexpr double kLowerThreshold = 0.7;
constexpr double kLeastThreshold = 0.5;
constexpr size_t kShortShingles = 64;

struct Flags {
  std::vector<std::string> paths = {GISA_SOURCE_DIR "/tests/testdata/articles"};
  uint64_t seed = 1;
  uint64_t ingested = 100'000;
  uint64_t stored = 1'000'000;
  bool in_gisad = true;
  std::string datasketch;
  std::string curve;
  std::string json;
};

// Two texts, first < second, that are alike or of which one is in the other.
struct TruePair {
  uint32_t first = 0;
  uint32_t second = 0;
  Overlap overlap;

  double containment() const { return std::max(overlap.ContainmentOfA(), overlap.ContainmentOfB()); }
  size_t shorter() const { return overlap.shared + std::min(overlap.only_a, overlap.only_b); }
};

using NumberPair = std::pair<uint32_t, uint32_t>;

class NearDuplicateBench {
 public:
  explicit NearDuplicateBench(const Flags& flags) : flags_(flags) {}

  absl::Status Run() {
    RETURN_IF_ERROR(MakeTexts());
    Detect();
    PrintCurve();
    PrintEdits();
    PrintContained();
    MeasurePrecision();
    MeasureStages();
    if (!flags_.datasketch.empty()) RETURN_IF_ERROR(CompareWithDatasketch());
    RETURN_IF_ERROR(WriteCurve());
    ASSIGN_OR_RETURN(const ArticleGenerator generator, ArticleGenerator::FromFiles(flags_.paths));
    if (flags_.in_gisad) RETURN_IF_ERROR(MeasureInGisad());
    if (flags_.ingested > 0) {
      RETURN_IF_ERROR(MeasureIngest(generator.With(ArticleGenerator::Text::kCrawl), flags_.ingested,
                                    "ingest_with_over_without", &report_));
      RETURN_IF_ERROR(MeasureIngest(generator, flags_.ingested, "ingest_with_over_without_common_sentences", &report_));
    }
    if (flags_.stored > 0) RETURN_IF_ERROR(MeasureFind(generator, flags_.stored, &report_));
    return report_.WriteJson(flags_.json);
  }

 private:
  absl::Status MakeTexts() {
    std::vector<std::string> bodies;
    absl::Status status;
    ArticleReader(flags_.paths, ArticleFileZones()).ReadAll([&](ReadArticle read) {
      status = read.article.status();
      if (status.ok()) bodies.push_back(read.article->body());
      return status.ok();
    });
    RETURN_IF_ERROR(status);
    copies_ = MakeEditedCopies(bodies, flags_.seed);
    if (copies_.empty()) return absl::InvalidArgumentError("the given files hold no body");
    LetterReader reader;
    for (const EditedCopy& copy : copies_) {
      const absl::Span<const char32_t> letters = reader.Read(copy.body);
      letters_.emplace_back(letters.begin(), letters.end());
    }
    uint64_t compared = 0;
    const absl::Time begin = absl::Now();
    CompareAllPairs(letters_, [&](uint32_t first, uint32_t second, const Overlap& overlap) {
      ++compared;
      const TruePair pair = {first, second, overlap};
      if (overlap.Jaccard() >= kLeastThreshold || pair.containment() >= kThreshold) pairs_.push_back(pair);
    });
    // It gives them by blocks.
    std::sort(pairs_.begin(), pairs_.end(), [](const TruePair& a, const TruePair& b) {
      return NumberPair(a.first, a.second) < NumberPair(b.first, b.second);
    });
    report_.Section("Texts");
    report_.Line("articles", absl::StrCat(bodies.size()));
    report_.Line("with their edited copies", absl::StrCat(copies_.size()));
    report_.Line("pairs with a shingle in common", absl::StrCat(compared));
    report_.Line("compared exactly in", absl::StrFormat("%.1f s", absl::ToDoubleSeconds(absl::Now() - begin)));
    return absl::OkStatus();
  }

  using Pairs = std::vector<Detector::Pair>;  // by number

  void Detect() {
    Detect(Detector::Look::kIngest, kThreshold, at_ingest_);
    Detect(Detector::Look::kFind, kLeastThreshold, at_least_);
    Detect(Detector::Look::kFind, kLowerThreshold, at_lower_);
    seconds_ = Detect(Detector::Look::kFind, kThreshold, candidates_);
  }

  double Detect(Detector::Look look, double threshold, Pairs& pairs) const {
    const absl::Time begin = absl::Now();
    Detector detector(look, threshold);
    for (const EditedCopy& copy : copies_) detector.Add(copy.body, pairs);
    const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    std::sort(pairs.begin(), pairs.end(), [](const Detector::Pair& a, const Detector::Pair& b) {
      return NumberPair(a.first, a.second) < NumberPair(b.first, b.second);
    });
    return seconds;
  }

  static const Detector::Pair* Find(const Pairs& pairs, const TruePair& pair) {
    const NumberPair wanted(pair.first, pair.second);
    const auto found = std::lower_bound(pairs.begin(), pairs.end(), wanted, [](const Detector::Pair& c, NumberPair p) {
      return NumberPair(c.first, c.second) < p;
    });
    return found != pairs.end() && NumberPair(found->first, found->second) == wanted ? &*found : nullptr;
  }

  // Whom FindDuplicates compares of pairs of a similarity, when it is asked for these and not for many more.
  const Pairs& PairsFor(double similarity) const {
    return similarity >= kThreshold ? candidates_ : similarity >= kLowerThreshold ? at_lower_ : at_least_;
  }

  void PrintCurve() {
    for (const TruePair& pair : pairs_) {
      const double similarity = pair.overlap.Jaccard();
      const Detector::Pair* const found = Find(PairsFor(similarity), pair);
      by_bands_.Add(similarity, found != nullptr && found->by_band);
      by_all_.Add(similarity, found != nullptr);
    }
    report_.Section("Recall by similarity: pairs, by the formula, by bands, by bands and fingerprints");
    for (size_t i = RecallCurve::BinOf(kLeastThreshold); i < RecallCurve::kBins; ++i) {
      report_.Line(
          absl::StrFormat("%.2f to %.2f  %6d pairs  %.4f  %.4f", RecallCurve::BinBegin(i), RecallCurve::BinBegin(i + 1),
                          by_all_.bin(i).pairs, Formula(i), by_bands_.bin(i).recall()),
          absl::StrFormat("%.4f", by_all_.bin(i).recall()));
    }
    report_.Keep("recall_08", by_all_.bin(RecallCurve::BinOf(0.8)).recall());
    report_.Keep("recall_07", by_all_.bin(RecallCurve::BinOf(0.7)).recall());
  }

  // In the middle of the bin.
  static double Formula(size_t bin) {
    return kSketchShape.lsh.Recall((RecallCurve::BinBegin(bin) + RecallCurve::BinBegin(bin + 1)) / 2);
  }

  // Of pairs of an original and its copy.
  void PrintEdits() {
    report_.Section("Copies of similarity 0.7 and more of their original: pairs, recall");
    std::map<Edit, RecallCurve::Bin> bins;
    for (const TruePair& pair : pairs_) {
      const EditedCopy& a = copies_[pair.first];
      const EditedCopy& b = copies_[pair.second];
      if (a.original != b.original || a.edit != Edit::kNone || pair.overlap.Jaccard() < 0.7) continue;
      RecallCurve::Bin& bin = bins[b.edit];
      bin.Add(Find(PairsFor(pair.overlap.Jaccard()), pair) != nullptr);
    }
    for (const auto& [edit, bin] : bins) {
      report_.Line(absl::StrFormat("%-10s %6d", EditName(edit), bin.pairs), absl::StrFormat("%.4f", bin.recall()));
    }
  }

  void PrintContained() {
    report_.Section(
        "Pairs of which 0.8 of the shorter is in the longer, but not alike: pairs, recall of an ingest, of a find");
    constexpr std::array<size_t, 5> kLimits = {kShortShingles, 128, 256, 512, SIZE_MAX};
    std::array<RecallCurve::Bin, kLimits.size()> by_ingest;
    std::array<RecallCurve::Bin, kLimits.size()> by_find;
    RecallCurve::Bin all;
    for (const TruePair& pair : pairs_) {
      if (pair.containment() < kThreshold || pair.overlap.Jaccard() >= kThreshold) continue;
      const bool found = Find(candidates_, pair) != nullptr;
      const size_t i = std::upper_bound(kLimits.begin(), kLimits.end(), pair.shorter()) - kLimits.begin();
      by_ingest[i].Add(Find(at_ingest_, pair) != nullptr);
      by_find[i].Add(found);
      if (pair.shorter() >= kShortShingles) all.Add(found);
    }
    for (size_t i = 0; i < kLimits.size(); ++i) {
      const size_t begin = i == 0 ? kMinShingles : kLimits[i - 1];
      report_.Line(absl::StrFormat("from %3d shingles  %6d  %.4f", begin, by_find[i].pairs, by_ingest[i].recall()),
                   absl::StrFormat("%.4f", by_find[i].recall()));
    }
    report_.Keep("recall_contained", all.recall());
  }

  bool IsTruePair(const Detector::Pair& candidate) const {
    const NumberPair wanted(candidate.first, candidate.second);
    const auto found = std::lower_bound(pairs_.begin(), pairs_.end(), wanted, [](const TruePair& pair, NumberPair p) {
      return NumberPair(pair.first, pair.second) < p;
    });
    return found != pairs_.end() && NumberPair(found->first, found->second) == wanted &&
           found->overlap.Jaccard() >= kThreshold;
  }

  // What the candidates are reported as, by hashes of shingles, against what is true letter by letter.
  void MeasurePrecision() {
    std::vector<ShingleSet> sets;
    sets.reserve(letters_.size());
    for (const std::vector<char32_t>& letters : letters_) sets.emplace_back(letters);
    uint64_t reported = 0;
    uint64_t right = 0;
    const absl::Time begin = absl::Now();
    for (const Detector::Pair& candidate : candidates_) {
      if (Compare(sets[candidate.first], sets[candidate.second]).Jaccard() < kThreshold) continue;
      ++reported;
      right += IsTruePair(candidate);
    }
    const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    uint64_t glued = 0;
    for (const TruePair& pair : pairs_) {
      glued += copies_[pair.first].edit == Edit::kNone && copies_[pair.second].edit == Edit::kNone &&
               std::max(pair.overlap.Jaccard(), pair.containment()) >= kThreshold;
    }
    const double precision = reported == 0 ? 1 : static_cast<double>(right) / static_cast<double>(reported);
    report_.Section("Answers at the threshold 0.8");
    report_.Line("candidates of a text", absl::StrFormat("%.2f", static_cast<double>(candidates_.size()) /
                                                                     static_cast<double>(copies_.size())));
    report_.Line("comparing two", absl::StrFormat("%.2f µs", seconds * 1e6 / static_cast<double>(candidates_.size())));
    report_.Line("reported as alike", absl::StrCat(reported));
    report_.Line("of them truly", absl::StrFormat("%.4f", precision));
    report_.Line("pairs of two articles of the file", absl::StrCat(glued));
    report_.Keep("precision", precision);
  }

  // All copies in a gisad, and the alike ones looked for there.
  absl::Status MeasureInGisad() {
    std::vector<std::string> bodies;
    for (const EditedCopy& copy : copies_) bodies.push_back(copy.body);
    std::vector<std::pair<uint32_t, uint32_t>> alike;
    for (const TruePair& pair : pairs_) {
      if (pair.overlap.Jaccard() >= kThreshold) alike.emplace_back(pair.first, pair.second);
    }
    return MeasureRecall(bodies, alike, &report_);
  }

  // Of the articles themselves.
  void MeasureStages() {
    report_.Section("Processor time of an article, a stage at a time");
    LetterReader reader;
    Sketcher sketcher;
    size_t sink = 0;
    uint64_t bytes = 0;
    uint64_t articles = 0;
    for (const EditedCopy& copy : copies_) {
      if (copy.edit != Edit::kNone) continue;
      bytes += copy.body.size();
      ++articles;
    }
    report_.Line("bytes of a body", absl::StrCat(bytes / std::max<uint64_t>(articles, 1)));
    MeasureStage("letters", [&](size_t i) { sink += reader.Read(copies_[i].body).size(); });
    MeasureStage("letters and sketch to keep",
                 [&](size_t i) { sink += sketcher.MakeKept(copies_[i].body).fingerprints.size(); });
    MeasureStage("letters and both sketches",
                 [&](size_t i) { sink += sketcher.MakeBoth(copies_[i].body).asked.fingerprints.size(); });
    MeasureStage("set of shingles", [&](size_t i) { sink += ShingleSet(letters_[i]).size(); });
    if (sink == 0) report_.Line("nothing to measure", "");
  }

  template <typename Stage>
  void MeasureStage(absl::string_view name, Stage stage) {
    constexpr int kRounds = 5;
    uint64_t count = 0;
    const absl::Time begin = absl::Now();
    for (int round = 0; round < kRounds; ++round) {
      for (size_t i = 0; i < copies_.size(); ++i) {
        if (copies_[i].edit != Edit::kNone) continue;
        stage(i);
        ++count;
      }
    }
    const double micros = absl::ToDoubleMicroseconds(absl::Now() - begin);
    report_.Line(name, absl::StrFormat("%.2f µs", micros / static_cast<double>(count)));
  }

  absl::Status CompareWithDatasketch() {
    ASSIGN_OR_RETURN(const DatasketchRun run, RunDatasketch(flags_.datasketch, letters_, kThreshold));
    RecallCurve curve;
    for (const TruePair& pair : pairs_) {
      curve.Add(pair.overlap.Jaccard(),
                std::binary_search(run.candidates.begin(), run.candidates.end(), NumberPair(pair.first, pair.second)));
    }
    const double rate = static_cast<double>(copies_.size()) / seconds_;
    const double theirs = static_cast<double>(copies_.size()) / run.seconds;
    report_.Section("Sketches and candidates, beside datasketch's MinHashLSH at 0.8");
    for (const double similarity : {0.7, 0.75, 0.8, 0.85, 0.9}) {
      const size_t bin = RecallCurve::BinOf(similarity);
      report_.Line(absl::StrFormat("recall at %.2f, %.4f here", similarity, by_all_.bin(bin).recall()),
                   absl::StrFormat("%.4f", curve.bin(bin).recall()));
    }
    report_.Line("datasketch", absl::StrFormat("%.0f /s", theirs), 1.0);
    report_.Line("here", absl::StrFormat("%.0f /s", rate), rate / theirs);
    report_.Keep("articles_per_second", rate);
    report_.Keep("rate_over_datasketch", rate / theirs);
    return absl::OkStatus();
  }

  absl::Status WriteCurve() const {
    if (flags_.curve.empty()) return absl::OkStatus();
    std::ofstream file(flags_.curve);
    file << "# similarity, formula, bands, bands and fingerprints\n";
    for (size_t i = RecallCurve::BinOf(kLeastThreshold); i < RecallCurve::kBins; ++i) {
      file << (RecallCurve::BinBegin(i) + RecallCurve::BinBegin(i + 1)) / 2 << "\t" << Formula(i) << "\t"
           << by_bands_.bin(i).recall() << "\t" << by_all_.bin(i).recall() << "\n";
    }
    file.close();
    return file ? absl::OkStatus() : absl::UnavailableError(absl::StrCat("cannot write ", flags_.curve));
  }

  const Flags flags_;
  std::vector<EditedCopy> copies_;
  std::vector<std::vector<char32_t>> letters_;
  std::vector<TruePair> pairs_;  // by number
  Pairs at_ingest_;              // that an ingest compares at kThreshold
  Pairs candidates_;             // that FindDuplicates compares at kThreshold, and at the lower ones
  Pairs at_lower_;
  Pairs at_least_;
  double seconds_ = 0;
  RecallCurve by_bands_;
  RecallCurve by_all_;
  Report report_;
};

}  // namespace
}  // namespace gisa

int main(int argc, char** argv) {
  gisa::Flags flags;
  CLI::App app("Measures how many near copies are found.", "neardup_bench");
  app.add_option("paths", flags.paths, "Articles to make copies of")->type_name("PATH");
  app.add_option("--seed", flags.seed, "Makes other copies");
  app.add_option("--ingested", flags.ingested, "How many articles gisad takes in with and without; 0 for none");
  app.add_option("--stored", flags.stored, "Among how many articles gisad finds duplicates; 0 for none");
  app.add_flag("--in-gisad,!--no-in-gisad", flags.in_gisad, "Also look for the copies in a gisad");
  app.add_option("--datasketch", flags.datasketch, "A Python that has datasketch")->type_name("PYTHON");
  app.add_option("--curve", flags.curve, "Write the curve to this file, for gnuplot")->type_name("FILE");
  app.add_option("--json", flags.json, "Write the figures to this file")->type_name("FILE");
  app.footer(gisa::kFooter);
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = gisa::NearDuplicateBench(flags).Run();
  if (status.ok()) return 0;
  std::fprintf(stderr, "neardup_bench: %s\n", status.ToString().c_str());
  return 1;
}
