#ifndef GISA_TESTS_BENCH_ARTICLE_GENERATOR_H_
#define GISA_TESTS_BENCH_ARTICLE_GENERATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gisa/v1/article.pb.h"
#include "tests/bench/random.h"

namespace gisa {

// Makes any number of articles out of the sentences of a few real ones, drawn at random.
//
// Thread-safe: an article depends on its number alone.
class ArticleGenerator {
 public:
  // What bodies are made of.
  enum class Text {
    // The sentences as they are: of a million articles, each sentence is in hundreds.
    kSentences,
    // As a crawl brings them: every other word of a sentence, at random, is another word of the corpus, so that the
    // text is new but for a phrase here and there. One in five, however, is an edited copy of one of the few thousand
    // before it: with a byline in front, a sentence left out, and one word in fifty another.
    kCrawl,
  };

  // Reads the articles to draw from: files and folders as `gisa ingest` takes them. INVALID_ARGUMENT when they hold no
  // sentence, or one cannot be read.
  static absl::StatusOr<ArticleGenerator> FromFiles(const std::vector<std::string>& paths);

  // One that makes bodies otherwise.
  ArticleGenerator With(Text text) const;

  // Article `index`, counted from 0. Bodies are 1.8 KB on average, from 0.6 to 3 KB.
  v1::Article Make(uint64_t index) const;

 private:
  ArticleGenerator() = default;

  void AddText(const std::string& title, const std::string& body);
  std::string MakeSentences(Random& random) const;
  std::string MakeNewText(uint64_t index) const;
  std::string MakeEditedCopy(uint64_t original, Random& random) const;

  Text text_ = Text::kSentences;
  std::vector<std::string> titles_;
  std::vector<std::string> sentences_;
  std::vector<std::string> words_;  // of all sentences, one after the other
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_ARTICLE_GENERATOR_H_
