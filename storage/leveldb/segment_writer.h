#ifndef GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_
#define GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "leveldb/env.h"
#include "leveldb/table_builder.h"
#include "storage/index/doc_table.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/second_characters.h"
#include "storage/index/trigram.h"
#include "storage/index/trigram_scope.h"
#include "storage/leveldb/segment_file.h"

namespace gisa {

// Writes a new segment's file from end to end. Nobody reads it before the state names it; what a crash leaves of one
// is removed by the next start.
class SegmentWriter {
 public:
  // `env` must outlive this.
  static absl::StatusOr<std::unique_ptr<SegmentWriter>> Create(leveldb::Env* env, std::string dir, SegmentId segment);
  // Removes a file that was not finished.
  ~SegmentWriter();

  SegmentWriter(const SegmentWriter&) = delete;
  SegmentWriter& operator=(const SegmentWriter&) = delete;

  // Add a term, behind all before it in the order of bytes: encoded, or as another segment has it, with its pieces.
  absl::Status AddChunk(absl::string_view term, const EncodedChunk& chunk);
  absl::Status AddPostings(absl::string_view term, absl::string_view postings);
  absl::Status AddPiece(absl::string_view term, uint32_t piece, absl::string_view occurrences);

  // After the last term, add a trigram's documents, behind all before it; and, after the last of them, which there are.
  absl::Status AddTrigram(const Trigram& trigram, const EncodedChunk& chunk);
  absl::Status AddTrigramScope(const TrigramScope& scope);

  // After the last trigram: adds what is kept of the terms together, and the values of all documents of the segment,
  // ascending. Syncs the file, and opens it.
  absl::StatusOr<std::shared_ptr<const SegmentFile>> Finish(absl::Span<const DocId> docs, const DocTable& table);

 private:
  SegmentWriter(leveldb::Env* env, std::string dir, SegmentId segment, leveldb::WritableFile* file);

  absl::Status Put(const IndexKey& key, absl::string_view value);
  absl::Status Sync();
  absl::Status Translate(const leveldb::Status& status) const;

  leveldb::Env* const env_;
  const std::string dir_;
  const SegmentId segment_;
  const std::unique_ptr<leveldb::WritableFile> file_;
  leveldb::TableBuilder table_;
  SecondCharacters second_characters_;
  uint64_t synced_bytes_ = 0;
  bool is_built_ = false;     // the table, or it failed to be
  bool is_finished_ = false;  // and is to stay
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_SEGMENT_WRITER_H_
