#include "client/article_file.h"

#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/article_fields.h"
#include "client/article_layout.h"
#include "client/white_space.h"
#include "storage/base/sha256.h"
#include "storage/base/status_macros.h"
#include "storage/text/html_entities.h"

namespace gisa {
namespace {

constexpr absl::string_view kByteOrderMark = "\ufeff";

absl::Status CheckText(absl::string_view contents) {
  const size_t nul = contents.find('\0');
  if (nul != contents.npos) {
    return InvalidArticleFile(absl::StrCat("byte ", nul, ": a NUL, so this is a binary file; expected UTF-8 text"));
  }
  return CheckUtf8(contents);
}

// A value of several lines becomes one line. White space that the writer wrote as references stays.
std::string ReadValue(ArticleField field, absl::string_view escaped) {
  std::string collapsed;
  if (field == ArticleField::kAuthor || absl::StrContains(StripWhiteSpace(escaped), '\n')) {
    collapsed = CollapseWhiteSpace(escaped);
    escaped = collapsed;
  }
  escaped = StripWhiteSpace(escaped);
  const bool quoted = escaped.size() >= 2 && escaped.front() == '"' && escaped.back() == '"';
  if (field == ArticleField::kTitle && quoted) escaped = escaped.substr(1, escaped.size() - 2);
  return HtmlUnescape(escaped);
}

// The body has no white space at its ends, and content_hash is over that. White space there that is written as
// references is part of the body when the stated hash says so.
std::string ReadBody(absl::string_view escaped, absl::string_view stated_hash) {
  std::string body = HtmlUnescape(StripWhiteSpace(escaped));
  const absl::string_view stripped = StripWhiteSpace(body);
  if (stripped.size() == body.size() || ToHex(Sha256(body)) == stated_hash) return body;
  return std::string(stripped);
}

absl::StatusOr<v1::Article> ParseLines(absl::string_view file, const ArticleFileZones& zones) {
  ASSIGN_OR_RETURN(const ArticleLayout layout, FindArticleLayout(file));
  ArticleTexts texts;
  for (size_t i = 0; i < layout.values.size(); ++i) {
    const auto field = static_cast<ArticleField>(i);
    if (!layout.values[i].has_value() || field == ArticleField::kBody) continue;
    texts[field] = FieldText{ReadValue(field, layout.values[i]->text), layout.values[i]->line};
  }
  const auto& hash = texts[ArticleField::kContentHash];
  const std::string stated_hash = hash.has_value() ? absl::AsciiStrToLower(hash->text) : "";
  const auto& body = layout.values[static_cast<size_t>(ArticleField::kBody)];
  texts[ArticleField::kBody] = FieldText{ReadBody(body->text, stated_hash), body->line};
  return MakeArticle(std::move(texts), zones);
}

}  // namespace

absl::StatusOr<v1::Article> ParseArticleFile(absl::string_view contents, const ArticleFileZones& zones) {
  RETURN_IF_ERROR(CheckText(contents));
  if (absl::StartsWith(contents, kByteOrderMark)) contents.remove_prefix(kByteOrderMark.size());
  // A file whose first line ends in CR LF was converted as a whole.
  const absl::string_view first_line = contents.substr(0, contents.find('\n'));
  if (!absl::EndsWith(first_line, "\r")) return ParseLines(contents, zones);
  return ParseLines(absl::StrReplaceAll(contents, {{"\r\n", "\n"}}), zones);
}

}  // namespace gisa
