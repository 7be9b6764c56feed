#include "tests/storage/random_articles.h"

#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

constexpr size_t kRememberedBodies = 12;

}  // namespace

std::string RandomArticles::Oid() { return OneOf<std::string>({"01", "018", "018", "0181", "a-b"}); }

Article RandomArticles::MakeArticle(const ArticleKey& key) {
  Article article;
  article.key = key;
  article.title = Text(3);
  article.category = OneOf<std::string>({"", "사회", "경제"});
  article.publisher = absl::StrCat("신문 ", key.oid);
  article.author = OneOf<std::string>({"", "이가람 기자", "김나래"});
  article.url = absl::StrCat("https://news.example.kr/", key.oid, "/", key.aid);
  article.published_at = PublishedAt();
  article.crawled_at = CrawledAt();
  article.body = Body();
  return article;
}

void RandomArticles::Revise(Article& article) {
  do {
    switch (Below(7)) {
      case 0:
        article.title = Text(3);
        break;
      case 1:
        article.category = OneOf<std::string>({"", "사회", "경제"});
        break;
      case 2:
        article.author = OneOf<std::string>({"", "이가람 기자", "김나래"});
        break;
      case 3:
        article.url = absl::StrCat(article.url, Below(3));
        if (article.url.size() > 100) article.url.clear();
        break;
      case 4:
        article.published_at = PublishedAt();
        break;
      default:
        article.body = Body();
    }
  } while (OneIn(3));
  if (OneIn(2)) article.crawled_at = CrawledAt();
}

std::optional<absl::Time> RandomArticles::PublishedAt() {
  if (OneIn(8)) return std::nullopt;
  return absl::FromUnixSeconds(static_cast<int64_t>(Below(12)) - 3) + absl::Microseconds(static_cast<int>(Below(2)));
}

std::optional<absl::Time> RandomArticles::CrawledAt() {
  if (OneIn(10)) return std::nullopt;
  return absl::FromUnixSeconds(static_cast<int64_t>(Below(1000)));
}

std::string RandomArticles::Body() {
  if (!bodies_.empty() && !OneIn(3)) return OneOf(bodies_);
  std::string body = OneIn(20) ? "" : Text(OneIn(30) ? 600 : 12);
  if (bodies_.size() < kRememberedBodies) {
    bodies_.push_back(body);
  } else if (OneIn(4)) {
    bodies_[Below(kRememberedBodies)] = body;
  }
  return body;
}

std::string RandomArticles::Text(size_t max_words) {
  std::string text;
  for (size_t words = Below(max_words + 1); words > 0; --words) {
    text += Word();
    text += OneOf<std::string>({" ", " ", " ", ", ", "\n", "ㆍ", ""});
  }
  return text;
}

std::string RandomArticles::Query() {
  if (OneIn(30)) return OneOf<std::string>({"", " \n", "?!", "😀"});
  std::string query = Word();
  if (OneIn(3)) query += OneOf<std::string>({" ", "\u3000", " ! ", "\t"}) + Word();
  return query;
}

std::string RandomArticles::Word() {
  static const std::vector<std::string> kOthers = {
      "AI",     "ai", "G20",  "U.S.", "한·미", "美國", "\uff21\uff29", "\u1103\u1162전", "\u1109\u1165울",
      "カメラ", "x1", "1,234"};
  static const std::vector<std::string> kSyllables = {"대", "전", "서", "울", "물"};
  if (OneIn(4)) return OneOf(kOthers);
  std::string word;
  for (size_t syllables = 1 + Below(4); syllables > 0; --syllables) word += OneOf(kSyllables);
  if (OneIn(12)) word += OneOf(kOthers);
  return word;
}

}  // namespace gisa
