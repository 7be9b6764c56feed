#ifndef GISA_TESTS_SUPPORT_NEWS_CORPUS_H_
#define GISA_TESTS_SUPPORT_NEWS_CORPUS_H_

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace gisa {

struct NewsText {
  std::string title;
  std::string body;
};

// Reads the real articles that lie beside the repository on machines of ours; empty elsewhere, where the tests that
// want them are skipped. Programs that use it define GISA_SOURCE_DIR.
inline std::vector<NewsText> LoadNewsCorpus() {
  std::vector<NewsText> texts;
  std::ifstream file(GISA_SOURCE_DIR "/../shared/corpus/news.jsonl");
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json article = nlohmann::json::parse(line);
    texts.push_back({article["title"].get<std::string>(), article["body"].get<std::string>()});
  }
  return texts;
}

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_NEWS_CORPUS_H_
