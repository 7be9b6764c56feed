#include "storage/leveldb/trigram_writer.h"

#include <algorithm>
#include <utility>

#include "storage/index/trigram_scope.h"

namespace gisa {

TrigramWriter::TrigramWriter(std::vector<BigramFrequency> bigrams, uint32_t documents, SegmentWriter* writer)
    : bigrams_(std::move(bigrams)), documents_(documents), writer_(*writer) {}

bool TrigramWriter::Begin(const BigramFrequency& first, const BigramFrequency& second, uint64_t documents) {
  trigram_ = {first.code, second.code};
  if (IsSelective(documents, std::min(first.documents, second.documents), documents_)) return true;
  AddException(trigram_);
  return false;
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
