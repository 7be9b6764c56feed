#ifndef GISA_STORAGE_INDEX_DOC_VALUES_H_
#define GISA_STORAGE_INDEX_DOC_VALUES_H_

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/article.h"
#include "storage/base/sha256.h"

namespace gisa {

// Stands for a missing time; sorts before every other.
inline constexpr int64_t kNoTime = std::numeric_limits<int64_t>::min();
inline constexpr int64_t kNoPublished = kNoTime;

// What ranking, filters and facets need to know of a document.
struct DocValues {
  int64_t published_micros = kNoTime;
  uint32_t length = 0;        // in characters of Hangul, Han and kana, and other words
  uint32_t title_length = 0;  // in positions
  int64_t crawled_micros = kNoTime;
  // The first 64 bits of the body's SHA-256: documents that agree in it have the same body, but for one chance in
  // millions in an archive of ten million bodies.
  uint64_t content_id = 0;
  absl::string_view oid = {};
  absl::string_view aid = {};
  absl::string_view publisher = {};
  absl::string_view category = {};
  absl::string_view author = {};
};

// What an article says of itself beside its text, to be kept until the index takes it.
struct DocFields {
  int64_t published_micros = kNoTime;
  int64_t crawled_micros = kNoTime;
  uint64_t content_id = 0;
  ArticleKey key;
  std::string publisher;
  std::string category;
  std::string author;

  // Without the lengths. Points into this.
  DocValues values() const;
};

// Of a longer byline only so many bytes, and no part of a code point, are kept: all names are in memory.
inline constexpr size_t kMaxIndexedAuthorBytes = 1024;

uint64_t ContentIdOf(const Sha256Digest& content_hash);

DocFields DocFieldsOf(const Article& article, const Sha256Digest& content_hash);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_DOC_VALUES_H_
