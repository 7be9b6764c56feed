// Any bytes are an article file or a clear error, and an article that was read survives being written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "client/article_file.h"
#include "storage/base/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const gisa::ArticleFileZones zones = {absl::FixedTimeZone(9 * 60 * 60), absl::UTCTimeZone()};
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const auto article = gisa::ParseArticleFile(input, zones);
  if (!article.ok()) {
    if (gisa::ErrorReason(article.status()).empty()) std::abort();
    return 0;
  }
  const auto again = gisa::ParseArticleFile(gisa::FormatArticleFile(*article, zones), zones);
  if (!again.ok() || again->SerializeAsString() != article->SerializeAsString()) std::abort();
  return 0;
}
