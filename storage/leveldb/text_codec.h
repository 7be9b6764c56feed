#ifndef GISA_STORAGE_LEVELDB_TEXT_CODEC_H_
#define GISA_STORAGE_LEVELDB_TEXT_CODEC_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace gisa {

// Returns a text as it is stored: a byte of gisa.storage.v1.TextCodec, then the text, compressed by Zstandard (RFC
// 8878) where that makes it smaller. Thread-safe; keeps one context for each thread.
std::string EncodeText(absl::string_view text);

// The inverse. INTERNAL DATA_CORRUPTED when `stored` is not what EncodeText makes. Thread-safe.
absl::StatusOr<std::string> DecodeText(absl::string_view stored);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_TEXT_CODEC_H_
