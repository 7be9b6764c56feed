#include "tests/support/api_articles.h"

#include "absl/strings/str_cat.h"
#include "storage/base/sha256.h"

namespace gisa {

v1::ArticleKey ApiKey(const std::string& oid, const std::string& aid) {
  v1::ArticleKey key;
  key.set_oid(oid);
  key.set_aid(aid);
  return key;
}

std::string KeyText(const v1::ArticleKey& key) { return absl::StrCat(key.oid(), "/", key.aid()); }
std::string KeyText(const v1::Article& article) { return absl::StrCat(article.oid(), "/", article.aid()); }

v1::Article ApiArticle(const std::string& aid, const std::string& body) {
  v1::Article article;
  article.set_oid("101");
  article.set_aid(aid);
  article.set_title("제목");
  article.set_category("사회");
  article.set_publisher("한빛신문");
  article.set_author("이가람 기자");
  article.mutable_published_at()->set_seconds(1767020400);
  article.mutable_crawled_at()->set_seconds(1767074996);
  article.set_url(absl::StrCat("https://news.example.kr/article/101/", aid));
  article.set_body(body);
  return article;
}

std::string HashOf(const std::string& body) { return ToHex(Sha256(body)); }

}  // namespace gisa
