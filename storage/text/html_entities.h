#ifndef GISA_STORAGE_TEXT_HTML_ENTITIES_H_
#define GISA_STORAGE_TEXT_HTML_ENTITIES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// Undoes one level of HTML escaping, in one pass from left to right: `&amp;quot;` becomes `&quot;`. Known are the five
// names of XML (amp, lt, gt, quot, apos) and every decimal or hexadecimal reference to a Unicode scalar value. All
// else, a reference without its semicolon included, is left as it is.
std::string HtmlUnescape(absl::string_view text);

// Escapes & < > " ' ` = the way the writer of crawled article files does. HtmlUnescape undoes it exactly.
std::string HtmlEscape(absl::string_view text);

}  // namespace gisa

#endif  // GISA_STORAGE_TEXT_HTML_ENTITIES_H_
