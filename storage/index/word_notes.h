#ifndef GISA_STORAGE_INDEX_WORD_NOTES_H_
#define GISA_STORAGE_INDEX_WORD_NOTES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace gisa {

// What searches have found out about a word in the documents of a list that never changes, for those to come: a byte
// for each document, by its rank in the list. What is noted is the same whoever finds it out. Thread-safe.
class WordNotes {
 public:
  explicit WordNotes(uint32_t documents) : notes_(documents) {}

  // What the word's occurrences in a document weigh together (occurrence_weight.h); 0 when it does not have the word,
  // nullopt when that is not noted.
  std::optional<uint32_t> Find(uint32_t rank) const {
    const uint8_t note = notes_[rank].load(std::memory_order_relaxed);
    return note == 0 ? std::nullopt : std::optional<uint32_t>(note - 1);
  }

  // Weights that are too large for a byte are not noted.
  void Note(uint32_t rank, uint32_t weight) {
    if (weight < UINT8_MAX) notes_[rank].store(static_cast<uint8_t>(weight + 1), std::memory_order_relaxed);
  }

  size_t memory_bytes() const { return sizeof(*this) + notes_.size(); }

 private:
  std::vector<std::atomic<uint8_t>> notes_;  // one more than what was found out; 0 when nothing was
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_WORD_NOTES_H_
