#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/article_fields.h"
#include "client/article_file.h"
#include "client/article_time.h"
#include "nlohmann/json.hpp"
#include "storage/base/errors.h"
#include "storage/base/sha256.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// Deeper nesting in a field that is ignored anyway is refused. The parser itself does not recurse.
constexpr size_t kMaxDepth = 100;

// Gathers the members of the outermost object that are fields of an article.
class ArticleHandler final : public nlohmann::json_sax<nlohmann::json> {
 public:
  // What is wrong, should parsing have failed or not.
  absl::Status status() const {
    if (!syntax_error_.empty()) return InvalidArticleFile(syntax_error_);
    if (!violations_.empty()) return InvalidFieldsError(kInvalidArticleFile, violations_);
    return absl::OkStatus();
  }

  ArticleTexts& texts() { return texts_; }

  bool null() override {
    return Visit([](ArticleField) {});
  }  // as if it were not there
  bool boolean(bool) override { return Refuse("true or false"); }
  bool number_integer(number_integer_t) override { return Refuse("a number"); }
  bool number_unsigned(number_unsigned_t) override { return Refuse("a number"); }
  bool number_float(number_float_t, const string_t&) override { return Refuse("a number"); }
  bool binary(binary_t&) override { return Refuse("binary"); }  // never in JSON text
  bool string(string_t& value) override {
    return Visit([&](ArticleField field) { texts_[field] = FieldText{std::move(value)}; });
  }

  bool start_object(size_t) override { return depth_ == 0 ? Enter() : Refuse("an object") && Enter(); }
  bool start_array(size_t) override { return Refuse("an array") && Enter(); }
  bool end_object() override { return Leave(); }
  bool end_array() override { return Leave(); }

  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    field_ = FindArticleField(name);
    if (!field_.has_value()) return true;
    bool& seen = seen_[static_cast<size_t>(*field_)];
    if (seen) violations_.push_back({name, "given twice; expected once"});
    seen = true;
    return true;
  }

  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    // The message without its prefix (which counts in lines and columns) and without the text read last, which is as
    // long as the string that it is in.
    absl::string_view message = error.what();
    const size_t begin = message.find("syntax error");
    if (begin != message.npos) message.remove_prefix(begin);
    const absl::string_view problem = message.substr(0, message.find("; last read: "));
    const size_t expected = message.rfind("; expected ");
    syntax_error_ = absl::StrCat("byte ", position > 0 ? position - 1 : 0, ": not JSON: ", problem,
                                 expected > problem.size() && expected != message.npos ? message.substr(expected) : "");
    return false;
  }

 private:
  // Calls `take` when the value that has just come is that of a field.
  template <typename Take>
  bool Visit(Take take) {
    if (depth_ == 0) return Refuse("");
    if (depth_ == 1 && field_.has_value()) take(*field_);
    return true;
  }

  // Takes note that a value of another type than string stands where a field should.
  bool Refuse(absl::string_view type) {
    if (depth_ == 0) {
      syntax_error_ = "byte 0: not a JSON object; expected {";
      return false;
    }
    if (depth_ == 1 && field_.has_value()) {
      violations_.push_back({std::string(ArticleFieldName(*field_)), absl::StrCat(type, "; expected a string")});
    }
    return true;
  }

  bool Enter() {
    if (++depth_ <= kMaxDepth) return true;
    syntax_error_ = absl::StrCat("nested more than ", kMaxDepth, " deep; expected an object of strings");
    return false;
  }

  bool Leave() {
    --depth_;
    return true;
  }

  ArticleTexts texts_;
  std::array<bool, kArticleFieldNames.size()> seen_ = {};
  std::optional<ArticleField> field_;  // whose value comes next in the outermost object
  size_t depth_ = 0;                   // of objects and arrays that are open
  std::string syntax_error_;
  std::vector<FieldViolation> violations_;
};

}  // namespace

absl::StatusOr<v1::Article> ParseArticleJson(absl::string_view line, const ArticleFileZones& zones) {
  RETURN_IF_ERROR(CheckUtf8(line));
  ArticleHandler handler;
  nlohmann::json::sax_parse(line.begin(), line.end(), &handler);
  RETURN_IF_ERROR(handler.status());
  return MakeArticle(std::move(handler.texts()), zones);
}

std::string FormatArticleJson(const v1::Article& article, const ArticleFileZones& zones) {
  nlohmann::ordered_json json;
  const auto set = [&json](ArticleField field, nlohmann::ordered_json value) {
    json[std::string(ArticleFieldName(field))] = std::move(value);
  };
  set(ArticleField::kId, absl::StrCat(article.oid(), "_", article.aid()));
  set(ArticleField::kTitle, article.title());
  set(ArticleField::kCategory, article.category());
  set(ArticleField::kPublisher, article.publisher());
  set(ArticleField::kAuthor, article.author());
  set(ArticleField::kPublishedAt, nullptr);
  if (article.has_published_at()) {
    set(ArticleField::kPublishedAt, FormatRfc3339Time(article.published_at(), zones.published_at));
  }
  set(ArticleField::kCrawledAt, nullptr);
  if (article.has_crawled_at()) {
    set(ArticleField::kCrawledAt, FormatRfc3339Time(article.crawled_at(), zones.crawled_at));
  }
  set(ArticleField::kUrl, article.url());
  set(ArticleField::kOid, article.oid());
  set(ArticleField::kAid, article.aid());
  set(ArticleField::kContentHash,
      article.content_hash().empty() ? ToHex(Sha256(article.body())) : article.content_hash());
  set(ArticleField::kBody, article.body());
  // Messages hold valid UTF-8 only; `replace` keeps dump() from throwing should one not.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace gisa
