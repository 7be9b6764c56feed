#ifndef GISA_STORAGE_INDEX_QUERY_WORD_H_
#define GISA_STORAGE_INDEX_QUERY_WORD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/index/query.h"

namespace gisa {

// Makes the node of a word or phrase, valid UTF-8: analyzes it like a text and chooses the terms to look for, so that
// the documents in which they stand as they should are those in which a WordMatcher finds it. nullopt when it has no
// letter or digit.
std::optional<QueryNode> MakeQueryWord(absl::string_view text, QueryField field, bool is_prefix);

// Returns the pairs of neighbouring characters in the words, in both title and body, that are looked for in `node`:
// terms in index form, each once. Words that are no longer than a pair have none.
std::vector<std::string> PairsOf(const QueryNode& node);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_QUERY_WORD_H_
