#ifndef GISA_TESTS_BENCH_NEARDUP_RECALL_CURVE_H_
#define GISA_TESTS_BENCH_NEARDUP_RECALL_CURVE_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace gisa {

// How many of the pairs of each similarity were found.
class RecallCurve {
 public:
  static constexpr size_t kBins = 20;

  // `similarity` is from 0 to 1.
  void Add(double similarity, bool found) { bins_[BinOf(similarity)].Add(found); }

  struct Bin {
    uint64_t pairs = 0;
    uint64_t found = 0;

    void Add(bool is_found) {
      ++pairs;
      found += is_found;
    }
    double recall() const { return pairs == 0 ? 1 : static_cast<double>(found) / static_cast<double>(pairs); }
  };
  // The bin of similarities from i / kBins on to below the next; 1 belongs to the last.
  const Bin& bin(size_t i) const { return bins_[i]; }
  static double BinBegin(size_t i) { return static_cast<double>(i) / kBins; }
  // With some room for what 0.7 times 20 is in binary.
  static size_t BinOf(double similarity) {
    const auto i = static_cast<size_t>(similarity * kBins + 1e-9);
    return i < kBins ? i : kBins - 1;
  }

 private:
  std::array<Bin, kBins> bins_;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_RECALL_CURVE_H_
