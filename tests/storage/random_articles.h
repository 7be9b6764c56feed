#ifndef GISA_TESTS_STORAGE_RANDOM_ARTICLES_H_
#define GISA_TESTS_STORAGE_RANDOM_ARTICLES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "storage/article.h"

namespace gisa {

// Makes articles, and questions about them, out of so few parts that they often meet: the same keys, bodies, times and
// words come again and again. The same seed gives the same ones. Not thread-safe.
class RandomArticles {
 public:
  explicit RandomArticles(uint64_t seed) : random_(seed) {}

  // A number below `limit`, which is not 0.
  size_t Below(size_t limit) { return random_() % limit; }
  bool OneIn(size_t count) { return Below(count) == 0; }
  template <typename T>
  const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

  std::string Oid();
  ArticleKey Key() { return {Oid(), std::to_string(Below(16))}; }
  Article MakeArticle(const ArticleKey& key);
  // Alters one field or a few.
  void Revise(Article& article);
  std::optional<absl::Time> PublishedAt();
  std::optional<absl::Time> CrawledAt();
  std::string Body();
  std::string Text(size_t max_words);
  // One or two words to search for; now and then nothing that can be searched for.
  std::string Query();

 private:
  std::string Word();

  std::mt19937_64 random_;
  std::vector<std::string> bodies_;  // to be used again
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_RANDOM_ARTICLES_H_
