#include "storage/leveldb/text_dictionary.h"

#include <zdict.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/leveldb/kept_words.h"
#include "storage/leveldb/text_alphabet.h"

namespace gisa {
namespace {

constexpr uint32_t kMinTexts = 8;
constexpr size_t kMaxPhraseWords = 4;
constexpr size_t kMinPhraseBytes = 4;
// Twice as much makes texts no smaller by more than a hundredth.
constexpr size_t kMaxPhrasesBytes = 32 << 10;
constexpr size_t kMaxSentencesBytes = 1 << 20;
// Below that Zstandard makes no dictionary.
constexpr size_t kMinContentBytes = 256;
// Its tables take no more.
constexpr size_t kMaxTablesBytes = 4 << 10;
// What a match costs in a compressed text, about: only bytes beyond that are saved. One far away costs more.
constexpr size_t kMatchBytes = 2;
constexpr size_t kFarMatchBytes = 4;
constexpr int kZstdLevel = 1;

// Parts of texts with the white space behind them.
using Words = std::vector<absl::string_view>;

Words SplitWords(absl::string_view text) {
  Words words;
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!IsWhiteSpace(text[i])) continue;
    words.push_back(text.substr(begin, i + 1 - begin));
    begin = i + 1;
  }
  if (begin < text.size()) words.push_back(text.substr(begin));
  return words;
}

// In how many texts phrases are.
class PhraseCounts {
 public:
  void Add(absl::string_view phrase, uint32_t text) {
    Count& count = counts_[phrase];
    if (count.last_text == text) return;
    count.last_text = text;
    ++count.texts;
  }

  bool IsFrequent(absl::string_view phrase) const {
    const auto found = counts_.find(phrase);
    return found != counts_.end() && found->second.texts >= kMinTexts;
  }

  // Forgets the others.
  void KeepFrequent() {
    absl::erase_if(counts_, [](const auto& entry) { return entry.second.texts < kMinTexts; });
  }

  struct Count {
    uint32_t texts = 0;
    uint32_t last_text = UINT32_MAX;
  };
  const absl::flat_hash_map<absl::string_view, Count>& counts() const { return counts_; }

 private:
  absl::flat_hash_map<absl::string_view, Count> counts_;
};

// The phrase of `length` words from word `first` on.
absl::string_view PhraseOf(const Words& words, size_t first, size_t length) {
  const char* const begin = words[first].data();
  const absl::string_view last = words[first + length - 1];
  return {begin, static_cast<size_t>(last.data() + last.size() - begin)};
}

// Counts all phrases of `length` words whose parts of one word less are frequent.
void CountPhrases(const std::vector<Words>& texts, size_t length, PhraseCounts* counts) {
  for (uint32_t text = 0; text < texts.size(); ++text) {
    const Words& words = texts[text];
    for (size_t first = 0; first + length <= words.size(); ++first) {
      const bool may_be_frequent = length == 1 ? MayBeKept(words[first])
                                               : counts->IsFrequent(PhraseOf(words, first, length - 1)) &&
                                                     counts->IsFrequent(PhraseOf(words, first + 1, length - 1));
      if (may_be_frequent) counts->Add(PhraseOf(words, first, length), text);
    }
  }
  counts->KeepFrequent();
}

// What a dictionary is made of: each in the alphabet's codes, and how many bytes it saves.
using Savings = std::vector<std::pair<size_t, std::string>>;

Savings SavingsOf(const PhraseCounts& counts, const TextAlphabet& alphabet) {
  Savings savings;
  for (const auto& [phrase, count] : counts.counts()) {
    std::string coded = alphabet.Encode(phrase);
    if (coded.size() < kMinPhraseBytes) continue;
    const size_t saving = count.texts * (coded.size() - kMatchBytes);
    savings.emplace_back(saving, std::move(coded));
  }
  return savings;
}

Savings SavingsOf(absl::Span<const FrequentSentence> sentences, const TextAlphabet& alphabet) {
  Savings savings;
  for (const FrequentSentence& frequent : sentences) {
    std::string coded = alphabet.Encode(frequent.sentence) + ' ';  // which mostly follows
    if (coded.size() <= kFarMatchBytes) continue;
    const size_t saving = frequent.texts * (coded.size() - kFarMatchBytes);
    savings.emplace_back(saving, std::move(coded));
  }
  return savings;
}

// Whether what is a part of another is left out. Sentences are none, and many to look through.
enum class Parts { kKeep, kLeaveOut };

// Those that save most, the most useful last: matches close to the text are the cheapest.
std::string JoinBest(Savings savings, Parts parts, size_t max_bytes) {
  std::sort(savings.rbegin(), savings.rend());
  std::vector<absl::string_view> chosen;
  std::string joined;
  for (const auto& [saving, coded] : savings) {
    if (joined.size() + coded.size() > max_bytes) break;
    if (parts == Parts::kLeaveOut && absl::StrContains(joined, coded)) continue;
    chosen.push_back(coded);
    joined.append(coded);
  }
  joined.clear();
  for (auto coded = chosen.rbegin(); coded != chosen.rend(); ++coded) joined.append(coded->data(), coded->size());
  return joined;
}

}  // namespace

std::string MakeTextDictionary(absl::Span<const std::string> texts, uint32_t id,
                               absl::Span<const FrequentSentence> sentences) {
  storage::v1::TextDictionary dictionary;
  dictionary.set_characters(TextAlphabet::Choose(texts, kMinTexts));
  const TextAlphabet alphabet(dictionary.characters());
  std::vector<Words> words;
  std::string samples;
  std::vector<size_t> sample_sizes;
  for (const std::string& text : texts) {
    words.push_back(SplitWords(text));
    const std::string coded = alphabet.Encode(text);
    samples += coded;
    sample_sizes.push_back(coded.size());
  }
  PhraseCounts counts;
  for (size_t length = 1; length <= kMaxPhraseWords; ++length) CountPhrases(words, length, &counts);
  const std::string content = JoinBest(SavingsOf(sentences, alphabet), Parts::kKeep, kMaxSentencesBytes) +
                              JoinBest(SavingsOf(counts, alphabet), Parts::kLeaveOut, kMaxPhrasesBytes);
  if (content.size() < kMinContentBytes) return "";

  std::string& zstandard = *dictionary.mutable_zstandard();
  zstandard.resize(content.size() + kMaxTablesBytes);
  ZDICT_params_t params = {};
  params.compressionLevel = kZstdLevel;
  params.dictID = id;
  const size_t size =
      ZDICT_finalizeDictionary(zstandard.data(), zstandard.size(), content.data(), content.size(), samples.data(),
                               sample_sizes.data(), static_cast<unsigned>(sample_sizes.size()), params);
  if (ZDICT_isError(size)) return "";
  zstandard.resize(size);
  return dictionary.SerializeAsString();
}

}  // namespace gisa
