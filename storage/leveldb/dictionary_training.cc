#include "storage/leveldb/dictionary_training.h"

#include <utility>

#include "storage/base/thread.h"
#include "storage/leveldb/text_dictionary.h"

namespace gisa {

DictionaryTraining::DictionaryTraining(const Options& options, std::function<void(std::string dictionary)> done)
    : options_(options), done_(std::move(done)), collecting_(options.texts > 0) {}

void DictionaryTraining::Stop() {
  std::thread maker;
  {
    absl::MutexLock lock(&mutex_);
    collecting_ = false;
    maker = std::move(maker_);
  }
  if (maker.joinable()) maker.join();
}

void DictionaryTraining::Offer(absl::string_view text) {
  if (!wants_texts()) return;
  absl::MutexLock lock(&mutex_);
  if (!collecting_) return;
  texts_.emplace_back(text.substr(0, options_.max_text_bytes));
  if (texts_.size() < options_.texts) return;
  collecting_ = false;
  maker_ = StartThread("gisa-dictionary", ThreadPriority::kWrite, [this, texts = std::exchange(texts_, {})] {
    std::string dictionary = MakeTextDictionary(texts, kDictionaryId);
    if (!dictionary.empty()) done_(std::move(dictionary));
  });
}

}  // namespace gisa
