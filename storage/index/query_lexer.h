#ifndef GISA_STORAGE_INDEX_QUERY_LEXER_H_
#define GISA_STORAGE_INDEX_QUERY_LEXER_H_

#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/index/query.h"

namespace gisa {

struct QueryToken {
  enum class Kind {
    kWord,    // text: without the `*` behind it
    kPhrase,  // text: between the quotation marks
    kField,   // `title:`
    kMinus,
    kOr,
    kOpen,
    kClose,
    kEnd,
  };

  Kind kind = Kind::kEnd;
  size_t offset = 0;  // of its first byte
  absl::string_view text;
  QueryField field = QueryField::kText;  // of kField
  bool is_prefix = false;                // of kWord: a `*` followed it
};

// The error of a query: INVALID_ARGUMENT INVALID_REQUEST with a violation on `query` that says how many characters
// (code points) come before byte `offset` of valid UTF-8 `query`, and `what` was expected there.
absl::Status QuerySyntaxError(absl::string_view query, size_t offset, absl::string_view what);

// Cuts valid UTF-8 `query` into tokens, the last of which is kEnd. They point into it.
// - White space (Unicode's White_Space) separates; parentheses stand for themselves wherever they are.
// - A phrase is what stands between two `"`.
// - `-` at the start of a word, followed by more, is a minus; a word OR is the operator.
// - `title:`, `body:`, `author:` and `publisher:` at the start of a word are fields; what comes next begins a new word.
absl::StatusOr<std::vector<QueryToken>> CutQuery(absl::string_view query);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_LEXER_H_
