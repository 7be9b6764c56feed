#include "storage/index/document_block.h"

#include <algorithm>
#include <numeric>

#include "storage/index/rice_code.h"

namespace gisa {
namespace {

constexpr int kLowBitsBits = 5;  // of the number of low bits of gaps, or of frequencies

// How frequencies are written: every one is 1, or a list has the places of the others, plus its low bits, or each is
// written, less 1.
constexpr int kFreqParameterBits = 3;
constexpr uint32_t kAllOnce = 0;
constexpr uint32_t kListOfOthers = 1;
constexpr uint32_t kEachFreq = 7;
constexpr int kMaxListLowBits = kEachFreq - kListOfOthers - 1;
// A list of more would be slow to read.
constexpr size_t kMaxListedShare = 4;

// RiceLowBits keeps the high parts of numbers below this on average.
constexpr size_t kMaxHighPart = 8;

int LowBitsOf(absl::Span<const uint32_t> numbers) {
  return numbers.empty() ? 0
                         : RiceLowBits(std::accumulate(numbers.begin(), numbers.end(), uint64_t{0}), numbers.size());
}

void WriteAllSplit(absl::Span<const uint32_t> numbers, int low_bits, BitWriter* out) {
  out->WriteAll(low_bits, numbers);
  out->WriteAllUnary(low_bits, numbers);
}

// Reads what WriteAllSplit wrote. `zeros`, as large as `numbers`, is for the high parts on the way.
bool ReadAllSplit(int low_bits, absl::Span<uint32_t> numbers, absl::Span<uint32_t> zeros, BitReader* in) {
  in->ReadAll(low_bits, numbers);
  in->ReadUnarySums(static_cast<uint32_t>(kMaxHighPart * numbers.size()), zeros);
  return in->ok();
}

// Reads gaps as documents after `before`. The sum of the high parts is what stands in the bits, as in Elias and Fano's
// code, so that nothing waits for the gap before but the sum of the low parts.
bool ReadGaps(int low_bits, uint64_t before, absl::Span<DocId> docs, BitReader* in) {
  uint32_t zeros[kBlockDocs];
  if (!ReadAllSplit(low_bits, docs, absl::MakeSpan(zeros, docs.size()), in)) return false;
  // In 64 bits the sum never wraps, so if its end is right every document before it is below it.
  uint64_t low_sum = before;
  uint64_t doc = before;
  for (size_t i = 0; i < docs.size(); ++i) {
    low_sum += uint64_t{docs[i]} + 1;
    doc = low_sum + (uint64_t{zeros[i]} << low_bits);
    docs[i] = static_cast<DocId>(doc);
  }
  return doc <= kMaxDocId;
}

}  // namespace

void WriteDocuments(absl::Span<const uint32_t> gaps, absl::Span<const uint32_t> freqs, BitWriter* out) {
  uint32_t more[kBlockDocs];    // how much each frequency is above 1
  uint32_t others[kBlockDocs];  // the places where that is not 0
  size_t other_count = 0;
  for (uint32_t i = 0; i < freqs.size(); ++i) {
    more[i] = freqs[i] - 1;
    others[other_count] = i;
    other_count += more[i] != 0 ? 1 : 0;
  }
  const int list_low_bits = RiceLowBits(freqs.size() - other_count, other_count + 1);
  const bool has_list = other_count * kMaxListedShare <= freqs.size() && list_low_bits <= kMaxListLowBits;

  const int gap_low_bits = LowBitsOf(gaps);
  out->Write(static_cast<uint32_t>(gap_low_bits), kLowBitsBits);
  out->Write(other_count == 0 ? kAllOnce
             : has_list       ? kListOfOthers + static_cast<uint32_t>(list_low_bits)
                              : kEachFreq,
             kFreqParameterBits);
  WriteAllSplit(gaps, gap_low_bits, out);
  if (other_count == 0) return;
  if (has_list) {
    SparseListWriter list(list_low_bits, out);
    for (size_t i = 0; i < other_count; ++i) list.Add(others[i]);
    list.End(static_cast<uint32_t>(freqs.size()));
    for (size_t i = 0; i < other_count; ++i) WriteGamma(more[others[i]], out);
    return;
  }
  const auto all = absl::MakeConstSpan(more, freqs.size());
  const int freq_low_bits = LowBitsOf(all);
  out->Write(static_cast<uint32_t>(freq_low_bits), kLowBitsBits);
  WriteAllSplit(all, freq_low_bits, out);
}

bool DocumentBlockReader::ReadDocs(DocId before, bool first_known, absl::Span<DocId> docs) {
  const int low_bits = static_cast<int>(in_.Read(kLowBitsBits));
  freq_parameter_ = in_.Read(kFreqParameterBits);
  if (first_known) docs[0] = before + 1;
  const size_t known = first_known ? 1 : 0;
  return ReadGaps(low_bits, uint64_t{before} + known, docs.subspan(known), &in_);
}

bool DocumentBlockReader::ReadFreqs(absl::Span<uint32_t> freqs) {
  if (freq_parameter_ == kEachFreq) {
    const auto low_bits = static_cast<int>(in_.Read(kLowBitsBits));
    uint32_t zeros[kBlockDocs];
    if (!ReadAllSplit(low_bits, freqs, absl::MakeSpan(zeros, freqs.size()), &in_)) return false;
    uint32_t zeros_before = 0;
    bool has_zero = false;
    for (size_t i = 0; i < freqs.size(); ++i) {
      freqs[i] += static_cast<uint32_t>(uint64_t{zeros[i] - zeros_before} << low_bits) + 1;
      has_zero |= freqs[i] == 0;
      zeros_before = zeros[i];
    }
    return !has_zero;
  }
  std::fill(freqs.begin(), freqs.end(), 1);
  if (freq_parameter_ == kAllOnce) return true;
  uint32_t others[kBlockDocs];
  size_t other_count = 0;
  const auto note = [&](uint32_t place) { others[other_count++] = place; };
  const auto list_low_bits = static_cast<int>(freq_parameter_ - kListOfOthers);
  if (!ReadSparseList(static_cast<uint32_t>(freqs.size()), list_low_bits, &in_, note)) return false;
  for (size_t i = 0; i < other_count; ++i) {
    const uint32_t more = ReadGamma(&in_);
    if (more == 0) return false;
    freqs[others[i]] = more + 1;
  }
  return in_.ok();
}

}  // namespace gisa
