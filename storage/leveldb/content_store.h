#ifndef GISA_STORAGE_LEVELDB_CONTENT_STORE_H_
#define GISA_STORAGE_LEVELDB_CONTENT_STORE_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/article.h"
#include "storage/base/sha256.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// Bodies are stored once, with the articles that hold them. An article holds a body while one of its revisions,
// superseded ones included, has it. The holder that first brought the body is its canonical article.
//
// Each function stages its writes and counts them in the transaction's state. Errors are those of reading.

struct AddedContent {
  ArticleKey canonical;
  uint64_t body_id = 0;
  bool is_new = false;  // the body was not stored before
};

// Notes that `revision` of `key`, committed at `sequence`, has this body of `size` bytes. Calls `encoded_body` for what
// to store when it is new.
absl::StatusOr<AddedContent> AddHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                       const ArticleKey& key, uint32_t revision, uint64_t sequence, size_t size,
                                       absl::FunctionRef<std::string()> encoded_body);

// Notes that no revision of `key` has this body any more. When it was the canonical one, the earliest remaining holder
// takes its place; when it was the last, the body goes.
absl::Status RemoveHolder(Transaction& transaction, const Sha256Digest& content_hash, const ArticleKey& key);

// The canonical article that the record names.
ArticleKey CanonicalOf(const storage::v1::ContentRecord& content);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CONTENT_STORE_H_
