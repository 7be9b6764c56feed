#ifndef GISA_STORAGE_LEVELDB_TAKE_DOWN_H_
#define GISA_STORAGE_LEVELDB_TAKE_DOWN_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/archive.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// Stages the deletion of an article with all its revisions, and its tombstone; for a tombstone nothing. NOT_FOUND
// ARTICLE_NOT_FOUND; errors of reading.
absl::StatusOr<DeleteResult> ApplyDelete(const ArticleKey& key, absl::string_view reason, absl::Time now,
                                         Transaction& transaction);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TAKE_DOWN_H_
