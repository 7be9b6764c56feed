#include "client/article_layout.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr absl::string_view kFooterStart = "*Crawled at:";

// Goes through a text line by line.
class LineCursor {
 public:
  explicit LineCursor(absl::string_view text) : text_(text) {}

  // Goes to the next line, the first at first. False at the end.
  bool Next() {
    if (end_ == text_.size()) return false;
    begin_ = end_;
    const size_t newline = text_.find('\n', begin_);
    end_ = newline == text_.npos ? text_.size() : newline + 1;
    ++number_;
    return true;
  }

  // The current line without the white space at its end.
  absl::string_view line() const { return absl::StripTrailingAsciiWhitespace(text_.substr(begin_, end_ - begin_)); }
  size_t begin() const { return begin_; }    // the offset of its first byte
  size_t end() const { return end_; }        // the offset of the next line
  size_t number() const { return number_; }  // from 1

 private:
  const absl::string_view text_;
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t number_ = 0;
};

bool IsDivider(absl::string_view line) { return line == "---"; }

bool IsByline(absl::string_view line) { return absl::StartsWith(line, "**") && absl::StrContains(line, "** |"); }

// Returns the field whose key `line` begins with, nullopt when it begins with none. The body has no key.
std::optional<ArticleField> FindKey(absl::string_view line) {
  const size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const std::optional<ArticleField> field = FindArticleField(line.substr(0, colon));
  return field == ArticleField::kBody ? std::nullopt : field;
}

absl::Status InvalidField(ArticleField field, size_t line, absl::string_view problem) {
  return InvalidFieldsError(kInvalidArticleFile,
                            {{std::string(ArticleFieldName(field)), absl::StrCat("line ", line, ": ", problem)}});
}

absl::Status ExpectOpeningDivider(LineCursor& cursor) {
  if (!cursor.Next()) return InvalidArticleFile("line 1: the file is empty; expected --- and a front matter");
  if (IsDivider(cursor.line())) return absl::OkStatus();
  return InvalidArticleFile("line 1: not a crawled article file; expected --- and a front matter");
}

// Reads from the line behind the opening `---` up to the closing one.
absl::Status ReadFrontMatter(absl::string_view file, LineCursor& cursor, ArticleLayout& layout) {
  std::optional<EscapedValue>* open = nullptr;  // the value that the current line may belong to
  size_t value_begin = 0;
  const auto close_value = [&] {
    if (open != nullptr) (*open)->text = file.substr(value_begin, cursor.begin() - value_begin);
  };
  while (cursor.Next()) {
    if (IsDivider(cursor.line())) {
      close_value();
      return absl::OkStatus();
    }
    const std::optional<ArticleField> field = FindKey(cursor.line());
    if (field.has_value()) {
      close_value();
      open = &layout.values[static_cast<size_t>(*field)];
      const absl::string_view name = ArticleFieldName(*field);
      if (open->has_value()) {
        return InvalidField(*field, cursor.number(),
                            absl::StrCat("given twice, first on line ", (*open)->line, "; expected once"));
      }
      open->emplace().line = cursor.number();
      value_begin = cursor.begin() + name.size() + 1;
    } else if (open == nullptr && !cursor.line().empty()) {
      return InvalidArticleFile(absl::StrCat("line ", cursor.number(), ": not a key; expected one such as `id:`"));
    }
  }
  return InvalidArticleFile(
      absl::StrCat("line ", cursor.number(), ": the file ends in its front matter; expected a closing ---"));
}

// Reads from behind the front matter to the divider that ends the header.
absl::Status SkipHeader(LineCursor& cursor) {
  do {
    if (!cursor.Next()) {
      return InvalidField(ArticleField::kBody, cursor.number(),
                          "the file ends before the body; expected the byline `**publisher** | published_at | "
                          "category`");
    }
  } while (!IsByline(cursor.line()));
  do {
    if (!cursor.Next()) {
      return InvalidField(ArticleField::kBody, cursor.number(),
                          "the file ends before the body; expected --- behind the byline");
    }
  } while (!IsDivider(cursor.line()));
  return absl::OkStatus();
}

// Reads the rest of the file.
absl::Status ReadBody(absl::string_view file, LineCursor& cursor, ArticleLayout& layout) {
  const size_t begin = cursor.end();
  const size_t first_line = cursor.number() + 1;
  size_t divider = absl::string_view::npos;  // one that only blank lines have followed so far
  size_t end = absl::string_view::npos;
  while (cursor.Next()) {
    const absl::string_view line = cursor.line();
    if (IsDivider(line)) {
      divider = cursor.begin();
    } else if (!line.empty()) {
      if (divider != absl::string_view::npos && absl::StartsWith(line, kFooterStart)) end = divider;
      divider = absl::string_view::npos;
    }
  }
  if (end == absl::string_view::npos) {
    return InvalidField(ArticleField::kBody, cursor.number(),
                        absl::StrCat("the file ends in the body; expected --- and `", kFooterStart, " …*` behind it"));
  }
  layout.values[static_cast<size_t>(ArticleField::kBody)] = {file.substr(begin, end - begin), first_line};
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ArticleLayout> FindArticleLayout(absl::string_view file) {
  ArticleLayout layout;
  LineCursor cursor(file);
  RETURN_IF_ERROR(ExpectOpeningDivider(cursor));
  RETURN_IF_ERROR(ReadFrontMatter(file, cursor, layout));
  RETURN_IF_ERROR(SkipHeader(cursor));
  RETURN_IF_ERROR(ReadBody(file, cursor, layout));
  return layout;
}

}  // namespace gisa
