#ifndef GISA_STORAGE_BASE_SHA256_H_
#define GISA_STORAGE_BASE_SHA256_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace gisa {

// A SHA-256 digest (FIPS 180-4).
using Sha256Digest = std::array<uint8_t, 32>;

// Returns the SHA-256 of `data`. Thread-safe; keeps one OpenSSL context for each thread.
Sha256Digest Sha256(absl::string_view data);

// Returns 64 lower-case hex digits.
std::string ToHex(const Sha256Digest& digest);

// Reads 64 lower-case hex digits; anything else is nullopt.
std::optional<Sha256Digest> Sha256FromHex(absl::string_view hex);

// The digest's 32 bytes, and back; `bytes` of any other length is nullopt.
absl::string_view AsBytes(const Sha256Digest& digest);
std::optional<Sha256Digest> Sha256FromBytes(absl::string_view bytes);

}  // namespace gisa

#endif  // GISA_STORAGE_BASE_SHA256_H_
