#ifndef GISA_CLIENT_ARTICLE_LAYOUT_H_
#define GISA_CLIENT_ARTICLE_LAYOUT_H_

#include <array>
#include <cstddef>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/article_fields.h"

namespace gisa {

// A value as it stands in the file: escaped, line ends and all, up to the next key.
struct EscapedValue {
  absl::string_view text;  // a view into the file
  size_t line = 0;         // where it begins, from 1
};

// Where the parts of a crawled article file are.
struct ArticleLayout {
  std::array<std::optional<EscapedValue>, kArticleFieldNames.size()> values;  // by ArticleField, kBody last
};

// Takes `file` apart, which looks like this:
//
//   ---
//   title: "…"            the front matter: it is not YAML. A value runs on until a line that begins with the name of
//   author:               a field and a colon, or until the closing `---`.
//       …
//   ---
//   # …                   the Markdown rendering: whatever stands before the byline is passed over
//   **…** | … | …         the byline
//   ---                   the first divider behind the byline
//   …                     the body, which may have dividers of its own
//   ---                   the last divider that is followed by `*Crawled at:`
//   *Crawled at: …*
//
// INVALID_ARGUMENT (INVALID_ARTICLE_FILE): a part is missing or a key comes twice; the message names the line.
absl::StatusOr<ArticleLayout> FindArticleLayout(absl::string_view file);

}  // namespace gisa

#endif  // GISA_CLIENT_ARTICLE_LAYOUT_H_
