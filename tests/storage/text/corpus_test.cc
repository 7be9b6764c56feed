// What must hold of real articles.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/utf8.h"
#include "storage/text/analyzer.h"
#include "storage/text/hanja.h"
#include "storage/text/html_entities.h"
#include "storage/text/word_matcher.h"
#include "tests/support/news_corpus.h"

namespace gisa {
namespace {

class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    if (corpus_.empty()) GTEST_SKIP() << "no corpus here";
  }

  const std::vector<NewsText> corpus_ = LoadNewsCorpus();
};

TEST_F(CorpusTest, EachWordOfATitleIsFoundInIt) {
  for (const NewsText& text : corpus_) {
    const UnitText units(text.title);
    for (const absl::string_view word : SplitWords(text.title)) {
      const WordMatcher matcher(word);
      if (matcher.empty()) continue;
      // The occurrence that the word itself is.
      const size_t word_begin = word.data() - text.title.data();
      bool found = false;
      matcher.FindAll(units, [&](uint32_t begin, uint32_t end) {
        found = begin >= word_begin && end <= word_begin + word.size();
        return !found;
      });
      EXPECT_TRUE(found) << word;
    }
  }
}

TEST_F(CorpusTest, TokensAreInOrderAndOnCodePointBoundaries) {
  Analyzer analyzer;
  for (const NewsText& text : corpus_) {
    uint32_t next_position = 5;
    const uint32_t after = analyzer.Analyze(text.body, 5, [&](const Token& token) {
      ASSERT_GE(token.position, next_position);
      next_position = token.position + 1;
      ASSERT_EQ(FloorCodePoint(text.body, token.begin), token.begin);
      ASSERT_EQ(FloorCodePoint(text.body, token.end), token.end);
      ASSERT_LT(token.begin, token.end);
    });
    // The last token may be a bigram.
    ASSERT_TRUE(after == next_position || after == next_position + 1);
  }
}

// The tokens of a text say the same as its units: a bigram stands wherever its characters neighbour each other.
TEST_F(CorpusTest, TokensAgreeWithTheUnitsOfTheMatcher) {
  Analyzer analyzer;
  for (size_t i = 0; i < corpus_.size(); i += 10) {
    const std::string& body = corpus_[i].body;
    std::map<std::string, std::vector<std::pair<uint32_t, uint32_t>>> ranges_of_term;
    analyzer.Analyze(body, 0, [&](const Token& token) {
      if (token.kind == TokenKind::kSyllable) return;  // it occurs in bigrams as well
      ranges_of_term[token.term()].emplace_back(token.begin, token.end);
    });
    const UnitText units(body);
    const bool has_hanja = std::any_of(units.units().begin(), units.units().end(),
                                       [](const TextUnit& unit) { return MayBeHanja(unit.syllable); });
    for (const auto& [term, ranges] : ranges_of_term) {
      std::vector<std::pair<uint32_t, uint32_t>> found;
      WordMatcher(term).FindAll(units, [&found](uint32_t begin, uint32_t end) {
        found.emplace_back(begin, end);
        return true;
      });
      // What is read as the term is found as well.
      ASSERT_TRUE(std::includes(found.begin(), found.end(), ranges.begin(), ranges.end())) << term;
      ASSERT_TRUE(has_hanja || found == ranges) << term;
    }
  }
}

TEST_F(CorpusTest, EscapingAndUnescapingGivesTheSameText) {
  for (const NewsText& text : corpus_) ASSERT_EQ(HtmlUnescape(HtmlEscape(text.body)), text.body);
}

}  // namespace
}  // namespace gisa
