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

// Writes the postings of all terms, and adds the bigrams that may be frequent, in `least` documents or more, to the
// collector. Returns these, by code.
absl::StatusOr<std::vector<BigramFrequency>> WriteTerms(const MemorySegment& segment, const DocTable& table,
                                                        uint32_t least, TrigramCollector* trigrams,
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
    if (code.has_value() && IsBigram(*code) && documents >= least) {
      bigrams.push_back({*code, documents});
      trigrams->Add(bigrams.back(), postings);
    }
    builder.Finish(&chunk);
    return writer->AddChunk(term, chunk);
  }));
  return bigrams;
}

absl::Status WriteTrigrams(const TrigramCollector& trigrams, TrigramWriter* writer) {
  RETURN_IF_ERROR(trigrams.ForEach(writer->bigrams(), [writer](const TrigramCollector::List& list) -> absl::Status {
    if (!writer->Begin(list.first, list.second, list.documents)) return absl::OkStatus();
    for (const TrigramCollector::Posting& posting : list.postings) writer->Add(posting.doc, posting.freq);
    return writer->End();
  }));
  return writer->Finish();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const SegmentFile>> WriteSegment(const IndexSegment& segment, const DocTable& table,
                                                                SegmentWriter* writer) {
  const auto documents = static_cast<uint32_t>(segment.docs.size());
  TrigramCollector trigrams(documents, segment.postings.CrowdedTrigrams());
  ASSIGN_OR_RETURN(std::vector<BigramFrequency> bigrams,
                   WriteTerms(segment.postings, table, MinFrequentDocuments(documents), &trigrams, writer));
  TrigramWriter trigram_writer(ChooseFrequentBigrams(std::move(bigrams), documents), documents, writer);
  RETURN_IF_ERROR(WriteTrigrams(trigrams, &trigram_writer));
  return writer->Finish(segment.docs, table);
}

}  // namespace gisa
