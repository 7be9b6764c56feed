#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/article_fields.h"
#include "client/article_file.h"
#include "client/article_time.h"
#include "client/white_space.h"
#include "storage/base/sha256.h"
#include "storage/text/html_entities.h"

namespace gisa {
namespace {

// Appends a decimal character reference for the code point that `character` is in UTF-8, at most three bytes.
void AppendReference(absl::string_view character, std::string& out) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(character[i]); };
  unsigned code_point = byte(0);
  if (character.size() == 2) code_point = (byte(0) & 0x1fu) << 6 | (byte(1) & 0x3fu);
  if (character.size() == 3) code_point = (byte(0) & 0x0fu) << 12 | (byte(1) & 0x3fu) << 6 | (byte(2) & 0x3fu);
  absl::StrAppend(&out, "&#", code_point, ";");
}

// Escapes what no reader may touch: markup, NUL, and CR, which conversions of line ends eat.
std::string Escape(absl::string_view text) {
  std::string escaped = HtmlEscape(text);
  return absl::StrReplaceAll(escaped, {{"\r", "&#13;"}, {absl::string_view("\0", 1), "&#0;"}});
}

// Escapes white space at both ends too, which the reader strips.
std::string EscapeBody(absl::string_view text) {
  const absl::string_view stripped = StripWhiteSpace(text);
  std::string escaped;
  const auto append_references = [&escaped](absl::string_view space) {
    while (const size_t length = LeadingWhiteSpace(space)) {
      AppendReference(space.substr(0, length), escaped);
      space.remove_prefix(length);
    }
  };
  const size_t begin = stripped.empty() ? text.size() : stripped.data() - text.data();
  append_references(text.substr(0, begin));
  escaped += Escape(stripped);
  append_references(text.substr(begin + stripped.size()));
  return escaped;
}

std::string EscapeValue(absl::string_view text) { return absl::StrReplaceAll(EscapeBody(text), {{"\n", "&#10;"}}); }

// Escapes all white space but single spaces between words, which is all that the reader leaves of it.
std::string EscapeAuthor(absl::string_view text) {
  std::string escaped;
  size_t begin = 0;  // of what is not yet in `escaped`
  bool after_space = true;
  for (size_t i = 0; i < text.size();) {
    const size_t length = LeadingWhiteSpace(text.substr(i));
    const bool is_last = i + length == text.size();
    if (length > 0 && (text[i] != ' ' || after_space || is_last)) {
      escaped += Escape(text.substr(begin, i - begin));
      AppendReference(text.substr(i, length), escaped);
      begin = i + length;
      after_space = false;
    } else {
      after_space = length > 0;
    }
    i += length > 0 ? length : 1;
  }
  return escaped + Escape(text.substr(begin));
}

}  // namespace

std::string FormatArticleFile(const v1::Article& article, const ArticleFileZones& zones) {
  const std::string title = EscapeValue(article.title());
  const std::string category = EscapeValue(article.category());
  const std::string publisher = EscapeValue(article.publisher());
  const std::string url = EscapeValue(article.url());
  const std::string published_at =
      article.has_published_at()
          ? FormatArticleTime(article.published_at(), zones.published_at, TimePrecision::kMinutes)
          : "";
  const std::string crawled_at =
      article.has_crawled_at() ? FormatArticleTime(article.crawled_at(), zones.crawled_at, TimePrecision::kSeconds)
                               : "";
  const std::string content_hash =
      article.content_hash().empty() ? ToHex(Sha256(article.body())) : article.content_hash();
  return absl::StrCat("---\n",                                                          //
                      "id: ", article.oid(), "_", article.aid(), "\n",                  //
                      "title: \"", title, "\"\n",                                       //
                      "category: ", category, "\n",                                     //
                      "publisher: ", publisher, "\n",                                   //
                      "author: ", EscapeAuthor(article.author()), "\n",                 //
                      "published_at: ", published_at, "\n",                             //
                      "crawled_at: ", crawled_at, "\n",                                 //
                      "url: ", url, "\n",                                               //
                      "oid: ", article.oid(), "\n",                                     //
                      "aid: ", article.aid(), "\n",                                     //
                      "content_hash: ", content_hash, "\n",                             //
                      "---\n\n",                                                        //
                      "# ", title, "\n\n",                                              //
                      "**", publisher, "** | ", published_at, " | ", category, "\n\n",  //
                      "---\n\n",                                                        //
                      EscapeBody(article.body()), "\n\n",                               //
                      "---\n\n",                                                        //
                      "*Crawled at: ", crawled_at, "*\n",                               //
                      "*Source: [원문 보기](", url, ")*\n");
}

}  // namespace gisa
