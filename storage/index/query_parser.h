#ifndef GISA_STORAGE_INDEX_QUERY_PARSER_H_
#define GISA_STORAGE_INDEX_QUERY_PARSER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/index/query.h"

namespace gisa {

// Parses what a user typed: words between white space, all of which must occur. A word without a letter or a digit is
// passed over. INVALID_ARGUMENT INVALID_REQUEST, field `query`, when there is no other word or the text is not valid
// UTF-8.
absl::StatusOr<QueryNode> ParseQuery(absl::string_view text);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_PARSER_H_
