#include "storage/leveldb/record_keys.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/leveldb/packed_key.h"

namespace gisa {
namespace {

constexpr char kArticle = 'a';
constexpr char kContent = 'c';
constexpr char kTime = 'd';
constexpr char kHolder = 'h';
constexpr char kMeta = 'm';
constexpr char kPublisherTime = 'p';
constexpr char kRevision = 'r';
constexpr char kChange = 's';

constexpr absl::string_view kNul("\0", 1);
constexpr size_t kHashBytes = 6;
constexpr size_t kSecondsBytes = 6;
constexpr size_t kMicrosBytes = 3;
constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr uint64_t kSignBit = uint64_t{1} << (8 * kSecondsBytes - 1);
constexpr uint64_t kNoTime = 2 * kSignBit - 1;
constexpr char kMicrosMark = '\xFF';  // above all that packed keys begin with

std::string Prefix(char space) { return std::string(1, space); }

// The lowest `size` bytes of a number.
std::string BigEndian(uint64_t number, size_t size) {
  std::string bytes(size, '\0');
  for (size_t i = size; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

// Removes a number from the front of `bytes`.
std::optional<uint64_t> ConsumeBigEndian(absl::string_view& bytes, size_t size) {
  if (bytes.size() < size) return std::nullopt;
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i) number = number << 8 | static_cast<uint8_t>(bytes[i]);
  bytes.remove_prefix(size);
  return number;
}

bool ConsumeSpace(absl::string_view& bytes, char space) {
  if (bytes.empty() || bytes.front() != space) return false;
  bytes.remove_prefix(1);
  return true;
}

void AppendTime(const std::optional<absl::Time>& time, std::string* out) {
  if (!time.has_value()) {
    *out += BigEndian(kNoTime, kSecondsBytes);
    return;
  }
  int64_t seconds = absl::ToUnixMicros(*time) / kMicrosPerSecond;
  int64_t micros = absl::ToUnixMicros(*time) % kMicrosPerSecond;
  if (micros < 0) {
    --seconds;
    micros += kMicrosPerSecond;
  }
  *out += BigEndian(static_cast<uint64_t>(seconds) ^ kSignBit, kSecondsBytes);
  if (micros == 0) return;
  out->push_back(kMicrosMark);
  *out += BigEndian(static_cast<uint64_t>(micros), kMicrosBytes);
}

// Removes a time from the front of `bytes`; false when there is none.
bool ConsumeTime(absl::string_view& bytes, std::optional<absl::Time>* time) {
  const std::optional<uint64_t> number = ConsumeBigEndian(bytes, kSecondsBytes);
  if (!number.has_value()) return false;
  time->reset();
  if (*number == kNoTime) return true;
  const int64_t seconds = static_cast<int64_t>(*number) - static_cast<int64_t>(kSignBit);
  uint64_t micros = 0;
  if (!bytes.empty() && bytes.front() == kMicrosMark) {
    bytes.remove_prefix(1);
    const std::optional<uint64_t> further = ConsumeBigEndian(bytes, kMicrosBytes);
    if (!further.has_value()) return false;
    micros = *further;
  }
  *time = absl::FromUnixSeconds(seconds) + absl::Microseconds(static_cast<int64_t>(micros));
  return true;
}

}  // namespace

RecordKey RecordKey::OfArticle(const ArticleKey& key) { return RecordKey(Prefix(kArticle) + PackKey(key)); }

RecordKey RecordKey::OfContent(const Sha256Digest& content_hash) {
  return RecordKey(absl::StrCat(Prefix(kContent), AsBytes(content_hash).substr(0, kHashBytes)));
}

RecordKey RecordKey::OfHolder(uint64_t body_id, const ArticleKey& key) {
  return RecordKey(HoldersOf(body_id).bytes_ + PackKey(key));
}

RecordKey RecordKey::OfPublisherTime(const std::optional<absl::Time>& published_at, const ArticleKey& key) {
  std::string bytes = TimesOf(key.oid).bytes_;
  AppendTime(published_at, &bytes);
  AppendPackedAid(key.aid, &bytes);
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::OfRevision(const ArticleKey& key, uint32_t revision) {
  return RecordKey(RevisionsOf(key).bytes_ + BigEndian(revision, sizeof(revision)));
}

RecordKey RecordKey::OfChange(uint64_t sequence) {
  return RecordKey(Prefix(kChange) + BigEndian(sequence, sizeof(sequence)));
}

RecordKey RecordKey::OfTime(const std::optional<absl::Time>& published_at, const ArticleKey& key) {
  std::string bytes = Prefix(kTime);
  AppendTime(published_at, &bytes);
  return RecordKey(bytes + PackKey(key));
}

RecordKey RecordKey::OfSchema() { return RecordKey(Prefix(kMeta) + "schema"); }
RecordKey RecordKey::OfState() { return RecordKey(Prefix(kMeta) + "state"); }

RecordKey RecordKey::OfTextDictionary(uint32_t id) {
  std::string bytes = Prefix(kMeta) + "dictionary";
  if (id > 1) absl::StrAppend(&bytes, id);  // the first is from when there was one
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::AllArticles() { return RecordKey(Prefix(kArticle)); }
RecordKey RecordKey::AllTimes() { return RecordKey(Prefix(kTime)); }
RecordKey RecordKey::AllChanges() { return RecordKey(Prefix(kChange)); }

RecordKey RecordKey::ArticlesOf(absl::string_view oid) {
  std::string bytes = Prefix(kArticle);
  AppendPackedOid(oid, &bytes);
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::HoldersOf(uint64_t body_id) {
  return RecordKey(Prefix(kHolder) + BigEndian(body_id, sizeof(body_id)));
}

RecordKey RecordKey::TimesOf(absl::string_view oid) {
  std::string bytes = Prefix(kPublisherTime);
  AppendPackedOid(oid, &bytes);
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::RevisionsOf(const ArticleKey& key) {
  return RecordKey(absl::StrCat(Prefix(kRevision), PackKey(key), kNul));
}

RecordKey RecordKey::TimesFrom(absl::Time time) {
  std::string bytes = Prefix(kTime);
  AppendTime(time, &bytes);
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::TimesFrom(absl::string_view oid, absl::Time time) {
  std::string bytes = TimesOf(oid).bytes_;
  AppendTime(time, &bytes);
  return RecordKey(std::move(bytes));
}

RecordKey RecordKey::Next() const { return RecordKey(absl::StrCat(bytes_, kNul)); }

std::optional<ArticleKey> DecodeArticleKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kArticle)) return std::nullopt;
  return UnpackKey(bytes);
}

std::optional<ArticleKey> DecodeHolderKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kHolder) || !ConsumeBigEndian(bytes, sizeof(uint64_t)).has_value()) return std::nullopt;
  return UnpackKey(bytes);
}

std::optional<uint64_t> DecodeChangeKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kChange)) return std::nullopt;
  const auto sequence = ConsumeBigEndian(bytes, sizeof(uint64_t));
  return bytes.empty() ? sequence : std::nullopt;
}

std::optional<TimeEntry> DecodeTimeKey(absl::string_view bytes) {
  TimeEntry entry;
  if (!ConsumeSpace(bytes, kTime) || !ConsumeTime(bytes, &entry.published_at)) return std::nullopt;
  auto key = UnpackKey(bytes);
  if (!key.has_value()) return std::nullopt;
  entry.key = *std::move(key);
  return entry;
}

std::optional<TimeEntry> DecodePublisherTimeKey(absl::string_view bytes) {
  if (!ConsumeSpace(bytes, kPublisherTime)) return std::nullopt;
  auto oid = ConsumePackedOid(&bytes);
  TimeEntry entry;
  if (!oid.has_value() || !ConsumeTime(bytes, &entry.published_at)) return std::nullopt;
  auto aid = ParsePackedAid(bytes);
  if (!aid.has_value()) return std::nullopt;
  entry.key = {*std::move(oid), *std::move(aid)};
  return entry;
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
  if (space == kContent) return absl::StrCat("content ", absl::BytesToHexString(bytes));
  if (space == kMeta) return absl::StrCat("meta ", bytes);
  if (space == kRevision && bytes.size() > sizeof(uint32_t) + 1) {
    absl::string_view number = bytes.substr(bytes.size() - sizeof(uint32_t));
    if (const auto key = UnpackKey(bytes.substr(0, bytes.size() - sizeof(uint32_t) - 1))) {
      return absl::StrCat("revision ", *ConsumeBigEndian(number, sizeof(uint32_t)), " of article ", key->ToString());
    }
  }
  return absl::StrCat("key ", absl::CHexEscape(bytes));
}

}  // namespace gisa
