#ifndef GISA_STORAGE_LEVELDB_TEXT_REWRITER_H_
#define GISA_STORAGE_LEVELDB_TEXT_REWRITER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/leveldb/change_value.h"
#include "storage/leveldb/transaction.h"

namespace gisa {

// Writes a change anew, with another text than that of `change`.
void ReplaceText(uint64_t sequence, ChangeValue change, absl::string_view stored_text, Transaction& transaction);

// Stores the texts of changes `first` to `last` anew that were stored without the newest dictionary, where that makes
// them smaller. INTERNAL DATA_CORRUPTED, and errors of reading.
absl::Status RewriteTexts(uint64_t first, uint64_t last, Transaction& transaction);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TEXT_REWRITER_H_
