#ifndef GISA_STORAGE_LEVELDB_TEXT_CODEC_H_
#define GISA_STORAGE_LEVELDB_TEXT_CODEC_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace gisa {

// Turns texts into what is stored of them: a byte of gisa.storage.v1.TextCodec, then the text, compressed by Zstandard
// (RFC 8878) where that makes it smaller. A dictionary makes it smaller yet: an article by itself is too short to learn
// from. With one, it is the text's codes in the dictionary's alphabet that are compressed. Each frame names the
// dictionary that it was made with, so all of them are kept.
//
// Thread-safe. Keeps for each thread what compresses, with a copy of the newest dictionary it used and a table of it.
class TextCodec {
 public:
  TextCodec();
  ~TextCodec();
  TextCodec(const TextCodec&) = delete;
  TextCodec& operator=(const TextCodec&) = delete;

  // From now on texts are encoded with this dictionary, as MakeTextDictionary returns it, and can be decoded that were.
  // INTERNAL DATA_CORRUPTED when it is none, or one without a number.
  absl::Status AddDictionary(absl::string_view dictionary);

  // The number of the dictionary that texts are encoded with; 0 for none.
  uint32_t dictionary_id() const;

  std::string Encode(absl::string_view text) const;

  // Whether Encode made `stored` with the dictionary that it uses now.
  bool IsOfNewestDictionary(absl::string_view stored) const;

  // INTERNAL DATA_CORRUPTED when `stored` is not what Encode makes.
  absl::StatusOr<std::string> Decode(absl::string_view stored) const;

 private:
  struct Dictionary;
  class Compressor;

  // Null when there is none with that number.
  const Dictionary* Find(uint32_t id) const;

  absl::Mutex mutex_;
  // The newest, which owns the one before it. Only ever added to, so that who reads needs no lock.
  std::unique_ptr<const Dictionary> dictionaries_ ABSL_GUARDED_BY(mutex_);
  std::atomic<const Dictionary*> newest_ = nullptr;
};

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TEXT_CODEC_H_
