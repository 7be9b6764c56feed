#ifndef GISA_TESTS_CLIENT_ARTICLE_TESTING_H_
#define GISA_TESTS_CLIENT_ARTICLE_TESTING_H_

#include <random>
#include <string>

#include "absl/strings/string_view.h"
#include "client/article_file.h"

namespace gisa {

// The zones that the crawled files use by custom.
ArticleFileZones KoreanZones();

// A zone by its name, which must exist.
absl::TimeZone LoadZone(absl::string_view name);

// A path in the folder that some machines have beside the sources, and in the sources' tests/testdata.
std::string SharedPath(absl::string_view path);
std::string TestDataPath(absl::string_view path);

void ExpectSameArticle(const v1::Article& actual, const v1::Article& expected);

// A valid article made to trip readers and writers: white space at every edge, markup, entities as text, dividers,
// footers, decomposed Hangul, emoji, control characters, odd times.
v1::Article RandomNastyArticle(std::mt19937& random);

}  // namespace gisa

#endif  // GISA_TESTS_CLIENT_ARTICLE_TESTING_H_
