#ifndef GISA_STORAGE_INDEX_CHUNK_CURSOR_H_
#define GISA_STORAGE_INDEX_CHUNK_CURSOR_H_

#include <memory>
#include <vector>

#include "storage/index/chunk_occurrences.h"
#include "storage/index/doc_range.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/search_guard.h"

namespace gisa {

// Walks the chunks' documents that are in `range`. The documents of each chunk come after those of the one before.
// `guard` must outlive the cursor.
std::unique_ptr<PostingCursor> NewChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocRange range,
                                              OccurrencesLoader loader, SearchGuard* guard);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CHUNK_CURSOR_H_
