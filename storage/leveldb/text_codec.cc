#include "storage/leveldb/text_codec.h"

#include <zstd.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/leveldb/text_alphabet.h"

namespace gisa {
namespace {

// With a dictionary, higher levels take longer and hardly make texts smaller.
constexpr int kZstdLevel = 1;

// What level 1 lacks is room. Its table has a slot for each fourth place of a dictionary of 32 KiB, and for each 64th
// of one of sentences; here it is one for each, and for each fourth: in a sentence a match goes back to the beginning
// wherever it was found. Matches of five bytes are about three syllables; where there is more to be found, short ones
// get in the way of longer.
struct Search {
  int hash_log;
  int min_match;
};
constexpr Search kSearchOfPhrases = {15, 5};
constexpr Search kSearchOfSentences = {18, 7};
constexpr size_t kMinBytesOfSentences = 64 << 10;  // of a dictionary that is more than phrases

// No text is larger: the server takes no message over 1 GiB, and no byte has a code of more than two. A frame that
// claims more is corrupt.
constexpr unsigned long long kMaxTextBytes = 2ull << 30;

// How every Zstandard frame begins (RFC 8878, 3.1.1). Left out of what is stored.
constexpr absl::string_view kFrameMagic = "\x28\xB5\x2F\xFD";

// What follows the magic number, up to the number of the dictionary and the size (RFC 8878, 3.1.1.1).
constexpr size_t kMaxHeaderBytes = 14;

struct ZstdDeleter {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

constexpr char kRaw = storage::v1::TEXT_CODEC_RAW;
constexpr char kZstd = storage::v1::TEXT_CODEC_ZSTD;

absl::Status Corrupted(absl::string_view what) { return DataCorruptedError(absl::StrCat("stored text: ", what)); }

}  // namespace

struct TextCodec::Dictionary {
  explicit Dictionary(storage::v1::TextDictionary dictionary)
      : alphabet(dictionary.characters()),
        bytes(std::move(*dictionary.mutable_zstandard())),
        decompression(ZSTD_createDDict(bytes.data(), bytes.size())),
        id(decompression == nullptr ? 0 : ZSTD_getDictID_fromDDict(decompression.get())) {}

  const TextAlphabet alphabet;
  const std::string bytes;
  const std::unique_ptr<ZSTD_DDict, ZstdDeleter> decompression;
  const uint32_t id;
  // Tells it from all other dictionaries of this process, whose addresses and ids may be the same.
  const uint64_t serial = ++last_serial;
  // Set before others see this one.
  std::unique_ptr<const Dictionary> older;

  static inline std::atomic<uint64_t> last_serial = 0;
};

// What compresses the texts of one thread.
//
// Not thread-safe.
class TextCodec::Compressor {
 public:
  Compressor() { ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kZstdLevel); }

  // Returns the number of bytes written to `to`, or an error of Zstandard's. `dictionary` may be null.
  size_t Compress(absl::string_view text, const Dictionary* dictionary, char* to, size_t room) {
    if (dictionary == nullptr) {
      return ZSTD_compressCCtx(context_.get(), to, room, text.data(), text.size(), kZstdLevel);
    }
    if (loaded_serial_ != dictionary->serial) {
      const std::string& bytes = dictionary->bytes;
      const Search& search = bytes.size() < kMinBytesOfSentences ? kSearchOfPhrases : kSearchOfSentences;
      // These are within what Zstandard takes.
      ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_hashLog, search.hash_log);
      ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_minMatch, search.min_match);
      const size_t loaded = ZSTD_CCtx_loadDictionary(context_.get(), bytes.data(), bytes.size());
      loaded_serial_ = ZSTD_isError(loaded) ? 0 : dictionary->serial;
      if (ZSTD_isError(loaded)) return loaded;
    }
    return ZSTD_compress2(context_.get(), to, room, text.data(), text.size());
  }

 private:
  const std::unique_ptr<ZSTD_CCtx, ZstdDeleter> context_{ZSTD_createCCtx()};
  uint64_t loaded_serial_ = 0;
};

TextCodec::TextCodec() = default;
TextCodec::~TextCodec() = default;

absl::Status TextCodec::AddDictionary(absl::string_view dictionary) {
  storage::v1::TextDictionary parsed;
  const bool parses = parsed.ParseFromArray(dictionary.data(), static_cast<int>(dictionary.size()));
  auto added = std::make_unique<Dictionary>(std::move(parsed));
  if (!parses || added->id == 0) {
    return DataCorruptedError("a text dictionary is none that Zstandard knows");
  }
  absl::MutexLock lock(&mutex_);
  added->older = std::move(dictionaries_);
  dictionaries_ = std::move(added);
  newest_.store(dictionaries_.get(), std::memory_order_release);
  return absl::OkStatus();
}

uint32_t TextCodec::dictionary_id() const {
  const Dictionary* const newest = newest_.load(std::memory_order_acquire);
  return newest == nullptr ? 0 : newest->id;
}

const TextCodec::Dictionary* TextCodec::Find(uint32_t id) const {
  const Dictionary* dictionary = newest_.load(std::memory_order_acquire);
  while (dictionary != nullptr && dictionary->id != id) dictionary = dictionary->older.get();
  return dictionary;
}

std::string TextCodec::Encode(absl::string_view text) const {
  thread_local Compressor compressor;
  const Dictionary* const dictionary = newest_.load(std::memory_order_acquire);
  const std::string coded = dictionary == nullptr ? std::string() : dictionary->alphabet.Encode(text);
  const absl::string_view plain = dictionary == nullptr ? text : absl::string_view(coded);
  std::string frame(ZSTD_compressBound(plain.size()), '\0');
  const size_t size = compressor.Compress(plain, dictionary, frame.data(), frame.size());
  if (ZSTD_isError(size) || size - kFrameMagic.size() >= text.size()) {
    return absl::StrCat(absl::string_view(&kRaw, 1), text);
  }
  // The codec takes the place of the magic number's last byte.
  const size_t begin = kFrameMagic.size() - 1;
  frame[begin] = kZstd;
  return frame.substr(begin, size - begin);
}

bool TextCodec::IsOfNewestDictionary(absl::string_view stored) const {
  if (!absl::ConsumePrefix(&stored, absl::string_view(&kZstd, 1))) return false;
  const std::string frame = absl::StrCat(kFrameMagic, stored.substr(0, kMaxHeaderBytes));
  return ZSTD_getDictID_fromFrame(frame.data(), frame.size()) == dictionary_id();
}

absl::StatusOr<std::string> TextCodec::Decode(absl::string_view stored) const {
  if (stored.empty()) return Corrupted("no codec byte");
  const char codec = stored.front();
  stored.remove_prefix(1);
  if (codec == kRaw) return std::string(stored);
  if (codec != kZstd) return Corrupted(absl::StrCat("unknown codec ", static_cast<int>(codec)));
  const std::string frame = absl::StrCat(kFrameMagic, stored);
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size > kMaxTextBytes) return Corrupted("the Zstandard frame states no size or an impossible one");
  const uint32_t id = ZSTD_getDictID_fromFrame(frame.data(), frame.size());
  const Dictionary* dictionary = id == 0 ? nullptr : Find(id);
  if (id != 0 && dictionary == nullptr) return Corrupted(absl::StrCat("there is no dictionary ", id));
  thread_local const std::unique_ptr<ZSTD_DCtx, ZstdDeleter> context(ZSTD_createDCtx());
  std::string plain(size, '\0');
  const size_t written =
      ZSTD_decompress_usingDDict(context.get(), plain.data(), plain.size(), frame.data(), frame.size(),
                                 dictionary ? dictionary->decompression.get() : nullptr);
  if (ZSTD_isError(written)) return Corrupted(ZSTD_getErrorName(written));
  if (written != plain.size()) return Corrupted("shorter than its Zstandard frame states");
  if (dictionary == nullptr) return plain;
  std::optional<std::string> text = dictionary->alphabet.Decode(plain);
  if (!text.has_value()) return Corrupted("a code that no character has");
  return *std::move(text);
}

}  // namespace gisa
