#include "tests/bench/article_generator.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/article_reader.h"

namespace gisa {
namespace {

constexpr size_t kMinBodyBytes = 600;
constexpr size_t kMaxBodyBytes = 3000;

constexpr uint64_t kCopyOneIn = 5;
constexpr uint64_t kMaxCopyDistance = 5000;
constexpr uint64_t kTextSeed = uint64_t{1} << 63;  // so that a text does not repeat what its article was drawn by

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
    if (!sentence.empty() && sentence.size() < kMinBodyBytes) {
      sentences_.emplace_back(sentence);
      for (const absl::string_view word : absl::StrSplit(sentence, ' ', absl::SkipEmpty())) words_.emplace_back(word);
    }
    begin = end;
  }
}

ArticleGenerator ArticleGenerator::With(Text text) const {
  ArticleGenerator generator = *this;
  generator.text_ = text;
  return generator;
}

std::string ArticleGenerator::MakeSentences(Random& random) const {
  std::string body;
  const size_t wanted = kMinBodyBytes + random.Below(kMaxBodyBytes - kMinBodyBytes);
  while (body.size() < wanted) {
    if (!body.empty()) body.push_back(random.Below(4) == 0 ? '\n' : ' ');
    body.append(sentences_[random.Below(sentences_.size())]);
  }
  return body;
}

std::string ArticleGenerator::MakeNewText(uint64_t index) const {
  Random random(index ^ kTextSeed);
  std::string body;
  const size_t wanted = kMinBodyBytes + random.Below(kMaxBodyBytes - kMinBodyBytes);
  while (body.size() < wanted) {
    if (!body.empty()) body.push_back(random.Below(4) == 0 ? '\n' : ' ');
    const std::string& sentence = sentences_[random.Below(sentences_.size())];
    body += absl::StrJoin(absl::StrSplit(sentence, ' ', absl::SkipEmpty()), " ",
                          [&](std::string* out, absl::string_view word) {
                            absl::StrAppend(out, random.Below(2) == 0 ? word : words_[random.Below(words_.size())]);
                          });
  }
  return body;
}

std::string ArticleGenerator::MakeEditedCopy(uint64_t original, Random& random) const {
  std::string text = MakeNewText(original);
  // A line, as a rule several sentences, would be much: a sentence ends with a full stop.
  const size_t stop = text.find(". ", random.Below(text.size()));
  if (stop != std::string::npos) {
    const size_t end = std::min(text.find(". ", stop + 2), text.size());
    text.erase(stop, end - stop);
  }
  const std::string edited =
      absl::StrJoin(absl::StrSplit(text, ' '), " ", [&](std::string* out, absl::string_view word) {
        absl::StrAppend(out, random.Below(50) > 0 ? word : words_[random.Below(words_.size())]);
      });
  return absl::StrCat("[새소식 ", words_[random.Below(words_.size())], " 기자] ", edited);
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
  const auto is_copy = [](uint64_t number) { return number % kCopyOneIn == kCopyOneIn - 1; };
  if (text_ == Text::kSentences) {
    article.set_body(MakeSentences(random));
  } else if (!is_copy(index)) {
    article.set_body(MakeNewText(index));
  } else {
    uint64_t original = index - 1 - random.Below(std::min(index, kMaxCopyDistance));
    while (is_copy(original)) --original;
    article.set_body(MakeEditedCopy(original, random));
  }
  return article;
}

}  // namespace gisa
