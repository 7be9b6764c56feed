#ifndef GISA_TESTS_BENCH_RANDOM_H_
#define GISA_TESTS_BENCH_RANDOM_H_

#include <cstdint>

namespace gisa {

// SplitMix64 (Steele, Lea and Flood, 2014): any seed gives a good sequence, the same everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Below(uint64_t n) {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  }

 private:
  uint64_t state_;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_RANDOM_H_
