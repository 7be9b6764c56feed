#include "storage/leveldb/index_segment.h"

#include "storage/base/status_macros.h"
#include "storage/index/posting_chunk.h"

namespace gisa {

absl::StatusOr<std::shared_ptr<const SegmentFile>> WriteSegment(const IndexSegment& segment, const DocTable& table,
                                                                SegmentWriter* writer) {
  ChunkBuilder builder;
  EncodedChunk chunk;
  RETURN_IF_ERROR(segment.postings.ForEachTerm([&](absl::string_view term, absl::Span<const RunSlice> postings) {
    for (const RunSlice& slice : postings) {
      for (uint32_t i = slice.begin; i < slice.end; ++i) {
        const DocId doc = slice.run->docs[i];
        builder.Add(doc, table.length(doc), slice.run->occurrences_of(i));
      }
    }
    builder.Finish(&chunk);
    return writer->AddChunk(term, chunk);
  }));
  return writer->Finish(segment.docs, table);
}

}  // namespace gisa
