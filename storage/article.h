#ifndef GISA_STORAGE_ARTICLE_H_
#define GISA_STORAGE_ARTICLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "absl/time/time.h"
#include "storage/base/sha256.h"

namespace gisa {

// Names one article of one publisher. Both parts are 1 to 64 of [A-Za-z0-9._-]; they are strings, leading zeros count.
struct ArticleKey {
  std::string oid;
  std::string aid;

  friend bool operator==(const ArticleKey& a, const ArticleKey& b) { return a.oid == b.oid && a.aid == b.aid; }
  friend bool operator!=(const ArticleKey& a, const ArticleKey& b) { return !(a == b); }
  friend bool operator<(const ArticleKey& a, const ArticleKey& b) {
    return std::tie(a.oid, a.aid) < std::tie(b.oid, b.aid);
  }
  template <typename H>
  friend H AbslHashValue(H h, const ArticleKey& key) {
    return H::combine(std::move(h), key.oid, key.aid);
  }

  // As people see and type it: `oid/aid`.
  std::string ToString() const { return oid + "/" + aid; }
};

// What a crawler knows about an article: everything an ingest brings. Text is valid UTF-8, unescaped.
struct Article {
  ArticleKey key;
  std::string title;
  std::string category;
  std::string publisher;
  std::string author;
  std::string url;
  std::optional<absl::Time> published_at;  // microsecond resolution
  std::optional<absl::Time> crawled_at;    // microsecond resolution
  std::string body;
};

// An article as the archive holds it.
struct StoredArticle {
  Article article;  // the body is empty when it was not asked for
  Sha256Digest content_hash = {};
  uint32_t revision = 0;
  uint64_t sequence = 0;
  absl::Time ingested_at;
  std::optional<absl::Time> last_crawled_at;
  ArticleKey canonical;
};

}  // namespace gisa

#endif  // GISA_STORAGE_ARTICLE_H_
