#ifndef GISA_TESTS_STORAGE_LEVELDB_SEARCH_ORACLE_H_
#define GISA_TESTS_STORAGE_LEVELDB_SEARCH_ORACLE_H_

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "storage/index/doc_table.h"
#include "storage/index/document.h"
#include "storage/search.h"
#include "storage/text/word_matcher.h"

namespace gisa {

// What a search must find, by reading every text.
class SearchOracle {
 public:
  void Add(DocId doc, absl::string_view title, absl::string_view body, int64_t published_micros = kNoPublished) {
    docs_.emplace(doc, Document{UnitText(title), UnitText(body), published_micros});
  }
  void Remove(DocId doc) { docs_.erase(doc); }

  size_t size() const { return docs_.size(); }
  DocId AnyDoc(size_t random) const {
    return std::next(docs_.begin(), static_cast<long>(random % docs_.size()))->first;
  }

  // The documents in which each word of the query occurs, in the title or in the body, ascending.
  std::vector<DocId> Find(absl::string_view query) const {
    std::vector<WordMatcher> words;
    for (const absl::string_view word : SplitWords(query)) {
      if (WordMatcher matcher(word); !matcher.empty()) words.push_back(std::move(matcher));
    }
    std::vector<DocId> found;
    for (const auto& [doc, texts] : docs_) {
      if (std::all_of(words.begin(), words.end(), [&texts = texts](const WordMatcher& word) {
            return word.Matches(texts.title) || word.Matches(texts.body);
          })) {
        found.push_back(doc);
      }
    }
    return found;
  }

  // The same by publication time: those without one last, the newer document first among equals.
  std::vector<DocId> FindByTime(absl::string_view query, SearchOrder order) const {
    std::vector<DocId> found = Find(query);
    std::sort(found.begin(), found.end(), [this, order](DocId a, DocId b) {
      const int64_t time_a = docs_.at(a).published_micros;
      const int64_t time_b = docs_.at(b).published_micros;
      if (time_a == time_b) return a > b;
      if (time_a == kNoPublished || time_b == kNoPublished) return time_b == kNoPublished;
      return order == SearchOrder::kNewest ? time_a > time_b : time_a < time_b;
    });
    return found;
  }

 private:
  struct Document {
    UnitText title;
    UnitText body;
    int64_t published_micros;
  };
  std::map<DocId, Document> docs_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_LEVELDB_SEARCH_ORACLE_H_
