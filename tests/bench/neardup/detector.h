#ifndef GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_
#define GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "storage/dedup/sketch.h"
#include "tests/bench/neardup/candidate_table.h"

namespace gisa {

// Finds near copies the way the archive does, in memory: each text's sketch, and whom it meets of those before it.
class Detector {
 public:
  // A pair of candidates, first < second, and whether a band brought it up (else a fingerprint).
  struct Candidate {
    uint32_t first = 0;
    uint32_t second = 0;
    bool by_band = false;
  };

  // Looks for the text's candidates among those added before it, which it appends, and adds it.
  void Add(absl::string_view body, std::vector<Candidate>& candidates);

 private:
  static constexpr size_t kMaxTextsOfHash = 256;

  Sketcher sketcher_;
  CandidateTable bands_{kMaxTextsOfHash};
  CandidateTable fingerprints_{kMaxTextsOfHash};
  uint32_t count_ = 0;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_
