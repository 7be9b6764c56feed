#include "storage/dedup/shingle_sample.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace gisa {
namespace {

constexpr size_t kMaxStored = 512;
constexpr uint32_t kValues = 1 << 12;
constexpr uint8_t kSkip = UINT8_MAX;

// The number of standard deviations below its mean at which a sample still passes.
constexpr double kSlack = 3;

}  // namespace

SampleSieve::Values SampleSieve::ValuesOf(absl::Span<const uint32_t> sample, int shift) {
  Values values;
  const uint32_t must_be_zero = (uint32_t{1} << shift) - 1;
  for (const uint32_t hash : sample) {
    const uint32_t value = hash >> shift & (kValues - 1);
    values.bits[value / 64] |= uint64_t{(hash & must_be_zero) == 0} << value % 64;
  }
  for (const uint64_t word : values.bits) values.count += static_cast<size_t>(std::popcount(word));
  return values;
}

void AppendStoredSample(absl::Span<const uint32_t> sample, std::string& out) {
  const int shift = std::min(static_cast<int>(std::bit_width(sample.size() / kMaxStored)), SampleSieve::kMaxShift - 1);
  out.push_back(static_cast<char>(shift));
  const SampleSieve::Values values = SampleSieve::ValuesOf(sample, shift);
  uint32_t next = 0;  // the value above the one before
  for (size_t i = 0; i < values.bits.size(); ++i) {
    for (uint64_t word = values.bits[i]; word != 0; word &= word - 1) {
      const auto value = static_cast<uint32_t>(64 * i + static_cast<size_t>(std::countr_zero(word)));
      for (; value - next >= kSkip; next += kSkip) out.push_back(static_cast<char>(kSkip));
      out.push_back(static_cast<char>(value - next));
      next = value + 1;
    }
  }
}

bool SampleSieve::MayMatch(absl::string_view stored) {
  if (stored.empty() || static_cast<uint8_t>(stored[0]) >= kMaxShift) return true;
  std::optional<Values>& here = values_[static_cast<uint8_t>(stored[0])];
  if (!here.has_value()) here = ValuesOf(sample_, stored[0]);
  size_t there = 0;
  size_t shared = 0;
  uint32_t next = 0;
  for (const char c : stored.substr(1)) {
    const auto gap = static_cast<uint8_t>(c);
    next += gap;
    if (gap == kSkip) continue;
    ++there;
    shared += here->bits[next / 64 % here->bits.size()] >> next % 64 & 1;
    ++next;
  }
  const auto shorter = static_cast<double>(std::min(here->count, there));
  const double mean = shorter * min_similarity_;
  return static_cast<double>(shared) >= mean - kSlack * std::sqrt(mean * (1 - min_similarity_));
}

}  // namespace gisa
