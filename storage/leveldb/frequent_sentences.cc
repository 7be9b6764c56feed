#include "storage/leveldb/frequent_sentences.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/numeric/bits.h"
#include "storage/leveldb/kept_words.h"

namespace gisa {
namespace {

constexpr size_t kMinSentenceBytes = 24;  // eight syllables
constexpr size_t kMaxSentenceBytes = 512;
constexpr size_t kBits = 16 << 20;  // some 20 for each sentence of 40,000 articles
constexpr uint64_t kParts = 32;

bool EndsSentence(char c) { return c == '.' || c == '?' || c == '!'; }

}  // namespace

void ForEachSentence(absl::string_view text, absl::FunctionRef<void(absl::string_view)> visit) {
  size_t begin = 0;  // of the sentence
  const auto end_at = [&](size_t end) {
    while (begin < end && IsWhiteSpace(text[begin])) ++begin;
    while (end > begin && IsWhiteSpace(text[end - 1])) --end;
    const size_t size = end - begin;
    if (size >= kMinSentenceBytes && size <= kMaxSentenceBytes) visit(text.substr(begin, size));
  };
  for (size_t word = 0; word < text.size();) {
    size_t end = word;
    bool is_kept = true;
    while (end < text.size() && !IsWhiteSpace(text[end])) is_kept = MayBeKept(text[end++]) && is_kept;
    const bool is_last = end == text.size() || text[end] != ' ' || (end > word && EndsSentence(text[end - 1]));
    if (!is_kept || is_last) {
      end_at(is_kept ? end : word);
      begin = end;
    }
    word = end + 1;
  }
}

FrequentSentences::FrequentSentences(const Options& options, uint64_t texts)
    : options_(options), texts_(std::max<uint64_t>(texts, 1)), was_there_(kBits) {}

void FrequentSentences::Add(absl::string_view text) {
  const uint64_t number = added_++;
  const uint64_t part = std::min(number * kParts / texts_, kParts - 1);
  ForEachSentence(text, [&](absl::string_view sentence) {
    const size_t bit = absl::HashOf(sentence) % kBits;
    if (!was_there_[bit]) {
      was_there_[bit] = true;
      return;
    }
    auto counted = counts_.find(sentence);
    if (counted == counts_.end()) {
      if (bytes_ + sentence.size() > options_.max_bytes) return;
      bytes_ += sentence.size();
      counted = counts_.emplace(sentence, Count()).first;
    }
    Count& count = counted->second;
    if (std::exchange(count.last_text, number) == number) return;
    ++count.texts;
    count.parts |= uint32_t{1} << part;
  });
}

std::vector<FrequentSentence> FrequentSentences::Take() {
  std::vector<FrequentSentence> frequent;
  for (const auto& [sentence, count] : std::exchange(counts_, {})) {
    if (count.texts < options_.min_texts || absl::popcount(count.parts) < options_.min_parts) continue;
    frequent.push_back({sentence, count.texts});
  }
  bytes_ = 0;
  return frequent;
}

}  // namespace gisa
