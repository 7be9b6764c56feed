#include "storage/leveldb/index_keys.h"

#include <utility>

#include "absl/strings/match.h"

namespace gisa {
namespace {

constexpr size_t kNumberBytes = 4;
// The space, the segment, and what it is of the segment.
constexpr size_t kDataPrefixBytes = 1 + kNumberBytes + 1;
// What occurrences have behind their term.
constexpr size_t kPieceSuffixBytes = 1 + kNumberBytes;

uint32_t LoadNumber(absl::string_view bytes) {
  uint32_t number = 0;
  for (const char c : bytes.substr(0, kNumberBytes)) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

}  // namespace

IndexKey IndexKey::Number(uint32_t number) && {
  for (int shift = 24; shift >= 0; shift -= 8) bytes_.push_back(static_cast<char>(number >> shift));
  return std::move(*this);
}

IndexKey IndexKey::Bytes(absl::string_view bytes) && {
  bytes_.append(bytes.data(), bytes.size());
  return std::move(*this);
}

IndexKey IndexKey::AfterOccurrencesOf(absl::string_view key) {
  return IndexKey(key.substr(0, key.size() - kPieceSuffixBytes)).Bytes("\1");
}

std::optional<DocId> ParseRemovedKey(absl::string_view key) {
  if (key.size() != 1 + kNumberBytes || !absl::StartsWith(key, "r")) return std::nullopt;
  return LoadNumber(key.substr(1));
}

std::optional<DocId> ParseValuesKey(absl::string_view key) {
  if (key.size() != kDataPrefixBytes + kNumberBytes || key[0] != 'd' || key[kDataPrefixBytes - 1] != 'v') {
    return std::nullopt;
  }
  return LoadNumber(key.substr(kDataPrefixBytes));
}

absl::string_view TextOfTrigramKey(absl::string_view key) { return key.substr(kDataPrefixBytes); }

std::optional<absl::string_view> TermOfPostingsKey(absl::string_view key) {
  const absl::string_view term = key.substr(kDataPrefixBytes);
  if (term.size() >= kPieceSuffixBytes && term[term.size() - kPieceSuffixBytes] == '\0') return std::nullopt;
  return term;
}

}  // namespace gisa
