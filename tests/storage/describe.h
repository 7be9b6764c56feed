#ifndef GISA_TESTS_STORAGE_DESCRIBE_H_
#define GISA_TESTS_STORAGE_DESCRIBE_H_

#include <string>
#include <vector>

#include "absl/types/span.h"
#include "storage/archive.h"

namespace gisa {

// Everything that a value says, as text: to compare two of them, and to see where they differ.
std::string Describe(const StoredArticle& article);
std::string Describe(const IngestResult& result);
std::string Describe(const DeleteResult& result);
std::vector<std::string> Describe(absl::Span<const StoredArticle> articles);

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_DESCRIBE_H_
