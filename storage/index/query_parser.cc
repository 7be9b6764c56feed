#include "storage/index/query_parser.h"

#include <string>
#include <utility>
#include <vector>

#include "storage/base/errors.h"
#include "storage/base/utf8.h"
#include "storage/index/term.h"
#include "storage/text/analyzer.h"
#include "storage/text/word_matcher.h"

namespace gisa {
namespace {

// A token as it has to be kept beyond the analyzer's call.
struct WordToken {
  std::string term;
  uint32_t position;
  TokenKind kind;
};

std::vector<WordToken> AnalyzeWord(Analyzer* analyzer, absl::string_view word) {
  std::vector<WordToken> tokens;
  analyzer->Analyze(word, 0, [&tokens](const Token& token) {
    tokens.push_back({token.term(), token.position, token.kind});
  });
  return tokens;
}

// Chooses the terms to look for. A run of characters is covered by every second bigram of it; the last one is needed
// where that leaves a character out. A character by itself may stand in any term that holds it.
QueryNode MakeWord(const std::vector<WordToken>& tokens) {
  QueryNode word;
  word.kind = QueryNode::Kind::kWord;
  const auto continues = [&tokens](size_t i) {
    return i + 1 < tokens.size() && tokens[i].kind == TokenKind::kBigram && tokens[i + 1].kind == TokenKind::kBigram &&
           tokens[i + 1].position == tokens[i].position + 1;
  };
  size_t run = 0;  // the first token of the run
  for (size_t i = 0; i < tokens.size(); ++i) {
    const WordToken& token = tokens[i];
    if (i == 0 || !continues(i - 1)) run = i;
    if ((i - run) % 2 != 0 && continues(i)) continue;
    word.terms.push_back({MakeTerm(Field::kText, token.term), token.position - tokens.front().position,
                          token.kind == TokenKind::kSyllable});
  }
  return word;
}

}  // namespace

absl::StatusOr<QueryNode> ParseQuery(absl::string_view text) {
  if (!IsValidUtf8(text)) {
    return InvalidFieldsError("INVALID_REQUEST", {{"query", "must be valid UTF-8"}});
  }
  thread_local Analyzer analyzer;
  QueryNode query;
  for (const absl::string_view word : SplitWords(text)) {
    const std::vector<WordToken> tokens = AnalyzeWord(&analyzer, word);
    if (!tokens.empty()) query.children.push_back(MakeWord(tokens));
  }
  if (query.children.empty()) {
    return InvalidFieldsError("INVALID_REQUEST", {{"query", "must have a word with a letter or a digit"}});
  }
  return query;
}

}  // namespace gisa
