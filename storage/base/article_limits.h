#ifndef GISA_STORAGE_BASE_ARTICLE_LIMITS_H_
#define GISA_STORAGE_BASE_ARTICLE_LIMITS_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace gisa {

// Upper limits of an article's fields, in bytes, as gisa/v1/article.proto states them.
inline constexpr size_t kMaxKeyPartBytes = 64;
inline constexpr size_t kMaxTitleBytes = 8192;
inline constexpr size_t kMaxCategoryBytes = 1024;
inline constexpr size_t kMaxPublisherBytes = 1024;
inline constexpr size_t kMaxAuthorBytes = 8192;
inline constexpr size_t kMaxUrlBytes = 8192;
// The default of the server's --max-body-bytes.
inline constexpr size_t kDefaultMaxBodyBytes = 4 << 20;

// Whether `part` may be an oid or an aid: 1 to 64 of [A-Za-z0-9._-].
inline bool IsValidKeyPart(absl::string_view part) {
  if (part.empty() || part.size() > kMaxKeyPartBytes) return false;
  for (const char c : part) {
    const bool allowed =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (!allowed) return false;
  }
  return true;
}

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_ARTICLE_LIMITS_H_
