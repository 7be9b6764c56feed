#ifndef GISA_STORAGE_INDEX_CONCAT_CURSOR_H_
#define GISA_STORAGE_INDEX_CONCAT_CURSOR_H_

#include <memory>
#include <vector>

#include "storage/index/posting_cursor.h"

namespace gisa {

// Walks several cursors of one term one after another; the documents of each come after those of the one before.
std::unique_ptr<PostingCursor> NewConcatCursor(std::vector<std::unique_ptr<PostingCursor>> parts);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CONCAT_CURSOR_H_
