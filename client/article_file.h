#ifndef GISA_CLIENT_ARTICLE_FILE_H_
#define GISA_CLIENT_ARTICLE_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gisa/v1/article.pb.h"

namespace gisa {

// The zones of the times in an article file, which states none.
struct ArticleFileZones {
  absl::TimeZone published_at;  // by custom Asia/Seoul
  absl::TimeZone crawled_at;    // by custom UTC
};

// Reads one crawled article file: a front matter of `key: value` lines, then a Markdown rendering (see
// article_layout.h). Values and body are HTML-unescaped once; the body is stripped of white space at its ends;
// content_hash is computed and set. Only oid and aid must be there; the front matter wins over the rendering. Times are
// read as article_time.h says. A byte order mark and CR LF line ends are accepted.
//
// INVALID_ARGUMENT (reason INVALID_ARTICLE_FILE, or CONTENT_HASH_MISMATCH when the stated hash is not the body's) names
// the line or byte offset, the field and what was expected, with a violation for each bad field. The body's size is
// left to the server, which has its own limit. Thread-safe, as all functions here.
absl::StatusOr<v1::Article> ParseArticleFile(absl::string_view contents, const ArticleFileZones& zones);

// Writes the same format; ParseArticleFile of it, with the same zones, gives the article again, but for its output-only
// fields. What the reader would strip or collapse is written as character references.
std::string FormatArticleFile(const v1::Article& article, const ArticleFileZones& zones);

// Reads one line of JSON Lines: an object with the file's field names and `body`. Texts are taken as they are: not
// unescaped, not stripped. Unknown fields are ignored; null is as good as absent; times may be RFC 3339 too.
// Errors as ParseArticleFile, with the byte offset in the line of what is not JSON or not UTF-8.
absl::StatusOr<v1::Article> ParseArticleJson(absl::string_view line, const ArticleFileZones& zones);

// Writes such a line, without the newline, times in RFC 3339 with the offsets of the zones. ParseArticleJson of it
// gives the article again, whatever the zones, but for its output-only fields.
std::string FormatArticleJson(const v1::Article& article, const ArticleFileZones& zones);

}  // namespace gisa

#endif  // GISA_CLIENT_ARTICLE_FILE_H_
