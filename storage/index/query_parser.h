#ifndef GISA_STORAGE_INDEX_QUERY_PARSER_H_
#define GISA_STORAGE_INDEX_QUERY_PARSER_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/index/query.h"
#include "storage/search.h"

namespace gisa {

// The limits of a query, beside kMaxQueryBytes.
inline constexpr size_t kMaxQueryWords = 64;  // words and phrases
inline constexpr size_t kMaxQueryDepth = 16;  // parentheses within parentheses

// Parses what a user typed:
//
//   query = group { "OR" group }
//   group = part { part }
//   part  = [ "-" ] ( [ field ] ( word [ "*" ] | phrase | "(" query ")" ) )
//
// The parts of a group must all match; by SearchMatch::kAny one of those without a minus is enough. A word or phrase
// without a letter or a digit is passed over. A field is for all that is in the parentheses behind it.
//
// Returns a kAnd whose first child, if any, is no kNot; when `may_be_open` (there is a filter) it may also have only
// kNots, or nothing. INVALID_ARGUMENT INVALID_REQUEST, field `query`, for all else: what is not valid UTF-8, does not
// parse, is over a limit, or has a group with nothing to look for.
absl::StatusOr<QueryNode> ParseQuery(absl::string_view text, SearchMatch match = SearchMatch::kAll,
                                     bool may_be_open = false);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_PARSER_H_
