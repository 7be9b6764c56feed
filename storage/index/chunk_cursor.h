#ifndef GISA_STORAGE_INDEX_CHUNK_CURSOR_H_
#define GISA_STORAGE_INDEX_CHUNK_CURSOR_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/index/document.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/posting_cursor.h"
#include "storage/index/search_guard.h"

namespace gisa {

// A term's chunk in one segment.
struct TermChunk {
  uint32_t segment = 0;
  std::shared_ptr<const PostingChunk> chunk;
};

// Reads one piece of the occurrences beside a segment's chunk.
using OccurrencesLoader =
    std::function<absl::StatusOr<std::shared_ptr<const std::string>>(uint32_t segment, uint32_t piece)>;

// Walks the chunks' documents below `limit`. The documents of each chunk come after those of the one before. `guard`
// must outlive the cursor.
std::unique_ptr<PostingCursor> NewChunkCursor(std::shared_ptr<const std::vector<TermChunk>> chunks, DocId limit,
                                              OccurrencesLoader loader, SearchGuard* guard);

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_CHUNK_CURSOR_H_
