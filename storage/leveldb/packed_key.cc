#include "storage/leveldb/packed_key.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace gisa {
namespace {

constexpr uint8_t kEnd = 0;
constexpr uint8_t kSign = 1;
constexpr uint8_t kFirstDigit = 2;
constexpr uint8_t kFirstLetter = 0xC;
constexpr uint8_t kAnyByte = 0xF;
constexpr uint8_t kLettersOfLead = 15;
constexpr std::string_view kSigns = "-.";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

// The half bytes of a character.
struct Code {
  uint8_t size = 0;
  std::array<uint8_t, 5> halves = {};
};

constexpr Code CodeOf(uint8_t byte) {
  const char c = static_cast<char>(byte);
  if (c >= '0' && c <= '9') return {1, {static_cast<uint8_t>(kFirstDigit + (c - '0'))}};
  if (const size_t sign = kSigns.find(c); sign != std::string_view::npos) {
    return {2, {kSign, static_cast<uint8_t>(1 + sign)}};
  }
  if (const size_t letter = kLetters.find(c); letter != std::string_view::npos) {
    return {2,
            {static_cast<uint8_t>(kFirstLetter + letter / kLettersOfLead),
             static_cast<uint8_t>(1 + letter % kLettersOfLead)}};
  }
  return {5,
          {kSign, kAnyByte, static_cast<uint8_t>(1 + (byte >> 6)), static_cast<uint8_t>(1 + (byte >> 3 & 7)),
           static_cast<uint8_t>(1 + (byte & 7))}};
}

constexpr std::array<Code, 256> MakeCodes() {
  std::array<Code, 256> codes;
  for (size_t byte = 0; byte < codes.size(); ++byte) codes[byte] = CodeOf(static_cast<uint8_t>(byte));
  return codes;
}

constexpr std::array<Code, 256> kCodes = MakeCodes();

// Returns whether the last byte has room for another half.
bool AppendPacked(absl::string_view text, std::string* out) {
  bool is_half = false;
  for (const char c : text) {
    const Code& code = kCodes[static_cast<uint8_t>(c)];
    for (size_t i = 0; i < code.size; ++i) {
      if (is_half) {
        out->back() = static_cast<char>(out->back() | code.halves[i]);
      } else {
        out->push_back(static_cast<char>(code.halves[i] << 4));
      }
      is_half = !is_half;
    }
  }
  return is_half;
}

// Reads half bytes; behind the last one there are ends.
class HalfReader {
 public:
  explicit HalfReader(absl::string_view bytes) : bytes_(bytes) {}

  uint8_t Next() {
    if (place_ / 2 >= bytes_.size()) return kEnd;
    const auto byte = static_cast<uint8_t>(bytes_[place_ / 2]);
    return static_cast<uint8_t>(place_++ % 2 == 0 ? byte >> 4 : byte & 0xF);
  }

  // Bytes of which at least a half was read.
  size_t bytes_read() const { return (place_ + 1) / 2; }

 private:
  const absl::string_view bytes_;
  size_t place_ = 0;
};

// Reads up to an end, which it takes; nullopt when there is what no character has.
std::optional<std::string> ReadPacked(HalfReader* in) {
  std::string text;
  for (uint8_t half = in->Next(); half != kEnd; half = in->Next()) {
    if (half >= kFirstDigit && half < kFirstLetter) {
      text.push_back(static_cast<char>('0' + (half - kFirstDigit)));
      continue;
    }
    const size_t second = in->Next();
    if (second == kEnd) return std::nullopt;
    if (half >= kFirstLetter) {
      const size_t letter = size_t{kLettersOfLead} * (half - kFirstLetter) + second - 1;
      if (letter >= kLetters.size()) return std::nullopt;
      text.push_back(kLetters[letter]);
    } else if (second == kAnyByte) {
      const int upper = in->Next() - 1;
      const int middle = in->Next() - 1;
      const int lower = in->Next() - 1;
      if (upper < 0 || upper > 3 || middle < 0 || middle > 7 || lower < 0 || lower > 7) return std::nullopt;
      text.push_back(static_cast<char>(upper << 6 | middle << 3 | lower));
    } else {
      if (second > kSigns.size()) return std::nullopt;
      text.push_back(kSigns[second - 1]);
    }
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

void AppendPackedOid(absl::string_view oid, std::string* out) {
  if (!AppendPacked(oid, out)) out->push_back('\0');
}

void AppendPackedAid(absl::string_view aid, std::string* out) { AppendPacked(aid, out); }

std::optional<std::string> ConsumePackedOid(absl::string_view* bytes) {
  HalfReader in(*bytes);
  std::optional<std::string> oid = ReadPacked(&in);
  bytes->remove_prefix(in.bytes_read());
  return oid;
}

std::optional<std::string> ParsePackedAid(absl::string_view bytes) {
  HalfReader in(bytes);
  std::optional<std::string> aid = ReadPacked(&in);
  return in.bytes_read() == bytes.size() ? std::move(aid) : std::nullopt;
}

std::string PackKey(const ArticleKey& key) {
  std::string bytes;
  AppendPackedOid(key.oid, &bytes);
  AppendPackedAid(key.aid, &bytes);
  return bytes;
}

std::optional<ArticleKey> UnpackKey(absl::string_view bytes) {
  std::optional<std::string> oid = ConsumePackedOid(&bytes);
  if (!oid.has_value()) return std::nullopt;
  std::optional<std::string> aid = ParsePackedAid(bytes);
  if (!aid.has_value()) return std::nullopt;
  return ArticleKey{*std::move(oid), *std::move(aid)};
}

}  // namespace gisa
