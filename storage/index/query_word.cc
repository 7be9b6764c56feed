#include "storage/index/query_word.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/index/term.h"
#include "storage/text/analyzer.h"

namespace gisa {
namespace {

using TermKind = QueryNode::Term::Kind;

// A token as it has to be kept beyond the analyzer's call.
struct WordToken {
  std::string term;
  uint32_t position;
  TokenKind kind;
  bool starts_eojeol;
};

std::vector<WordToken> Analyze(absl::string_view text) {
  thread_local Analyzer analyzer;
  std::vector<WordToken> tokens;
  analyzer.Analyze(text, 0, [&tokens](const Token& token) {
    tokens.push_back({token.term(), token.position, token.kind, token.starts_eojeol});
  });
  return tokens;
}

TermKind KindOf(const WordToken& token, bool may_go_on) {
  if (token.kind == TokenKind::kSyllable) return TermKind::kCharacter;
  return token.kind == TokenKind::kWord && may_go_on ? TermKind::kWordPrefix : TermKind::kExact;
}

// A run of characters is covered by every second bigram of it; the last one is needed where that leaves a character
// out. The first of a run is always among them: where something separates two runs, the second must start an eojeol.
std::vector<QueryNode::Term> ChooseTerms(const std::vector<WordToken>& tokens, bool is_prefix) {
  const auto continues = [&tokens](size_t i) {
    return i + 1 < tokens.size() && tokens[i].kind == TokenKind::kBigram && tokens[i + 1].kind == TokenKind::kBigram &&
           tokens[i + 1].position == tokens[i].position + 1;
  };
  std::vector<QueryNode::Term> terms;
  size_t run = 0;  // the first token of the run
  for (size_t i = 0; i < tokens.size(); ++i) {
    const WordToken& token = tokens[i];
    if (i == 0 || !continues(i - 1)) run = i;
    if ((i - run) % 2 != 0 && continues(i)) continue;
    QueryNode::Term& term = terms.emplace_back();
    term.term = MakeTerm(Field::kText, token.term);
    term.offset = token.position - tokens.front().position;
    term.kind = KindOf(token, is_prefix && i + 1 == tokens.size());
    term.starts_eojeol = token.starts_eojeol && (i > 0 || is_prefix);
  }
  return terms;
}

void AppendPairs(const QueryNode& node, std::vector<std::string>* terms) {
  if (node.kind == QueryNode::Kind::kNot) return;
  for (const QueryNode& child : node.children) AppendPairs(child, terms);
  if (node.kind != QueryNode::Kind::kWord || node.field != QueryField::kText || node.terms.size() < 2) return;
  for (const WordToken& token : Analyze(node.text)) {
    if (token.kind == TokenKind::kBigram) terms->push_back(MakeTerm(Field::kText, token.term));
  }
}

}  // namespace

std::optional<QueryNode> MakeQueryWord(absl::string_view text, QueryField field, bool is_prefix) {
  const std::vector<WordToken> tokens = Analyze(text);
  if (tokens.empty()) return std::nullopt;
  QueryNode word;
  word.kind = QueryNode::Kind::kWord;
  word.text = std::string(text);
  word.field = field;
  word.is_prefix = is_prefix;
  if (!IsNameField(field)) word.terms = ChooseTerms(tokens, is_prefix);
  return word;
}

std::vector<std::string> PairsOf(const QueryNode& node) {
  std::vector<std::string> terms;
  AppendPairs(node, &terms);
  std::sort(terms.begin(), terms.end());
  terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
  return terms;
}

}  // namespace gisa
