#include "storage/leveldb/trigram_writer.h"

#include <algorithm>
#include <utility>

#include "storage/index/trigram_scope.h"

namespace gisa {
namespace {

// A list is worth its space when it is much shorter than that of the rarer bigram, or shorter by many documents. In
// small segments it is left to chance which ones are. Measured, see docs/adr/0019.
constexpr double kMaxShareOfBigram = 0.2;
constexpr double kMaxShareOfCommonBigram = 0.5;
constexpr double kCommonShare = 0.1;  // of the documents
constexpr uint32_t kMinTellingDocuments = 8192;

// Whether it is worth a list that a trigram is in so many documents, and the rarer of its bigrams in so many.
bool IsSelective(uint64_t trigram_documents, uint64_t bigram_documents, uint32_t documents) {
  if (documents < kMinTellingDocuments) return true;
  const auto bigram = static_cast<double>(bigram_documents);
  const double share = bigram < kCommonShare * documents ? kMaxShareOfBigram : kMaxShareOfCommonBigram;
  return static_cast<double>(trigram_documents) <= share * bigram;
}

}  // namespace

TrigramWriter::TrigramWriter(std::vector<BigramFrequency> bigrams, uint32_t documents, SegmentWriter* writer)
    : bigrams_(std::move(bigrams)), documents_(documents), writer_(*writer) {}

bool TrigramWriter::Begin(const Trigram& trigram, uint64_t documents) {
  const uint32_t rarer = std::min(bigrams_[*FindBigram(bigrams_, trigram.first)].documents,
                                  bigrams_[*FindBigram(bigrams_, trigram.second)].documents);
  if (!IsSelective(documents, rarer, documents_)) {
    AddException(trigram);
    return false;
  }
  trigram_ = trigram;
  return true;
}

absl::Status TrigramWriter::End() {
  if (builder_.empty()) return absl::OkStatus();
  builder_.Finish(&chunk_);
  return writer_.AddTrigram(trigram_, chunk_);
}

absl::Status TrigramWriter::Finish() {
  std::sort(exceptions_.begin(), exceptions_.end());
  exceptions_.erase(std::unique(exceptions_.begin(), exceptions_.end()), exceptions_.end());
  std::vector<TermCode> codes;
  codes.reserve(bigrams_.size());
  for (const BigramFrequency& bigram : bigrams_) codes.push_back(bigram.code);
  return writer_.AddTrigramScope(TrigramScope(std::move(codes), std::move(exceptions_)));
}

}  // namespace gisa
