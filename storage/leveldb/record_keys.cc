#include "storage/leveldb/record_keys.h"

#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace gisa {
namespace {

constexpr char kArticle = 'a';
constexpr char kContent = 'c';
constexpr char kHolder = 'h';
constexpr char kMeta = 'm';
constexpr char kPublisherTime = 'p';
constexpr char kRevision = 'r';
constexpr char kChange = 's';
constexpr char kTime = 't';

constexpr absl::string_view kNul("\0", 1);
constexpr uint64_t kNoTime = std::numeric_limits<uint64_t>::max();
constexpr uint64_t kSignBit = uint64_t{1} << 63;

std::string Prefix(char space) { return std::string(1, space); }

template <typename Unsigned>
std::string BigEndian(Unsigned number) {
  std::string bytes(sizeof(number), '\0');
  for (size_t i = bytes.size(); i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

// Removes a number from the front of `bytes`.
template <typename Unsigned>
std::optional<Unsigned> ConsumeBigEndian(absl::string_view& bytes) {
  if (bytes.size() < sizeof(Unsigned)) return std::nullopt;
  Unsigned number = 0;
  for (size_t i = 0; i < sizeof(number); ++i)
    number = static_cast<Unsigned>(number << 8 | static_cast<uint8_t>(bytes[i]));
  bytes.remove_prefix(sizeof(number));
  return number;
}

bool ConsumeSpace(absl::string_view& bytes, char space) {
  if (bytes.empty() || bytes.front() != space) return false;
  bytes.remove_prefix(1);
  return true;
}

uint64_t TimeNumber(const std::optional<absl::Time>& time) {
  return time.has_value() ? static_cast<uint64_t>(absl::ToUnixMicros(*time)) ^ kSignBit : kNoTime;
}

std::optional<absl::Time> TimeOfNumber(uint64_t number) {
  if (number == kNoTime) return std::nullopt;
  return absl::FromUnixMicros(static_cast<int64_t>(number ^ kSignBit));
}

std::string EncodeArticleKey(const ArticleKey& key) { return absl::StrCat(key.oid, kNul, key.aid); }

std::optional<ArticleKey> ParseArticleKey(absl::string_view bytes) {
  const size_t nul = bytes.find('\0');
  if (nul == absl::string_view::npos || nul == 0 || nul + 1 == bytes.size()) return std::nullopt;
  ArticleKey key{std::string(bytes.substr(0, nul)), std::string(bytes.substr(nul + 1))};
  if (key.aid.find('\0') != std::string::npos) return std::nullopt;
  return key;
}

}  // namespace

RecordKey RecordKey::OfArticle(const ArticleKey& key) { return RecordKey(Prefix(kArticle) + EncodeArticleKey(key)); }

RecordKey RecordKey::OfContent(const Sha256Digest& content_hash) {
  return RecordKey(absl::StrCat(Prefix(kContent), AsBytes(content_hash)));
}

RecordKey RecordKey::OfHolder(uint64_t body_id, const ArticleKey& key) {
  return RecordKey(absl::StrCat(HoldersOf(body_id).bytes_, EncodeArticleKey(key)));
}

RecordKey RecordKey::OfPublisherTime(const std::optional<absl::Time>& published_at, const ArticleKey& key) {
  return RecordKey(absl::StrCat(Prefix(kPublisherTime), key.oid, kNul, BigEndian(TimeNumber(published_at)), key.aid));
}

RecordKey RecordKey::OfRevision(const ArticleKey& key, uint32_t revision) {
  return RecordKey(absl::StrCat(RevisionsOf(key).bytes_, BigEndian(revision)));
}

RecordKey RecordKey::OfChange(uint64_t sequence) { return RecordKey(Prefix(kChange) + BigEndian(sequence)); }

RecordKey RecordKey::OfTime(const std::optional<absl::Time>& published_at, const ArticleKey& key) {
  return RecordKey(absl::StrCat(Prefix(kTime), BigEndian(TimeNumber(published_at)), EncodeArticleKey(key)));
}

RecordKey RecordKey::OfSchema() { return RecordKey(Prefix(kMeta) + "schema"); }
RecordKey RecordKey::OfState() { return RecordKey(Prefix(kMeta) + "state"); }
RecordKey RecordKey::OfTextDictionary() { return RecordKey(Prefix(kMeta) + "dictionary"); }

RecordKey RecordKey::AllArticles() { return RecordKey(Prefix(kArticle)); }
RecordKey RecordKey::AllTimes() { return RecordKey(Prefix(kTime)); }
RecordKey RecordKey::AllChanges() { return RecordKey(Prefix(kChange)); }

RecordKey RecordKey::ArticlesOf(absl::string_view oid) { return RecordKey(absl::StrCat(Prefix(kArticle), oid, kNul)); }

RecordKey RecordKey::HoldersOf(uint64_t body_id) { return RecordKey(Prefix(kHolder) + BigEndian(body_id)); }

RecordKey RecordKey::TimesOf(absl::string_view oid) {
  return RecordKey(absl::StrCat(Prefix(kPublisherTime), oid, kNul));
}

RecordKey RecordKey::RevisionsOf(const ArticleKey& key) {
  return RecordKey(absl::StrCat(Prefix(kRevision), EncodeArticleKey(key), kNul));
}

RecordKey RecordKey::TimesFrom(absl::Time time) { return RecordKey(Prefix(kTime) + BigEndian(TimeNumber(time))); }

RecordKey RecordKey::TimesFrom(absl::string_view oid, absl::Time time) {
  return RecordKey(absl::StrCat(TimesOf(oid).bytes_, BigEndian(TimeNumber(time))));
}

RecordKey RecordKey::Next() const { return RecordKey(absl::StrCat(bytes_, kNul)); }

std::optional<ArticleKey> DecodeArticleKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kArticle)) return std::nullopt;
  return ParseArticleKey(bytes);
}

std::optional<ArticleKey> DecodeHolderKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kHolder) || !ConsumeBigEndian<uint64_t>(bytes).has_value()) return std::nullopt;
  return ParseArticleKey(bytes);
}

std::optional<uint64_t> DecodeChangeKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kChange)) return std::nullopt;
  const auto sequence = ConsumeBigEndian<uint64_t>(bytes);
  return bytes.empty() ? sequence : std::nullopt;
}

std::optional<TimeEntry> DecodeTimeKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kTime)) return std::nullopt;
  const auto time = ConsumeBigEndian<uint64_t>(bytes);
  if (!time.has_value()) return std::nullopt;
  auto key = ParseArticleKey(bytes);
  if (!key.has_value()) return std::nullopt;
  return TimeEntry{TimeOfNumber(*time), *std::move(key)};
}

std::optional<TimeEntry> DecodePublisherTimeKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kPublisherTime)) return std::nullopt;
  const size_t nul = bytes.find('\0');
  if (nul == absl::string_view::npos || nul == 0) return std::nullopt;
  std::string oid(bytes.substr(0, nul));
  bytes.remove_prefix(nul + 1);
  const auto time = ConsumeBigEndian<uint64_t>(bytes);
  if (!time.has_value() || bytes.empty()) return std::nullopt;
  return TimeEntry{TimeOfNumber(*time), {std::move(oid), std::string(bytes)}};
}

std::string DescribeKey(absl::string_view bytes) {
  if (const auto key = DecodeArticleKey(bytes)) return absl::StrCat("article ", key->ToString());
  if (const auto key = DecodeHolderKey(bytes)) return absl::StrCat("holder ", key->ToString());
  if (const auto sequence = DecodeChangeKey(bytes)) return absl::StrCat("change ", *sequence);
  if (const auto entry = DecodeTimeKey(bytes)) return absl::StrCat("time of ", entry->key.ToString());
  if (const auto entry = DecodePublisherTimeKey(bytes))
    return absl::StrCat("publisher time of ", entry->key.ToString());
  if (bytes.empty()) return "an empty key";
  const char space = bytes.front();
  bytes.remove_prefix(1);
  if (const auto hash = Sha256FromBytes(bytes); hash.has_value() && space == kContent) {
    return absl::StrCat("content ", ToHex(*hash));
  }
  if (space == kMeta) return absl::StrCat("meta ", bytes);
  if (space == kRevision && bytes.size() > sizeof(uint32_t) + 1) {
    absl::string_view number = bytes.substr(bytes.size() - sizeof(uint32_t));
    if (const auto key = ParseArticleKey(bytes.substr(0, bytes.size() - sizeof(uint32_t) - 1))) {
      return absl::StrCat("revision ", *ConsumeBigEndian<uint32_t>(number), " of article ", key->ToString());
    }
  }
  return absl::StrCat("key ", absl::CHexEscape(bytes));
}

}  // namespace gisa
