#include "storage/leveldb/value_columns.h"

#include <optional>

#include "storage/index/doc_values.h"
#include "storage/index/packed_aid.h"

namespace gisa {
namespace {

constexpr uint64_t kMicrosPerSecond = 1'000'000;

// Numbers near zero, of either sign, as small ones. All arithmetic is modulo 2^64, so that any two times have a gap.
uint64_t ZigZag(uint64_t value) { return value << 1 ^ (value >> 63 != 0 ? ~uint64_t{0} : 0); }
uint64_t UnZigZag(uint64_t value) { return value >> 1 ^ ((value & 1) != 0 ? ~uint64_t{0} : 0); }

}  // namespace

void TimeColumnWriter::Add(int64_t time, int64_t reference) {
  if (time == kNoTime) {
    gaps_.emplace_back(false, 0);
    return;
  }
  const auto gap = static_cast<int64_t>(static_cast<uint64_t>(time) - static_cast<uint64_t>(reference));
  whole_seconds_ = whole_seconds_ && gap % static_cast<int64_t>(kMicrosPerSecond) == 0;
  gaps_.emplace_back(true, static_cast<uint64_t>(gap));
}

std::string TimeColumnWriter::Finish() const {
  const uint64_t unit = whole_seconds_ ? kMicrosPerSecond : 1;
  std::string column;
  AppendVarint64(unit, &column);
  for (const auto& [is_present, gap] : gaps_) {
    // A gap of all 64 bits takes the whole range, so presence has a bit of its own there.
    const auto units = static_cast<uint64_t>(static_cast<int64_t>(gap) / static_cast<int64_t>(unit));
    const uint64_t zigzag = ZigZag(units);
    if (!is_present) {
      AppendVarint64(0, &column);
    } else if (zigzag < UINT64_MAX - 1) {
      AppendVarint64(zigzag + 2, &column);
    } else {
      AppendVarint64(1, &column);
      AppendVarint64(zigzag, &column);
    }
  }
  return column;
}

int64_t TimeColumnReader::Next(int64_t reference) {
  const uint64_t entry = rest_.Varint64();
  if (entry == 0) return kNoTime;
  const uint64_t units = UnZigZag(entry == 1 ? rest_.Varint64() : entry - 2);
  return static_cast<int64_t>(static_cast<uint64_t>(reference) + units * unit_);
}

void NameColumnWriter::Add(NameId id, absl::string_view name) {
  const auto [found, is_new] = numbers_.emplace(id, static_cast<uint32_t>(numbers_.size()));
  if (is_new) {
    AppendVarint64(name.size(), &names_);
    names_.append(name.data(), name.size());
  }
  AppendVarint64(found->second, &entries_);
}

std::string NameColumnWriter::Finish() const {
  std::string column;
  AppendVarint64(numbers_.size(), &column);
  return column + names_ + entries_;
}

NameColumnReader::NameColumnReader(absl::string_view column) : rest_(column) {
  for (uint64_t left = rest_.Varint64(); left > 0 && rest_.ok(); --left) {
    names_.push_back(rest_.Bytes(rest_.Varint64()));
  }
}

uint32_t NameColumnReader::Next() {
  const uint32_t number = rest_.Varint32();
  ok_ = ok_ && number < names_.size();
  return number;
}

void AidColumnWriter::Add(NameId oid, absl::string_view aid) {
  const std::optional<uint64_t> packed = PackAid(aid);
  if (!packed.has_value()) {
    AppendVarint64(0, &entries_);
    AppendVarint64(aid.size(), &entries_);
    entries_.append(aid.data(), aid.size());
    return;
  }
  uint64_t& last = last_[oid];
  // Below 2^62, so that there is room for the 1.
  AppendVarint64(ZigZag(*packed - last) + 1, &entries_);
  last = *packed;
}

std::string AidColumnReader::Next(uint32_t oid) {
  const uint64_t entry = rest_.Varint64();
  if (entry == 0) return std::string(rest_.Bytes(rest_.Varint64()));
  uint64_t& last = last_[oid];
  last += UnZigZag(entry - 1);
  ok_ = ok_ && last >> kPackedDigitsShift <= kMaxPackedDigits;
  return ok_ ? UnpackAid(last) : "";
}

}  // namespace gisa
