#ifndef GISA_TESTS_SUPPORT_ARCHIVE_CALLS_H_
#define GISA_TESTS_SUPPORT_ARCHIVE_CALLS_H_

#include <string>

#include "absl/status/statusor.h"
#include "storage/archive.h"

namespace gisa {

// Archive's asynchronous calls, waited for.
absl::StatusOr<IngestResult> IngestAndWait(Archive& archive, IngestCommand command);
absl::StatusOr<IngestResult> IngestAndWait(Archive& archive, Article article);
absl::StatusOr<DeleteResult> DeleteAndWait(Archive& archive, const ArticleKey& key, absl::string_view reason);

// An article with every field set; `body` tells it apart.
Article MakeArticle(const ArticleKey& key, const std::string& body);

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_ARCHIVE_CALLS_H_
