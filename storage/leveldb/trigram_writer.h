#ifndef GISA_STORAGE_LEVELDB_TRIGRAM_WRITER_H_
#define GISA_STORAGE_LEVELDB_TRIGRAM_WRITER_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "storage/index/frequent_bigrams.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/trigram.h"
#include "storage/leveldb/segment_writer.h"

namespace gisa {

// Writes the trigrams of a segment: lists of the documents that have them, and which those are.
class TrigramWriter {
 public:
  // `bigrams`: the frequent ones of the segment, of `documents` documents, by code. `writer` outlives this.
  TrigramWriter(std::vector<BigramFrequency> bigrams, uint32_t documents, SegmentWriter* writer);

  absl::Span<const BigramFrequency> bigrams() const { return bigrams_; }

  // Begins the trigram of two of the frequent bigrams, behind all before it, which is in about so many documents. False
  // when it gets no list: so many that there is no use in one.
  bool Begin(const BigramFrequency& first, const BigramFrequency& second, uint64_t documents);
  // Adds a document of the trigram, above those before it.
  void Add(DocId doc, uint32_t freq) { builder_.AddWithoutOccurrences(doc, freq); }
  // Then completes it, unless it is in no document.
  absl::Status End();

  // Says that a trigram gets no list, which may be said twice.
  void AddException(const Trigram& trigram) { exceptions_.push_back(trigram); }

  // After the last trigram.
  absl::Status Finish();

 private:
  const std::vector<BigramFrequency> bigrams_;
  const uint32_t documents_;
  SegmentWriter& writer_;
  Trigram trigram_;
  ChunkBuilder builder_{/*docs=*/nullptr};
  EncodedChunk chunk_;
  std::vector<Trigram> exceptions_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TRIGRAM_WRITER_H_
