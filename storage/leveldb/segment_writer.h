#ifndef GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_
#define GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "leveldb/write_batch.h"
#include "storage/index/doc_table.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/second_characters.h"
#include "storage/leveldb/index_database.h"

namespace gisa {

// Writes a new segment in batches of a few MiB, so that memory stays bounded and the database is never held up for
// long. Nobody reads it before the state names it; a crash leaves data that the next start removes.
class SegmentWriter {
 public:
  // `database` must outlive this. Whatever an earlier try left under this id must be the same.
  SegmentWriter(IndexDatabase& database, SegmentId segment) : database_(database), segment_(segment) {}

  SegmentId segment() const { return segment_; }

  // Adds a term, encoded or as another segment has it.
  absl::Status AddChunk(absl::string_view term, const EncodedChunk& chunk);
  absl::Status AddPostings(absl::string_view term, absl::string_view postings);
  absl::Status AddPiece(absl::string_view term, uint32_t piece, absl::string_view occurrences);

  // After the last term: adds what is kept of the terms together, and the values of all documents of the segment,
  // ascending.
  absl::Status Finish(absl::Span<const DocId> docs, const DocTable& table);

  // After that: puts a large segment into files of its own. A small one is not worth them.
  absl::Status SetApart();
  bool is_apart() const { return is_apart_; }

  // What is not yet written. It must be, and synced, with the state that names the segment.
  leveldb::WriteBatch& rest() { return batch_; }

 private:
  absl::Status Put(const IndexKey& key, absl::string_view value);
  absl::Status WriteBatch();

  IndexDatabase& database_;
  const SegmentId segment_;
  leveldb::WriteBatch batch_;
  SecondCharacters second_characters_;
  size_t written_bytes_ = 0;
  bool is_apart_ = false;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_
