#include "storage/index/query_compiler.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/index/union_cursor.h"
#include "storage/text/word_matcher.h"

namespace gisa {
namespace {

// How much a pair of characters counts beside the words. Measured by tests/bench/relevance.
constexpr double kRankTermWeight = 0.7;

// Of a word with Hanja, how much what it is read as and the word as it stands count: a text that has it as it stands
// has both, which together are one word. Measured in the same way.
constexpr double kReadingWeight = 0.3;
constexpr double kLiteralWeight = 1 - kReadingWeight;

// Of a word whose rarest term is in fewer documents trigrams are not looked for: they would cost more than they save.
constexpr uint64_t kMinTrigramCost = 32;

using TermKind = QueryNode::Term::Kind;
using NodeKind = QueryNode::Kind;

std::unique_ptr<PostingCursor> OpenTerm(IndexView* view, absl::string_view term, TermKind kind, DocRange range,
                                        SearchGuard* guard) {
  switch (kind) {
    case TermKind::kExact:
      return view->OpenTerm(term, range, guard);
    case TermKind::kCharacter:
      return view->OpenCharacter(term, range, guard);
    case TermKind::kWordPrefix:
      return view->OpenWordPrefix(term, range, guard);
  }
  return nullptr;
}

}  // namespace

void QueryCompiler::UseFrequencies(std::vector<uint64_t> frequencies) {
  frequencies_ = std::move(frequencies);
  has_frequencies_ = true;
}

uint64_t QueryCompiler::OpenTerms(const QueryNode& query) {
  if (query.kind != NodeKind::kAnd) return OpenNode(query);
  uint64_t least = all_documents();
  for (const QueryNode& child : query.children) {
    least = std::min(least, OpenChild(child));
    if (least == 0) break;
  }
  return least;
}

// Goes through the tree in the order in which Compile does.
uint64_t QueryCompiler::OpenNode(const QueryNode& query) {
  if (guard_.ShouldStop()) return 0;
  if (query.kind == NodeKind::kWord) return IsNameField(query.field) ? all_documents() : OpenWord(query);
  if (query.kind == NodeKind::kAnd) {
    uint64_t least = all_documents();
    for (const QueryNode& child : query.children) least = std::min(least, OpenChild(child));
    return least;
  }
  uint64_t sum = 0;
  for (const QueryNode& child : query.children) sum += OpenNode(child);
  for (const std::string& term : query.rank_terms) {
    NoteFrequency(Keep(view_.OpenTerm(term, range_, &guard_)));
  }
  return sum;
}

uint64_t QueryCompiler::OpenChild(const QueryNode& child) {
  if (child.kind != NodeKind::kNot) return OpenNode(child);
  const bool was_excluded = std::exchange(is_excluded_, true);
  OpenNode(child.children.front());
  is_excluded_ = was_excluded;
  return all_documents();
}

uint64_t QueryCompiler::OpenWord(const QueryNode& word) {
  has_scores_ = has_scores_ || !is_excluded_;
  const uint64_t cost = OpenTermsOf(word.terms);
  if (HasLiteral(word)) OpenTermsOf(word.literal_terms);
  return OpenTrigrams(word, cost);
}

uint64_t QueryCompiler::OpenTrigrams(const QueryNode& word, uint64_t least) {
  std::vector<WordTrigram>& trigrams = opened_trigrams_.emplace_back();
  if (least < kMinTrigramCost) return least;
  for (const auto& [trigram, offset] : word.trigrams) {
    trigrams.push_back({view_.OpenTrigram(trigram, range_, &guard_), offset});
    least = std::min(least, trigrams.back().postings.cursor->document_frequency());
  }
  return least;
}

uint64_t QueryCompiler::OpenTermsOf(const std::vector<QueryNode::Term>& terms) {
  uint64_t least = UINT64_MAX;
  for (const QueryNode::Term& term : terms) least = std::min(least, Keep(Open(term)));
  NoteFrequency(least);
  return least;
}

std::unique_ptr<PostingCursor> QueryCompiler::Open(const QueryNode::Term& term) {
  const auto opener = [view = &view_, range = range_, guard = &guard_, kind = term.kind](const std::string& text) {
    return [=] { return OpenTerm(view, text, kind, range, guard); };
  };
  if (term.alternatives.empty()) return opener(term.term)();
  std::vector<UnionSource> sources = {{opener(term.term), CharacterPlace::kAlone}};
  for (const std::string& text : term.alternatives) sources.push_back({opener(text), CharacterPlace::kAlone});
  return NewUnionCursor(std::move(sources), range_.begin, &guard_);
}

uint64_t QueryCompiler::Keep(std::unique_ptr<PostingCursor> cursor) {
  const uint64_t document_frequency = cursor->document_frequency();
  opened_.push_back(std::move(cursor));
  postings_ += document_frequency;
  if (postings_ > kMaxQueryPostings) {
    guard_.Fail(MakeError(absl::StatusCode::kResourceExhausted, "QUERY_TOO_BROAD",
                          absl::StrCat("the terms of the query have more than ", kMaxQueryPostings,
                                       " postings in all; ask for fewer or rarer words")));
  }
  return document_frequency;
}

void QueryCompiler::NoteFrequency(uint64_t counted) {
  if (!has_frequencies_) frequencies_.push_back(counted);
}

std::unique_ptr<QueryCursor> QueryCompiler::Compile(const QueryNode& node) {
  if (node.kind == NodeKind::kAnd) return CompileAnd(node);
  if (node.kind == NodeKind::kWord) return IsNameField(node.field) ? CompileName(node) : CompileWord(node);
  std::vector<std::unique_ptr<QueryCursor>> children;
  children.reserve(node.children.size());
  for (const QueryNode& child : node.children) children.push_back(Compile(child));
  std::vector<std::unique_ptr<QueryCursor>> optional;
  optional.reserve(node.rank_terms.size());
  for (size_t i = 0; i < node.rank_terms.size(); ++i) optional.push_back(CompileRankTerm());
  return NewOrCursor(std::move(children), std::move(optional));
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileAnd(const QueryNode& node) {
  std::vector<std::unique_ptr<QueryCursor>> wanted;
  std::vector<std::unique_ptr<QueryCursor>> excluded;
  for (const QueryNode& child : node.children) {
    if (child.kind == NodeKind::kNot) {
      const bool was_excluded = std::exchange(is_excluded_, true);
      excluded.push_back(Compile(child.children.front()));
      is_excluded_ = was_excluded;
    } else {
      wanted.push_back(Compile(child));
    }
  }
  const DocTable& docs = view_.corpus().docs;
  std::unique_ptr<QueryCursor> cursor =
      wanted.empty() ? NewAllCursor(docs, range_) : NewAndCursor(std::move(wanted), docs);
  for (auto& unwanted : excluded) cursor = NewAndNotCursor(std::move(cursor), std::move(unwanted));
  return cursor;
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileWord(const QueryNode& word) {
  std::vector<WordTrigram> trigrams = std::move(opened_trigrams_[compiled_trigrams_++]);
  if (!HasLiteral(word)) return CompileTerms(word.terms, std::move(trigrams), word.field, /*weight=*/1);
  std::vector<std::unique_ptr<QueryCursor>> readings;
  readings.push_back(CompileTerms(word.terms, std::move(trigrams), word.field, kReadingWeight));
  std::vector<std::unique_ptr<QueryCursor>> literal;
  literal.push_back(CompileTerms(word.literal_terms, {}, word.field, kLiteralWeight));
  return NewOrCursor(std::move(readings), std::move(literal));
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileTerms(const std::vector<QueryNode::Term>& terms,
                                                         std::vector<WordTrigram> trigrams, QueryField field,
                                                         double weight) {
  std::vector<WordPart> parts;
  parts.reserve(terms.size());
  for (const QueryNode::Term& term : terms) parts.push_back({NextCursor(), term.offset, term.starts_eojeol});
  return NewWordCursor(std::move(parts), std::move(trigrams), NextFrequency(), bm25_, view_.corpus().docs, field,
                       weight, NotesOf(terms, field));
}

NotesSource QueryCompiler::NotesOf(const std::vector<QueryNode::Term>& terms, QueryField field) const {
  if (field != QueryField::kText) return {};
  std::string name;
  for (const QueryNode::Term& term : terms) {
    if (term.kind != TermKind::kExact || !term.alternatives.empty()) return {};
    absl::StrAppend(&name, term.term, absl::string_view("\0", 1), term.offset, term.starts_eojeol ? "^" : "", ",");
  }
  return {&view_, std::move(name), &guard_};
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileRankTerm() {
  return NewTermCursor(NextCursor(), NextFrequency(), kRankTermWeight, bm25_, view_.corpus().docs);
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileName(const QueryNode& word) {
  WordMatcher matcher(word.text, word.is_prefix ? WordMatcher::Kind::kPrefix : WordMatcher::Kind::kWord);
  const DocTable& docs = view_.corpus().docs;
  return NewNameCursor(
      docs, word.field,
      NamePredicate(docs, [matcher = std::move(matcher)](absl::string_view name) { return matcher.Matches(name); }),
      range_);
}

uint64_t QueryCompiler::NextFrequency() {
  const size_t word = compiled_words_++;
  return word < frequencies_.size() ? frequencies_[word] : 0;
}

}  // namespace gisa
