#ifndef GISA_STORAGE_LEVELDB_DICTIONARY_RENEWAL_H_
#define GISA_STORAGE_LEVELDB_DICTIONARY_RENEWAL_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/leveldb/frequent_sentences.h"
#include "storage/leveldb/record_database.h"

namespace gisa {

// Makes an archive's second dictionary once it holds enough bodies: of the sentences that are all over them, and of
// phrases as the first has. It reads the bodies back from the records, some thousands at a time as they come, on a
// thread of its own; so what a restart interrupts is begun anew. Until the dictionary is made it takes what
// FrequentSentences does, and while it is being made some 20 MiB more.
//
// Thread-safe.
class DictionaryRenewal {
 public:
  static constexpr uint32_t kDictionaryId = 2;

  struct Options {
    // Of how many bodies, and once there are so many; 0 for never.
    uint64_t bodies = 40'960;
    // The texts of so many of them, to equal distances, say which phrases and characters are frequent.
    size_t sample_texts = 2048;
    size_t max_text_bytes = 4 << 10;  // longer ones are cut there
  };

  // `database` must outlive this. Calls `store` with a dictionary of that number; when it returns, that is in use, or
  // could not be stored.
  DictionaryRenewal(const Options& options, const RecordDatabase& database,
                    std::function<void(const std::string& dictionary)> store);
  ~DictionaryRenewal() { Stop(); }
  DictionaryRenewal(const DictionaryRenewal&) = delete;
  DictionaryRenewal& operator=(const DictionaryRenewal&) = delete;

  // Says what the archive holds. When that is enough, and the first dictionary is in use, the second is made. When it
  // is not in use after that, for it could not be read, made or stored, that is tried again at twice
  // as many bodies.
  void Note(uint64_t bodies, uint64_t last_sequence);

  // Gives up what is being made, and makes no more. Idempotent.
  void Stop();

 private:
  // What the archive held.
  struct Held {
    uint64_t bodies = 0;
    uint64_t last_sequence = 0;
  };

  // What was learnt from the changes up to one.
  struct Learnt {
    FrequentSentences sentences;
    uint64_t last_sequence;
    uint64_t texts = 0;
    std::vector<uint64_t> sample;  // sequences
  };

  void Run();
  std::optional<Held> TakeNoted();
  absl::Status Learn(uint64_t last_sequence);
  absl::StatusOr<std::string> Make();

  const Options options_;
  const uint64_t step_;  // bodies
  const RecordDatabase& database_;
  const std::function<void(const std::string&)> store_;
  std::atomic<uint64_t> due_;  // at how many bodies to go on
  std::atomic<bool> stopping_ = false;
  std::optional<Learnt> learnt_;  // the maker's own

  absl::Mutex mutex_;
  Held noted_ ABSL_GUARDED_BY(mutex_);
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread maker_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_DICTIONARY_RENEWAL_H_
