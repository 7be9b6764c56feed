#ifndef GISA_TESTS_SUPPORT_PLAIN_QUERY_H_
#define GISA_TESTS_SUPPORT_PLAIN_QUERY_H_

#include <algorithm>
#include <string>

#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"

namespace gisa {

// A text as a query for its words: whatever the query language takes for an operator becomes a space.
inline std::string PlainQuery(absl::string_view text) {
  std::string query(text);
  std::replace_if(
      query.begin(), query.end(),
      [](char c) { return absl::string_view("\"()*:-").find(c) != absl::string_view::npos; }, ' ');
  return absl::StrReplaceAll(query, {{"OR", "or"}});
}

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_PLAIN_QUERY_H_
