#include "storage/index/query_compiler.h"

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

using TermKind = QueryNode::Term::Kind;
using NodeKind = QueryNode::Kind;

std::unique_ptr<PostingCursor> OpenTerm(IndexView* view, absl::string_view term, TermKind kind, DocId limit,
                                        SearchGuard* guard) {
  switch (kind) {
    case TermKind::kExact:
      return view->OpenTerm(term, limit, guard);
    case TermKind::kCharacter:
      return view->OpenCharacter(term, limit, guard);
    case TermKind::kWordPrefix:
      return view->OpenWordPrefix(term, limit, guard);
  }
  return nullptr;
}

}  // namespace

void QueryCompiler::UseFrequencies(std::vector<uint64_t> frequencies) {
  frequencies_ = std::move(frequencies);
  has_frequencies_ = true;
}

std::unique_ptr<QueryCursor> QueryCompiler::Compile(const QueryNode& query) { return CompileNode(query); }

std::unique_ptr<QueryCursor> QueryCompiler::CompileNode(const QueryNode& node) {
  if (node.kind == NodeKind::kAnd) return CompileAnd(node);
  if (node.kind == NodeKind::kWord) return IsNameField(node.field) ? CompileName(node) : CompileWord(node);
  std::vector<std::unique_ptr<QueryCursor>> children;
  children.reserve(node.children.size());
  for (const QueryNode& child : node.children) children.push_back(CompileNode(child));
  std::vector<std::unique_ptr<QueryCursor>> optional;
  optional.reserve(node.rank_terms.size());
  for (const std::string& term : node.rank_terms) optional.push_back(CompileRankTerm(term));
  return NewOrCursor(std::move(children), std::move(optional));
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileAnd(const QueryNode& node) {
  std::vector<std::unique_ptr<QueryCursor>> wanted;
  std::vector<std::unique_ptr<QueryCursor>> excluded;
  for (const QueryNode& child : node.children) {
    if (child.kind == NodeKind::kNot) {
      const bool was_excluded = std::exchange(is_excluded_, true);
      excluded.push_back(CompileNode(child.children.front()));
      is_excluded_ = was_excluded;
    } else {
      wanted.push_back(CompileNode(child));
    }
  }
  std::unique_ptr<QueryCursor> cursor = wanted.empty() ? NewAllCursor(limit_) : NewAndCursor(std::move(wanted));
  for (auto& unwanted : excluded) cursor = NewAndNotCursor(std::move(cursor), std::move(unwanted));
  return cursor;
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileWord(const QueryNode& word) {
  has_scores_ = has_scores_ || !is_excluded_;
  if (is_excluded_ || word.literal_terms.empty()) return CompileTerms(word.terms, word.field, /*weight=*/1);
  std::vector<std::unique_ptr<QueryCursor>> readings;
  readings.push_back(CompileTerms(word.terms, word.field, kReadingWeight));
  std::vector<std::unique_ptr<QueryCursor>> literal;
  literal.push_back(CompileTerms(word.literal_terms, word.field, kLiteralWeight));
  return NewOrCursor(std::move(readings), std::move(literal));
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileTerms(const std::vector<QueryNode::Term>& terms, QueryField field,
                                                         double weight) {
  std::vector<WordPart> parts;
  parts.reserve(terms.size());
  for (const QueryNode::Term& term : terms) {
    parts.push_back({Open(term), term.offset, term.starts_eojeol});
    if (!CountPostings(*parts.back().cursor)) return NewAllCursor(kNoDoc);
  }
  const uint64_t document_frequency = NextFrequency(DocumentFrequencyOf(parts));
  return NewWordCursor(std::move(parts), document_frequency, bm25_, view_.corpus().docs, field, weight);
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileRankTerm(absl::string_view term) {
  std::unique_ptr<PostingCursor> cursor = view_.OpenTerm(term, limit_, &guard_);
  if (!CountPostings(*cursor)) return NewAllCursor(kNoDoc);
  const uint64_t document_frequency = NextFrequency(cursor->document_frequency());
  return NewTermCursor(std::move(cursor), document_frequency, kRankTermWeight, bm25_, view_.corpus().docs);
}

std::unique_ptr<QueryCursor> QueryCompiler::CompileName(const QueryNode& word) {
  WordMatcher matcher(word.text, word.is_prefix ? WordMatcher::Kind::kPrefix : WordMatcher::Kind::kWord);
  const DocTable& docs = view_.corpus().docs;
  return NewNameCursor(
      docs, word.field,
      NamePredicate(docs, [matcher = std::move(matcher)](absl::string_view name) { return matcher.Matches(name); }),
      limit_);
}

std::unique_ptr<PostingCursor> QueryCompiler::Open(const QueryNode::Term& term) {
  const auto opener = [view = &view_, limit = limit_, guard = &guard_, kind = term.kind](const std::string& text) {
    return [=] { return OpenTerm(view, text, kind, limit, guard); };
  };
  if (term.alternatives.empty()) return opener(term.term)();
  std::vector<UnionSource> sources = {{opener(term.term), CharacterPlace::kAlone}};
  for (const std::string& text : term.alternatives) sources.push_back({opener(text), CharacterPlace::kAlone});
  return NewUnionCursor(std::move(sources), &guard_);
}

bool QueryCompiler::CountPostings(const PostingCursor& cursor) {
  postings_ += cursor.document_frequency();
  if (postings_ <= kMaxQueryPostings) return true;
  guard_.Fail(MakeError(absl::StatusCode::kResourceExhausted, "QUERY_TOO_BROAD",
                        absl::StrCat("the terms of the query have more than ", kMaxQueryPostings,
                                     " postings in all; ask for fewer or rarer words")));
  return false;
}

uint64_t QueryCompiler::NextFrequency(uint64_t counted) {
  const size_t word = words_++;
  if (has_frequencies_) return word < frequencies_.size() ? frequencies_[word] : 0;
  frequencies_.push_back(counted);
  return counted;
}

}  // namespace gisa
