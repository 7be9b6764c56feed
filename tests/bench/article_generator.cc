#include "tests/bench/article_generator.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/article_reader.h"
#include "tests/bench/random.h"

namespace gisa {
namespace {

constexpr size_t kMinBodyBytes = 600;
constexpr size_t kMaxBodyBytes = 3000;

}  // namespace

absl::StatusOr<ArticleGenerator> ArticleGenerator::FromFiles(const std::vector<std::string>& paths) {
  ArticleGenerator generator;
  absl::Status status;
  ArticleReader(paths, ArticleFileZones()).ReadAll([&](ReadArticle read) {
    if (read.article.ok()) {
      generator.AddText(read.article->title(), read.article->body());
    } else {
      status = absl::InvalidArgumentError(absl::StrCat(read.source, ": ", read.article.status().message()));
    }
    return status.ok();
  });
  if (!status.ok()) return status;
  if (generator.sentences_.empty()) return absl::InvalidArgumentError("the given files hold no sentence to draw from");
  return generator;
}

void ArticleGenerator::AddText(const std::string& title, const std::string& body) {
  titles_.push_back(title);
  size_t begin = 0;
  while (begin < body.size()) {
    const size_t stop = std::min(body.find(". ", begin), body.find('\n', begin));
    const size_t end = stop == std::string::npos ? body.size() : stop + 1;
    const absl::string_view sentence = absl::StripAsciiWhitespace(absl::string_view(body).substr(begin, end - begin));
    if (!sentence.empty() && sentence.size() < kMinBodyBytes) sentences_.emplace_back(sentence);
    begin = end;
  }
}

v1::Article ArticleGenerator::Make(uint64_t index) const {
  Random random(index);
  v1::Article article;
  article.set_oid(absl::StrFormat("%03d", random.Below(40)));
  article.set_aid(absl::StrFormat("%010d", index));
  article.set_title(titles_[random.Below(titles_.size())]);
  article.set_category("사회");
  article.set_publisher(absl::StrCat("신문", article.oid()));
  article.set_author("기자");
  article.set_url(absl::StrCat("https://news.example.kr/article/", article.oid(), "/", article.aid()));
  article.mutable_published_at()->set_seconds(static_cast<int64_t>(1'700'000'000 + index * 2 + random.Below(3600)));
  article.mutable_crawled_at()->set_seconds(article.published_at().seconds() + 7200);
  std::string* const body = article.mutable_body();
  const size_t wanted = kMinBodyBytes + random.Below(kMaxBodyBytes - kMinBodyBytes);
  while (body->size() < wanted) {
    if (!body->empty()) body->push_back(random.Below(4) == 0 ? '\n' : ' ');
    body->append(sentences_[random.Below(sentences_.size())]);
  }
  return article;
}

}  // namespace gisa
