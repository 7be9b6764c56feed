#include "storage/leveldb/index_segment.h"

#include <optional>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/index/frequent_bigrams.h"
#include "storage/index/posting_chunk.h"
#include "storage/index/trigram.h"
#include "storage/index/trigram_collector.h"
#include "storage/leveldb/trigram_writer.h"

namespace gisa {

namespace {

// Writes the postings of all terms. Returns in how many documents each bigram is, by code.
absl::StatusOr<std::vector<BigramFrequency>> WriteTerms(const MemorySegment& segment, const DocTable& table,
                                                        SegmentWriter* writer) {
  std::vector<BigramFrequency> bigrams;
  ChunkBuilder builder(&table);
  EncodedChunk chunk;
  RETURN_IF_ERROR(segment.ForEachTerm([&](absl::string_view term, absl::Span<const RunSlice> postings) {
    uint32_t documents = 0;
    for (const RunSlice& slice : postings) {
      documents += slice.end - slice.begin;
      for (uint32_t i = slice.begin; i < slice.end; ++i) {
        const DocId doc = slice.run->docs[i];
        builder.Add(doc, slice.run->occurrences_of(i));
      }
    }
    const std::optional<TermCode> code = CodeOfTerm(term);
    if (code.has_value() && IsBigram(*code)) bigrams.push_back({*code, documents});
    builder.Finish(&chunk);
    return writer->AddChunk(term, chunk);
  }));
  return bigrams;
}

absl::Status WriteTrigrams(const MemorySegment& segment, TrigramWriter* writer) {
  TrigramCollector collector(writer->bigrams());
  segment.ForEachRun([&collector](const PostingRun& run) { collector.Add(run); });
  RETURN_IF_ERROR(collector.ForEach(
      [writer](const Trigram& trigram, absl::Span<const TrigramCollector::Posting> postings) -> absl::Status {
        if (!writer->Begin(trigram, postings.size())) return absl::OkStatus();
        for (const TrigramCollector::Posting& posting : postings) writer->Add(posting.doc, posting.freq);
        return writer->End();
      }));
  return writer->Finish();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const SegmentFile>> WriteSegment(const IndexSegment& segment, const DocTable& table,
                                                                SegmentWriter* writer) {
  ASSIGN_OR_RETURN(std::vector<BigramFrequency> bigrams, WriteTerms(segment.postings, table, writer));
  const auto documents = static_cast<uint32_t>(segment.docs.size());
  TrigramWriter trigrams(ChooseFrequentBigrams(std::move(bigrams), documents), documents, writer);
  RETURN_IF_ERROR(WriteTrigrams(segment.postings, &trigrams));
  return writer->Finish(segment.docs, table);
}

}  // namespace gisa
