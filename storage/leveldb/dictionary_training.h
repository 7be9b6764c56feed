#ifndef GISA_STORAGE_LEVELDB_DICTIONARY_TRAINING_H_
#define GISA_STORAGE_LEVELDB_DICTIONARY_TRAINING_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// Collects the first texts that an archive takes in and makes its first dictionary of them, on a thread of its own.
//
// Thread-safe.
class DictionaryTraining {
 public:
  static constexpr uint32_t kDictionaryId = 1;

  struct Options {
    // How many texts to learn from; 0 for no dictionary.
    size_t texts = 2048;
    // Longer ones are cut there: together with `texts` the bound of its memory, until the dictionary is made.
    size_t max_text_bytes = 4 << 10;
  };

  // Calls `done` once with the dictionary, unless the texts have too little in common, or this is stopped before.
  DictionaryTraining(const Options& options, std::function<void(std::string dictionary)> done);
  ~DictionaryTraining() { Stop(); }
  DictionaryTraining(const DictionaryTraining&) = delete;
  DictionaryTraining& operator=(const DictionaryTraining&) = delete;

  bool wants_texts() const { return collecting_.load(std::memory_order_relaxed); }

  // Takes a copy, if it wants texts.
  void Offer(absl::string_view text);

  // Takes no more texts, and waits while the dictionary is being made. Idempotent.
  void Stop();

 private:
  const Options options_;
  const std::function<void(std::string)> done_;
  std::atomic<bool> collecting_;
  absl::Mutex mutex_;
  std::vector<std::string> texts_ ABSL_GUARDED_BY(mutex_);
  std::thread maker_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_DICTIONARY_TRAINING_H_
