#ifndef GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_
#define GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gisa {

// A sample of a text's shingles: those whose hash is divisible by 8 (A. Broder, "On the resemblance and containment of
// documents", 1997, sections 3 and 4: the sketch M). Whatever share of one text's shingles another has, about that
// share of the one's sample is in the other's. So a look at two samples tells, for nearly all texts that have a
// sentence in common and no more, that reading and comparing them would be in vain.
//
// Of each shingle, the 32 bits of the hash above the three that are 0. In no order; a shingle that the text repeats may
// be repeated.
using ShingleSample = std::vector<uint32_t>;

inline constexpr int kSampleBits = 3;

// Appends a sample as it is stored: how many more low bits of the hash have to be 0, so that no text stores many more
// than 512; then the next 12 bits of each hash, once, in order, as differences of one byte each from the one before,
// the first from -1. 255 stands for that difference with no hash behind it.
void AppendStoredSample(absl::Span<const uint32_t> sample, std::string& out);

// Tells whether a text may be at least so alike to the one of `sample`, or one of the two contain as much of the other,
// as `min_similarity` says. Both follow from the share of the shorter's sample that the other has, for what is alike
// contains as much. Says no by mistake for one in 740 of those that just reach it, and for hardly any of those above.
//
// Not thread-safe.
class SampleSieve {
 public:
  // `sample` must outlive it.
  SampleSieve(absl::Span<const uint32_t> sample, double min_similarity)
      : sample_(sample), min_similarity_(min_similarity) {}

  // `stored` is what AppendStoredSample appended.
  bool MayMatch(absl::string_view stored);

 private:
  static constexpr int kMaxShift = 32;

  // The values that would be stored of the sample if so many more bits had to be 0.
  struct Values {
    std::array<uint64_t, 64> bits = {};
    size_t count = 0;
  };
  static Values ValuesOf(absl::Span<const uint32_t> sample, int shift);
  friend void AppendStoredSample(absl::Span<const uint32_t> sample, std::string& out);

  const absl::Span<const uint32_t> sample_;
  const double min_similarity_;
  std::array<std::optional<Values>, kMaxShift> values_;  // by shift, as far as they were needed
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_
