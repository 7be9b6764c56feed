#ifndef GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_
#define GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace gisa {

// A sample of a text's shingles: those whose hash is divisible by 4 (A. Broder, "On the resemblance and containment of
// documents", 1997, sections 3 and 4: the sketch M). Whatever share of one text's shingles another has, about that
// share of the one's sample is in the other's. So a look at two samples tells, for nearly all texts that have a
// sentence in common and no more, that reading and comparing them would be in vain.
//
// Of each shingle, the 32 bits of the hash above the two that are 0. In no order; a shingle that the text repeats may
// be repeated.
using ShingleSample = std::vector<uint32_t>;

inline constexpr int kSampleBits = 2;

// Appends a sample as it is stored: a byte, whose lower seven bits say how many more low bits of the hash have to be 0,
// so many that there are hardly more than 1,365 values; then the values, of the bits above those.
// Few of them, when the byte's upper bit is not set, are a list: of each the next 12 bits, once, in order, as
// differences of one byte each from the one before, the first from -1; 255 stands for that difference with no value
// behind it. Many are a bitmap, in which a value is the bit of its number modulo how many bits there are: 64 times a
// power of two, so many that about one in three is set at most. A list keeps its values apart, but takes a byte for
// each; of a bitmap most bits of a longer text would be set, if that of a short one had as few bits.
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
  static constexpr size_t kMaxWords = 64;

  // The bitmaps of all sizes that would be stored of the sample if so many more bits had to be 0.
  struct Bitmaps {
    std::array<uint64_t, 2 * kMaxWords> words = {};  // from w on, the bitmap of w words
    std::array<size_t, 2 * kMaxWords> bits = {};     // at w, how many of it are set
  };
  static std::unique_ptr<const Bitmaps> MakeBitmaps(absl::Span<const uint32_t> sample, int shift);

  // Two samples, by values that are the same number in the same range.
  struct Values {
    size_t here = 0;
    size_t there = 0;
    size_t shared = 0;
    size_t range = 0;
  };
  static Values CountListed(const Bitmaps& here, absl::string_view list);
  static Values CountInBitmap(const Bitmaps& here, absl::string_view bitmap);

  const absl::Span<const uint32_t> sample_;
  const double min_similarity_;
  std::array<std::unique_ptr<const Bitmaps>, kMaxShift> bitmaps_;  // by shift, as far as they were needed

  friend void AppendStoredSample(absl::Span<const uint32_t> sample, std::string& out);
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SHINGLE_SAMPLE_H_
