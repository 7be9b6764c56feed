#ifndef GISA_STORAGE_LEVELDB_PACKED_KEY_H_
#define GISA_STORAGE_LEVELDB_PACKED_KEY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/article.h"

namespace gisa {

// Writes oids and aids in half bytes, in the order of the texts: an oid of three digits and an aid of ten take 7 bytes.
//
//   0                    the end, and what fills a byte
//   1 and one or more    - is 11, . is 12; other bytes, which no valid key has, are 1F and three of them
//   2 to B               the digits
//   C to F and another   A to Z, _ and a to z, from C1 on and without those with a 0
//
// The end of an oid fills the byte, so that what follows begins with one. An aid ends with the bytes, or where it fills
// the last. No packed text begins with FF, nor has a byte of 0 in it.

void AppendPackedOid(absl::string_view oid, std::string* out);
void AppendPackedAid(absl::string_view aid, std::string* out);

// Takes an oid from the front of `bytes`; nullopt when there is none.
std::optional<std::string> ConsumePackedOid(absl::string_view* bytes);

// nullopt when `bytes` are no packed aid.
std::optional<std::string> ParsePackedAid(absl::string_view bytes);

// The two, one behind the other.
std::string PackKey(const ArticleKey& key);
std::optional<ArticleKey> UnpackKey(absl::string_view bytes);

}  // namespace gisa

#endif  // GISA_STORAGE_LEVELDB_PACKED_KEY_H_
