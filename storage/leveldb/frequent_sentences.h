#ifndef GISA_STORAGE_LEVELDB_FREQUENT_SENTENCES_H_
#define GISA_STORAGE_LEVELDB_FREQUENT_SENTENCES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace gisa {

// A sentence, and how many texts have it.
struct FrequentSentence {
  std::string sentence;
  uint32_t texts = 0;
};

// Calls `visit` with each sentence of a text: a line or a part of one up to a full stop, question mark or exclamation
// mark and white space. Words with a digit or an @ are in none: they end one as a line does. Those of fewer than 24 or
// more than 512 bytes are passed over: to phrases of words short ones are nothing to add, and a long one is a
// paragraph.
void ForEachSentence(absl::string_view text, absl::FunctionRef<void(absl::string_view sentence)> visit);

// Finds the sentences that are all over some texts. Nothing else is found; of those that are, some may be missed when
// the texts hold more of them than there is room for.
//
// Most sentences are in one text only, and take a bit: that one with this hash was there. From the second time on a
// sentence is counted, and by itself, so that it is found when one text more than the least has it.
//
// Not thread-safe.
class FrequentSentences {
 public:
  struct Options {
    // How many texts have it at least.
    uint32_t min_texts = 24;
    // And in how many of the 32 equal parts of all texts, one after the other, they are: a story that all print, they
    // print within hours.
    int min_parts = 12;
    // Beside 2 MiB of bits: of sentences that are counted, in bytes.
    size_t max_bytes = 8 << 20;
  };

  // For so many texts.
  FrequentSentences(const Options& options, uint64_t texts);

  // Takes the next text.
  void Add(absl::string_view text);

  // Those of the texts so far, in no order. Leaves this empty.
  std::vector<FrequentSentence> Take();

 private:
  struct Count {
    uint32_t texts = 0;
    uint32_t parts = 0;  // a bit for each
    uint64_t last_text = UINT64_MAX;
  };

  const Options options_;
  const uint64_t texts_;
  uint64_t added_ = 0;           // texts
  std::vector<bool> was_there_;  // by hash
  absl::flat_hash_map<std::string, Count> counts_;
  size_t bytes_ = 0;  // of the sentences in counts_
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_FREQUENT_SENTENCES_H_
