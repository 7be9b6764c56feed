#include "storage/leveldb/dictionary_renewal.h"

#include <algorithm>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/base/thread.h"
#include "storage/leveldb/article_records.h"
#include "storage/leveldb/change_feed.h"
#include "storage/leveldb/text_dictionary.h"

namespace gisa {
namespace {

// Read as they come, so that little is left to do when the last has come.
constexpr uint64_t kSteps = 16;

// A snapshot keeps LevelDB from dropping what was overwritten: a new one for each so many changes.
constexpr uint64_t kChangesPerSnapshot = 256;

}  // namespace

DictionaryRenewal::DictionaryRenewal(const Options& options, const RecordDatabase& database,
                                     std::function<void(const std::string& dictionary)> store)
    : options_(options),
      step_(std::max<uint64_t>(options.bodies / kSteps, 1)),
      database_(database),
      store_(std::move(store)),
      due_(options.bodies == 0 ? UINT64_MAX : step_) {}

void DictionaryRenewal::Note(uint64_t bodies, uint64_t last_sequence) {
  if (bodies < due_.load(std::memory_order_relaxed)) return;
  const uint32_t in_use = database_.text_codec().dictionary_id();
  if (in_use >= kDictionaryId) due_ = UINT64_MAX;
  if (in_use != kDictionaryId - 1) return;
  absl::MutexLock lock(&mutex_);
  noted_ = {bodies, last_sequence};
  if (running_ || stopping_) return;
  if (maker_.joinable()) maker_.join();  // it has ended
  running_ = true;
  maker_ = StartThread("gisa-dictionary", ThreadPriority::kWrite, [this] { Run(); });
}

void DictionaryRenewal::Stop() {
  std::thread maker;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    maker = std::move(maker_);
  }
  if (maker.joinable()) maker.join();
}

void DictionaryRenewal::Run() {
  for (std::optional<Held> held = TakeNoted(); held.has_value(); held = TakeNoted()) {
    const bool is_last = held->bodies >= options_.bodies;
    // An error of reading is told to whoever reads the article; here it only means to begin anew.
    const bool has_learnt = Learn(held->last_sequence).ok();
    if (has_learnt && is_last) {
      const absl::StatusOr<std::string> dictionary = Make();
      if (dictionary.ok() && !dictionary->empty()) store_(*dictionary);
    }
    if (!has_learnt || is_last) learnt_.reset();
  }
}

// What was noted last, if it is time to go on; else the maker has ended.
std::optional<DictionaryRenewal::Held> DictionaryRenewal::TakeNoted() {
  absl::MutexLock lock(&mutex_);
  running_ = !stopping_ && noted_.bodies >= due_ && database_.text_codec().dictionary_id() == kDictionaryId - 1;
  if (!running_) return std::nullopt;
  const bool is_last = noted_.bodies >= options_.bodies;
  due_ = is_last ? 2 * noted_.bodies : std::min(noted_.bodies + step_, options_.bodies);
  return noted_;
}

// Reads the changes that came since the last time; the first time the newest, twice as many as bodies are wanted.
absl::Status DictionaryRenewal::Learn(uint64_t last_sequence) {
  if (!learnt_.has_value()) {
    const uint64_t changes = std::min(last_sequence, 2 * options_.bodies);
    learnt_.emplace(Learnt{FrequentSentences({}, options_.bodies), last_sequence - changes, 0, {}});
  }
  Learnt& learnt = *learnt_;
  const uint64_t distance = std::max<uint64_t>(options_.bodies / options_.sample_texts, 1);
  const auto visit = [&](uint64_t sequence, const ChangeValue& change) -> absl::Status {
    if (stopping_) return absl::CancelledError("the archive is being closed");
    const bool has_body = !change.stored_text.empty() && change.record.body_id() == sequence;
    if (!has_body || learnt.texts == options_.bodies) return absl::OkStatus();
    ASSIGN_OR_RETURN(const ChangeText text, ReadText(change, database_.text_codec()));
    learnt.sentences.Add(text.body);
    if (learnt.texts++ % distance == 0) learnt.sample.push_back(sequence);
    return absl::OkStatus();
  };
  while (learnt.last_sequence < last_sequence && learnt.texts < options_.bodies) {
    const uint64_t last = std::min(learnt.last_sequence + kChangesPerSnapshot, last_sequence);
    RETURN_IF_ERROR(ReadChangeFeed(
        database_, RecordReader(database_), learnt.last_sequence + 1, visit, [] {}, last));
    learnt.last_sequence = last;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> DictionaryRenewal::Make() {
  std::vector<std::string> texts;
  for (const uint64_t sequence : learnt_->sample) {
    if (stopping_) return absl::CancelledError("the archive is being closed");
    ASSIGN_OR_RETURN(const ChangeValue change,
                     ParseChange(sequence, database_.Latest().Get(RecordKey::OfChange(sequence))));
    if (change.stored_text.empty()) continue;  // deleted meanwhile
    ASSIGN_OR_RETURN(const ChangeText text, ReadText(change, database_.text_codec()));
    texts.push_back(MakeText(text.fields, text.body).substr(0, options_.max_text_bytes));
  }
  return MakeTextDictionary(texts, kDictionaryId, learnt_->sentences.Take());
}

}  // namespace gisa
