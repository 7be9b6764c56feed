// Any bytes are a JSON article or a clear error, and an article that was read survives being written and read again, as
// JSON and as a file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "client/article_file.h"
#include "storage/base/errors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const gisa::ArticleFileZones zones = {absl::FixedTimeZone(9 * 60 * 60), absl::UTCTimeZone()};
  const absl::string_view input(reinterpret_cast<const char*>(data), size);
  const auto article = gisa::ParseArticleJson(input, zones);
  if (!article.ok()) {
    if (gisa::ErrorReason(article.status()).empty()) std::abort();
    return 0;
  }
  const std::string expected = article->SerializeAsString();
  const auto from_json = gisa::ParseArticleJson(gisa::FormatArticleJson(*article, zones), zones);
  if (!from_json.ok() || from_json->SerializeAsString() != expected) std::abort();
  const auto from_file = gisa::ParseArticleFile(gisa::FormatArticleFile(*article, zones), zones);
  if (!from_file.ok() || from_file->SerializeAsString() != expected) std::abort();
  return 0;
}
