#include "storage/index/query_word.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "storage/index/term.h"
#include "storage/index/term_code.h"
#include "storage/index/trigram.h"
#include "storage/text/analyzer.h"
#include "storage/text/code_point.h"
#include "storage/text/hanja.h"

namespace gisa {
namespace {

using TermKind = QueryNode::Term::Kind;

// A token as it has to be kept beyond the analyzer's call.
struct WordToken {
  std::string term;
  std::array<char32_t, 2> characters;  // of a bigram or syllable
  uint32_t position;
  TokenKind kind;
  bool starts_eojeol;
};

std::vector<WordToken> Analyze(absl::string_view text) {
  thread_local Analyzer analyzer;
  std::vector<WordToken> tokens;
  analyzer.Analyze(text, 0, [&tokens](const Token& token) {
    tokens.push_back({token.term(), token.characters, token.position, token.kind, token.starts_eojeol});
  });
  return tokens;
}

// Whether the token has a Hanja that can be read.
bool HasReadings(const WordToken& token) {
  return token.kind != TokenKind::kWord &&
         (SpokenForms(token.characters[0]).has_readings() || SpokenForms(token.characters[1]).has_readings());
}

// The index terms of a token: itself, or, when it has a Hanja, every way to read it.
std::vector<std::string> SpokenTermsOf(const WordToken& token) {
  if (!HasReadings(token)) return {MakeTerm(Field::kText, token.term)};
  const SpokenForms firsts(token.characters[0]);
  const SpokenForms seconds(token.characters[1]);
  std::vector<std::string> terms;
  for (size_t i = 0; i < firsts.size(); ++i) {
    for (size_t j = 0; j < seconds.size(); ++j) {
      std::string term;
      AppendCodePoint(firsts[i], term);
      if (token.kind == TokenKind::kBigram) AppendCodePoint(seconds[j], term);
      terms.push_back(MakeTerm(Field::kText, term));
    }
  }
  return terms;
}

TermKind KindOf(const WordToken& token, bool may_go_on) {
  if (token.kind == TokenKind::kSyllable) return TermKind::kCharacter;
  return token.kind == TokenKind::kWord && may_go_on ? TermKind::kWordPrefix : TermKind::kExact;
}

// Whether the token with this number is a bigram that the next one overlaps with.
bool Continues(const std::vector<WordToken>& tokens, size_t i) {
  return i + 1 < tokens.size() && tokens[i].kind == TokenKind::kBigram && tokens[i + 1].kind == TokenKind::kBigram &&
         tokens[i + 1].position == tokens[i].position + 1;
}

// A run of characters is covered by every second bigram of it; the last one is needed where that leaves a character
// out. The first of a run is always among them: where something separates two runs, the second must start an eojeol.
//
// `is_spoken`: Hanja are what they are read as, else they stand for themselves.
std::vector<QueryNode::Term> ChooseTerms(const std::vector<WordToken>& tokens, bool is_prefix, bool is_spoken) {
  std::vector<QueryNode::Term> terms;
  size_t run = 0;  // the first token of the run
  for (size_t i = 0; i < tokens.size(); ++i) {
    const WordToken& token = tokens[i];
    if (i == 0 || !Continues(tokens, i - 1)) run = i;
    if ((i - run) % 2 != 0 && Continues(tokens, i)) continue;
    QueryNode::Term& term = terms.emplace_back();
    if (is_spoken) {
      term.alternatives = SpokenTermsOf(token);
      term.term = std::move(term.alternatives.back());
      term.alternatives.pop_back();
    } else {
      term.term = MakeTerm(Field::kText, token.term);
    }
    term.offset = token.position - tokens.front().position;
    term.kind = KindOf(token, is_prefix && i + 1 == tokens.size());
    term.starts_eojeol = token.starts_eojeol && (i > 0 || is_prefix);
  }
  return terms;
}

// Every second trigram of a run, and the last one, so that each bigram is in one of them.
std::vector<QueryNode::TrigramPlace> ChooseTrigrams(const std::vector<WordToken>& tokens) {
  std::vector<QueryNode::TrigramPlace> trigrams;
  size_t run = 0;  // the first token of the run
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i == 0 || !Continues(tokens, i - 1)) run = i;
    if (!Continues(tokens, i) || ((i - run) % 2 != 0 && Continues(tokens, i + 1))) continue;
    const std::optional<TermCode> first = CodeOfTerm(MakeTerm(Field::kText, tokens[i].term));
    const std::optional<TermCode> second = CodeOfTerm(MakeTerm(Field::kText, tokens[i + 1].term));
    if (!first.has_value() || !second.has_value()) continue;
    trigrams.push_back({{*first, *second}, tokens[i].position - tokens.front().position});
  }
  return trigrams;
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
  if (IsNameField(field)) return word;
  // The reading of a single Hanja would be found in every other text.
  const bool is_spoken = std::any_of(tokens.begin(), tokens.end(), HasReadings) &&
                         (tokens.size() > 1 || tokens.front().kind == TokenKind::kBigram);
  word.terms = ChooseTerms(tokens, is_prefix, is_spoken);
  if (is_spoken) {
    word.literal_terms = ChooseTerms(tokens, is_prefix, /*is_spoken=*/false);
  } else {
    word.trigrams = ChooseTrigrams(tokens);
  }
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
