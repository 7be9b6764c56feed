#include "storage/index/query_lexer.h"

#include <unicode/uchar.h>

#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/text/code_point.h"

namespace gisa {
namespace {

using Kind = QueryToken::Kind;

struct FieldName {
  absl::string_view text;
  QueryField field;
};
constexpr FieldName kFieldNames[] = {{"title:", QueryField::kTitle},
                                     {"body:", QueryField::kBody},
                                     {"author:", QueryField::kAuthor},
                                     {"publisher:", QueryField::kPublisher}};

// How many code points are in valid UTF-8: bytes that continue none.
size_t CountCodePoints(absl::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (static_cast<uint8_t>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

class Lexer {
 public:
  explicit Lexer(absl::string_view query) : query_(query) {}

  absl::StatusOr<std::vector<QueryToken>> Run() {
    while (SkipSpaces(), offset_ < query_.size()) RETURN_IF_ERROR(ReadToken());
    Add(Kind::kEnd, 0);
    return std::move(tokens_);
  }

 private:
  absl::string_view rest() const { return query_.substr(offset_); }

  // The bytes of the white space at `offset`; 0 when there is none.
  size_t SpaceAt(size_t offset) const {
    auto next = static_cast<uint32_t>(offset);
    const bool is_space = u_isUWhiteSpace(static_cast<UChar32>(NextCodePoint(query_.data(), next)));
    return is_space ? next - offset : 0;
  }

  void SkipSpaces() {
    while (offset_ < query_.size()) {
      const size_t space = SpaceAt(offset_);
      if (space == 0) return;
      offset_ += space;
    }
  }

  // Whether a word cannot go on at `offset`.
  bool EndsWord(size_t offset) const {
    if (offset >= query_.size()) return true;
    const char c = query_[offset];
    return c == '(' || c == ')' || c == '"' || SpaceAt(offset) > 0;
  }

  void Add(Kind kind, size_t size) {
    QueryToken& token = tokens_.emplace_back();
    token.kind = kind;
    token.offset = offset_;
    token.text = query_.substr(offset_, size);
    offset_ += size;
  }

  absl::Status ReadToken() {
    switch (query_[offset_]) {
      case '(':
        Add(Kind::kOpen, 1);
        return absl::OkStatus();
      case ')':
        Add(Kind::kClose, 1);
        return absl::OkStatus();
      case '"':
        return ReadPhrase();
      case '-':
        // By itself, or before more of them, it is punctuation.
        if (EndsWord(offset_ + 1) && (offset_ + 1 >= query_.size() || SpaceAt(offset_ + 1) > 0)) return ReadWord();
        if (offset_ + 1 < query_.size() && query_[offset_ + 1] == '-') return ReadWord();
        Add(Kind::kMinus, 1);
        return absl::OkStatus();
      default:
        return ReadFieldOrWord();
    }
  }

  absl::Status ReadPhrase() {
    const size_t end = query_.find('"', offset_ + 1);
    if (end == query_.npos) return QuerySyntaxError(query_, query_.size(), "a closing quotation mark");
    const absl::string_view text = query_.substr(offset_ + 1, end - offset_ - 1);
    Add(Kind::kPhrase, end + 1 - offset_);
    tokens_.back().text = text;
    return absl::OkStatus();
  }

  absl::Status ReadFieldOrWord() {
    for (const FieldName& name : kFieldNames) {
      if (!absl::StartsWith(rest(), name.text)) continue;
      Add(Kind::kField, name.text.size());
      tokens_.back().field = name.field;
      const bool is_followed = offset_ < query_.size() && query_[offset_] != ')' && SpaceAt(offset_) == 0;
      if (is_followed) return absl::OkStatus();
      return QuerySyntaxError(query_, offset_, absl::StrCat("a word, a phrase or ( right after ", name.text));
    }
    return ReadWord();
  }

  absl::Status ReadWord() {
    auto end = static_cast<uint32_t>(offset_);
    while (!EndsWord(end)) NextCodePoint(query_.data(), end);
    const absl::string_view word = query_.substr(offset_, end - offset_);
    if (word == "OR") {
      Add(Kind::kOr, word.size());
      return absl::OkStatus();
    }
    Add(Kind::kWord, word.size());
    if (word.size() > 1 && word.back() == '*') {
      tokens_.back().is_prefix = true;
      tokens_.back().text.remove_suffix(1);
    }
    return absl::OkStatus();
  }

  const absl::string_view query_;
  size_t offset_ = 0;
  std::vector<QueryToken> tokens_;
};

}  // namespace

absl::Status QuerySyntaxError(absl::string_view query, size_t offset, absl::string_view what) {
  const size_t character = CountCodePoints(query.substr(0, offset));
  return InvalidFieldsError("INVALID_REQUEST",
                            {{"query", absl::StrCat("at character offset ", character, ": expected ", what)}});
}

absl::StatusOr<std::vector<QueryToken>> CutQuery(absl::string_view query) { return Lexer(query).Run(); }

}  // namespace gisa
