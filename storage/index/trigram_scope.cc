#include "storage/index/trigram_scope.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "storage/base/errors.h"
#include "storage/index/coding.h"
#include "storage/index/frequent_bigrams.h"

namespace gisa {
namespace {

absl::Status Corrupted() { return DataCorruptedError("what trigrams a segment lists does not parse"); }

}  // namespace

bool TrigramScope::HasBigram(TermCode code) const { return std::binary_search(bigrams_.begin(), bigrams_.end(), code); }

bool TrigramScope::Contains(const Trigram& trigram) const {
  return HasBigram(trigram.first) && HasBigram(trigram.second) &&
         !std::binary_search(exceptions_.begin(), exceptions_.end(), trigram);
}

std::string TrigramScope::Encode() const {
  std::string bytes;
  AppendVarint64(bigrams_.size(), &bytes);
  TermCode last = 0;
  for (const TermCode code : bigrams_) AppendVarint64(code - std::exchange(last, code), &bytes);
  last = 0;
  for (const Trigram& trigram : exceptions_) {
    AppendVarint64(trigram.first - std::exchange(last, trigram.first), &bytes);
    AppendVarint64(trigram.second & 0xFFFF, &bytes);
  }
  return bytes;
}

absl::StatusOr<TrigramScope> TrigramScope::Decode(absl::string_view bytes) {
  Decoder decoder(bytes);
  const uint64_t count = decoder.Varint64();
  if (count > kMaxFrequentBigrams) return Corrupted();
  TrigramScope scope;
  scope.bigrams_.reserve(count);
  uint64_t code = 0;
  for (uint64_t i = 0; i < count; ++i) {
    code += decoder.Varint32();
    if (code > UINT32_MAX) return Corrupted();
    scope.bigrams_.push_back(static_cast<TermCode>(code));
  }
  code = 0;
  while (decoder.ok() && !decoder.rest().empty()) {
    code += decoder.Varint32();
    const uint32_t third = decoder.Varint32();
    if (code > UINT32_MAX || third > 0xFFFF) return Corrupted();
    const auto first = static_cast<TermCode>(code);
    scope.exceptions_.push_back({first, CodeOfCharacters(first & 0xFFFF, third)});
  }
  const bool ascend = std::is_sorted(scope.bigrams_.begin(), scope.bigrams_.end()) &&
                      std::is_sorted(scope.exceptions_.begin(), scope.exceptions_.end());
  if (!decoder.ok() || !ascend) return Corrupted();
  return scope;
}

}  // namespace gisa
