#include "storage/dedup/sketch_run.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace gisa {
namespace {

constexpr absl::string_view kMagic = "gisanear";
constexpr size_t kFooterBytes = 32;
// Buckets of 8 to 16 entries. A directory of more bits than this would be for more entries than a run has.
constexpr uint64_t kEntriesOfBucket = 16;
constexpr int kMaxDirectoryBits = 26;

// So many hashes are looked up at a time.
constexpr size_t kLookahead = 64;

static_assert(std::endian::native == std::endian::little, "numbers are read as they stand");

uint64_t LoadNumber(const char* bytes, size_t size) {
  uint64_t number = 0;
  std::memcpy(&number, bytes, size);
  return number;
}

void AppendNumber(uint64_t number, size_t size, std::string& out) {
  out.append(reinterpret_cast<const char*>(&number), size);
}

// Of the bits of a hash below those of its bucket.
constexpr int RestBits(int directory_bits) { return RunEntry::kHashBits - directory_bits; }

constexpr size_t EntryBytes(int directory_bits, int offset_bits) {
  return static_cast<size_t>(RestBits(directory_bits) + offset_bits + 7) / 8;
}

// `bits` is from 1 to 64.
constexpr uint64_t LowBits(int bits) { return ~uint64_t{0} >> (64 - bits); }

}  // namespace

std::optional<SketchRun> SketchRun::Parse(absl::string_view bytes) {
  if (bytes.size() < kFooterBytes || bytes.substr(bytes.size() - kMagic.size()) != kMagic) return std::nullopt;
  const char* const footer = bytes.data() + bytes.size() - kFooterBytes;
  SketchRun run;
  run.entries_ = LoadNumber(footer, 8);
  const uint64_t samples_size = LoadNumber(footer + 8, 4);
  run.first_doc_ = static_cast<uint32_t>(LoadNumber(footer + 12, 4));
  run.span_ = static_cast<uint32_t>(LoadNumber(footer + 16, 4));
  run.directory_bits_ = static_cast<int>(LoadNumber(footer + 20, 1));
  run.offset_bits_ = static_cast<int>(LoadNumber(footer + 21, 1));
  if (run.directory_bits_ > kMaxDirectoryBits || run.offset_bits_ == 0 || run.offset_bits_ > RunEntry::kOffsetBits ||
      run.span_ > RunEntry::kOffsetLimit || run.entries_ > UINT32_MAX) {
    return std::nullopt;
  }
  run.entry_bytes_ = EntryBytes(run.directory_bits_, run.offset_bits_);
  const uint64_t entries_size = run.entries_ * run.entry_bytes_;
  const uint64_t documents_size = uint64_t{run.span_} * (1 + 4);
  const uint64_t directory_size = 4 * ((uint64_t{1} << run.directory_bits_) + 1);
  if (entries_size + samples_size + documents_size + directory_size + kFooterBytes != bytes.size()) return std::nullopt;
  run.data_ = bytes.data();
  run.samples_ = run.data_ + entries_size;
  run.counts_ = run.samples_ + samples_size;
  run.ends_ = run.counts_ + run.span_;
  run.directory_ = run.ends_ + 4 * size_t{run.span_};
  return run;
}

absl::string_view SketchRun::SampleOf(uint32_t doc) const {
  const uint32_t offset = doc - first_doc_;
  const uint64_t begin = offset == 0 ? 0 : LoadNumber(ends_ + 4 * (size_t{offset} - 1), 4);
  return {samples_ + begin, LoadNumber(ends_ + 4 * size_t{offset}, 4) - begin};
}

// May read up to 7 bytes behind the entry: the footer, at least, is there.
uint64_t SketchRun::PackedAt(uint64_t index) const {
  uint64_t packed = 0;
  std::memcpy(&packed, data_ + index * entry_bytes_, sizeof(packed));
  return packed & LowBits(RestBits(directory_bits_) + offset_bits_);
}

uint64_t SketchRun::BucketBegin(uint64_t bucket) const { return LoadNumber(directory_ + 4 * bucket, 4); }

// Without branches, for which way it goes cannot be predicted.
uint64_t SketchRun::UpperBound(uint64_t begin, uint64_t count, uint64_t rest) const {
  while (count > 0) {
    const uint64_t half = (count + 1) / 2;
    begin += half * uint64_t{PackedAt(begin + half - 1) >> offset_bits_ <= rest};
    count -= half;
  }
  return begin;
}

void SketchRun::Find(absl::Span<const uint64_t> hashes, uint64_t limit, absl::Span<uint32_t> remaining,
                     absl::FunctionRef<void(size_t i, absl::Span<const uint32_t> docs)> visit) const {
  const int rest_bits = RestBits(directory_bits_);
  const auto bucket_of = [&](uint64_t hash) { return RunEntry::HashBits(hash) >> rest_bits; };
  std::array<std::pair<uint64_t, uint64_t>, kLookahead> ranges;
  std::vector<uint32_t> docs;
  for (size_t base = 0; base < hashes.size(); base += kLookahead) {
    const size_t count = std::min(hashes.size() - base, kLookahead);
    for (size_t i = 0; i < count; ++i) __builtin_prefetch(directory_ + 4 * bucket_of(hashes[base + i]));
    for (size_t i = 0; i < count; ++i) {
      const uint64_t bucket = bucket_of(hashes[base + i]);
      ranges[i] = {BucketBegin(bucket), BucketBegin(bucket + 1)};
      __builtin_prefetch(data_ + ranges[i].first * entry_bytes_);
      __builtin_prefetch(data_ + ranges[i].second * entry_bytes_);
    }
    for (size_t i = 0; i < count; ++i) {
      uint32_t& wanted = remaining[base + i];
      if (wanted == 0) continue;
      const uint64_t rest = RunEntry::HashBits(hashes[base + i]) & LowBits(rest_bits);
      const auto [begin, end] = ranges[i];
      docs.clear();
      for (uint64_t next = UpperBound(begin, end - begin, rest); next > begin && docs.size() < wanted; --next) {
        const uint64_t packed = PackedAt(next - 1);
        if (packed >> offset_bits_ != rest) break;
        const uint32_t doc = first_doc_ + static_cast<uint32_t>(packed & LowBits(offset_bits_));
        if (doc < limit) docs.push_back(doc);
      }
      if (docs.empty()) continue;
      wanted -= static_cast<uint32_t>(docs.size());
      visit(base + i, docs);
    }
  }
}

void SketchRun::Cursor::Load() {
  if (done()) return;
  while (run_->BucketBegin(bucket_ + 1) <= index_) ++bucket_;
  const uint64_t packed = run_->PackedAt(index_);
  const uint64_t hash_bits = bucket_ << RestBits(run_->directory_bits_) | packed >> run_->offset_bits_;
  entry_ = RunEntry::Make(hash_bits, static_cast<uint32_t>(packed & LowBits(run_->offset_bits_)));
}

SketchRunEncoder::SketchRunEncoder(uint32_t first_doc, uint32_t span, uint64_t max_entries, std::string* out)
    : first_doc_(first_doc),
      span_(span),
      directory_bits_(std::min(static_cast<int>(std::bit_width(max_entries / kEntriesOfBucket)), kMaxDirectoryBits)),
      offset_bits_(static_cast<int>(std::bit_width(std::max(span, 2u) - 1))),
      entry_bytes_(EntryBytes(directory_bits_, offset_bits_)),
      out_(out) {
  static_assert(RestBits(0) + RunEntry::kOffsetBits <= 64, "an entry is read as 8 bytes");
  bucket_ends_.reserve(size_t{1} << directory_bits_);
  sample_ends_.reserve(span);
  counts_.reserve(span);
}

void SketchRunEncoder::Add(uint64_t entry) {
  const uint64_t hash = RunEntry::HashBitsOf(entry);
  const int rest_bits = RestBits(directory_bits_);
  bucket_ends_.resize(hash >> rest_bits, static_cast<uint32_t>(entries_));
  AppendNumber((hash & LowBits(rest_bits)) << offset_bits_ | RunEntry::OffsetOf(entry), entry_bytes_, *out_);
  ++entries_;
}

void SketchRunEncoder::AddDocument(size_t fingerprints, absl::string_view stored_sample) {
  counts_.push_back(static_cast<char>(fingerprints));
  out_->append(stored_sample.data(), stored_sample.size());
  sample_bytes_ += static_cast<uint32_t>(stored_sample.size());
  sample_ends_.push_back(sample_bytes_);
}

void SketchRunEncoder::Finish() {
  bucket_ends_.resize(size_t{1} << directory_bits_, static_cast<uint32_t>(entries_));
  out_->append(counts_);
  for (const uint32_t end : sample_ends_) AppendNumber(end, 4, *out_);
  AppendNumber(0, 4, *out_);
  for (const uint32_t end : bucket_ends_) AppendNumber(end, 4, *out_);
  AppendNumber(entries_, 8, *out_);
  AppendNumber(sample_bytes_, 4, *out_);
  AppendNumber(first_doc_, 4, *out_);
  AppendNumber(span_, 4, *out_);
  AppendNumber(static_cast<uint64_t>(directory_bits_), 1, *out_);
  AppendNumber(static_cast<uint64_t>(offset_bits_), 1, *out_);
  AppendNumber(0, 2, *out_);
  out_->append(kMagic.data(), kMagic.size());
}

}  // namespace gisa
