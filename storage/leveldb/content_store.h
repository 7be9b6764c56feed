#ifndef GISA_STORAGE_LEVELDB_CONTENT_STORE_H_
#define GISA_STORAGE_LEVELDB_CONTENT_STORE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "storage/article.h"
#include "storage/base/sha256.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// Bodies are stored once, in the change that brought them first; here is who holds them. An article holds a body while
// one of its revisions, superseded ones included, has it. The holder that first brought the body is its canonical
// article.
//
// Each function stages its writes and counts them in the transaction's state, but for the stored bytes: the text is the
// caller's to write and to take away. Errors are those of reading.

struct AddedContent {
  ArticleKey canonical;
  uint64_t body_id = 0;
  bool is_new = false;  // the body was not stored before
};

// Notes that `revision` of `key`, brought by the change `sequence`, has this body of `size` bytes. `absent_as_of` is
// for Transaction::Get of the content.
absl::StatusOr<AddedContent> AddHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                       std::optional<uint64_t> absent_as_of, const ArticleKey& key, uint32_t revision,
                                       uint64_t sequence, size_t size);

struct RemovedContent {
  uint64_t body_id = 0;
  bool was_last = false;  // nobody holds the body any more
};

// Notes that no revision of `key` has this body any more. When it was the canonical one, the earliest remaining holder
// takes its place.
absl::StatusOr<RemovedContent> RemoveHolder(Transaction& transaction, const Sha256Digest& content_hash,
                                            const ArticleKey& key);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_CONTENT_STORE_H_
