#include "storage/index/query_parser.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/base/utf8.h"
#include "storage/index/query_lexer.h"
#include "storage/index/query_word.h"

namespace gisa {
namespace {

using TokenKind = QueryToken::Kind;
using NodeKind = QueryNode::Kind;

absl::Status QueryError(absl::string_view description) {
  return InvalidFieldsError("INVALID_REQUEST", {{"query", std::string(description)}});
}

// The parts of a group as they come.
struct Group {
  std::vector<QueryNode> wanted;
  std::vector<QueryNode> excluded;
  bool empty() const { return wanted.empty() && excluded.empty(); }
};

// One of several nodes of a kind is that node itself.
QueryNode Join(NodeKind kind, std::vector<QueryNode> children) {
  if (children.size() == 1) return std::move(children.front());
  QueryNode node;
  node.kind = kind;
  node.children = std::move(children);
  return node;
}

// Recursive descent; each method starts at token_ and leaves it behind what it has read.
class Parser {
 public:
  Parser(absl::string_view text, SearchMatch match, std::vector<QueryToken> tokens)
      : text_(text), match_(match), tokens_(std::move(tokens)) {}

  absl::StatusOr<QueryNode> ParseAll(bool may_be_open) {
    ASSIGN_OR_RETURN(Group first, ParseGroup());
    if (!Is(TokenKind::kEnd)) {
      ASSIGN_OR_RETURN(QueryNode all, ParseAlternatives(std::move(first), /*offset=*/0));
      if (!Is(TokenKind::kEnd)) return Expected("a ( before this )");
      first = Group();
      first.wanted.push_back(std::move(all));
    } else if (first.wanted.empty() && !may_be_open) {
      return QueryError(first.empty() ? "must have a word with a letter or a digit, or come with a filter"
                                      : "must have a word that is not excluded, or come with a filter");
    }
    return MakeAnd(std::move(first));
  }

 private:
  const QueryToken& token() const { return tokens_[token_]; }
  bool Is(TokenKind kind) const { return token().kind == kind; }
  absl::Status Expected(absl::string_view what) const { return QuerySyntaxError(text_, token().offset, what); }

  // What follows the first group, which began at `offset`, of a query.
  absl::StatusOr<QueryNode> ParseAlternatives(Group first, size_t offset) {
    std::vector<QueryNode> alternatives;
    ASSIGN_OR_RETURN(alternatives.emplace_back(), Close(std::move(first), offset));
    while (Is(TokenKind::kOr)) {
      ++token_;
      const size_t group_offset = token().offset;
      ASSIGN_OR_RETURN(Group group, ParseGroup());
      ASSIGN_OR_RETURN(alternatives.emplace_back(), Close(std::move(group), group_offset));
    }
    return Join(NodeKind::kOr, std::move(alternatives));
  }

  absl::StatusOr<Group> ParseGroup() {
    Group group;
    while (!Is(TokenKind::kEnd) && !Is(TokenKind::kOr) && !Is(TokenKind::kClose)) {
      const bool is_excluded = Is(TokenKind::kMinus);
      if (is_excluded) ++token_;
      ASSIGN_OR_RETURN(std::optional<QueryNode> part, ParsePart());
      if (part.has_value()) (is_excluded ? group.excluded : group.wanted).push_back(*std::move(part));
    }
    return group;
  }

  // A part without its minus; nullopt when it is passed over.
  absl::StatusOr<std::optional<QueryNode>> ParsePart() {
    const QueryField outer = field_;
    if (Is(TokenKind::kField)) {
      if (has_field_) return Expected("no field, for one is given before");
      field_ = token().field;
      has_field_ = true;
      ++token_;
      absl::StatusOr<std::optional<QueryNode>> part = ParseOperand();
      field_ = outer;
      has_field_ = false;
      return part;
    }
    return ParseOperand();
  }

  absl::StatusOr<std::optional<QueryNode>> ParseOperand() {
    switch (token().kind) {
      case TokenKind::kWord:
      case TokenKind::kPhrase:
        return ParseWord();
      case TokenKind::kOpen:
        return ParseParentheses();
      default:
        return Expected("a word, a phrase or (");
    }
  }

  absl::StatusOr<std::optional<QueryNode>> ParseWord() {
    const QueryToken& word = token();
    std::optional<QueryNode> node = MakeQueryWord(word.text, field_, word.is_prefix);
    if (node.has_value() && ++words_ > kMaxQueryWords) {
      return Expected(absl::StrCat("no more than ", kMaxQueryWords, " words and phrases"));
    }
    ++token_;
    return node;
  }

  absl::StatusOr<std::optional<QueryNode>> ParseParentheses() {
    if (++depth_ > kMaxQueryDepth) {
      return Expected(absl::StrCat("no more than ", kMaxQueryDepth, " parentheses within each other"));
    }
    ++token_;
    const size_t offset = token().offset;
    ASSIGN_OR_RETURN(Group first, ParseGroup());
    ASSIGN_OR_RETURN(QueryNode inside, ParseAlternatives(std::move(first), offset));
    if (!Is(TokenKind::kClose)) return Expected("a closing )");
    ++token_;
    --depth_;
    return std::optional<QueryNode>(std::move(inside));
  }

  // The node of a group that began at `offset`.
  absl::StatusOr<QueryNode> Close(Group group, size_t offset) {
    if (group.empty()) return QuerySyntaxError(text_, offset, "a word with a letter or a digit");
    if (group.wanted.empty()) return QuerySyntaxError(text_, offset, "a word that is not excluded");
    if (group.excluded.empty()) return JoinWanted(std::move(group.wanted));
    return MakeAnd(std::move(group));
  }

  QueryNode JoinWanted(std::vector<QueryNode> wanted) const {
    if (match_ == SearchMatch::kAll) return Join(NodeKind::kAnd, std::move(wanted));
    QueryNode any = Join(NodeKind::kOr, std::move(wanted));
    // A text that says the same in other forms has pieces of the words that it lacks.
    if (any.kind == NodeKind::kOr) any.rank_terms = PairsOf(any);
    return any;
  }

  // What is wanted first, then what is excluded.
  QueryNode MakeAnd(Group group) const {
    QueryNode node;
    if (match_ == SearchMatch::kAny && !group.wanted.empty()) {
      node.children.push_back(JoinWanted(std::move(group.wanted)));
    } else {
      node.children = std::move(group.wanted);
    }
    for (QueryNode& excluded : group.excluded) {
      QueryNode& child = node.children.emplace_back();
      child.kind = NodeKind::kNot;
      child.children.push_back(std::move(excluded));
    }
    return node;
  }

  const absl::string_view text_;
  const SearchMatch match_;
  const std::vector<QueryToken> tokens_;
  size_t token_ = 0;
  size_t words_ = 0;
  size_t depth_ = 0;
  QueryField field_ = QueryField::kText;
  bool has_field_ = false;
};

}  // namespace

absl::StatusOr<QueryNode> ParseQuery(absl::string_view text, SearchMatch match, bool may_be_open) {
  if (text.size() > kMaxQueryBytes) {
    return QueryError(absl::StrCat(text.size(), " bytes; must be at most ", kMaxQueryBytes));
  }
  if (!IsValidUtf8(text)) return QueryError("must be valid UTF-8");
  ASSIGN_OR_RETURN(std::vector<QueryToken> tokens, CutQuery(text));
  return Parser(text, match, std::move(tokens)).ParseAll(may_be_open);
}

}  // namespace gisa
