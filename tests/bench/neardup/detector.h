#ifndef GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_
#define GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/dedup/candidate_set.h"
#include "storage/dedup/sketch.h"
#include "storage/dedup/sketch_table.h"

namespace gisa {

// Finds near copies the way the archive does, in memory: each text's sketch, and whom it meets of those before it.
class Detector {
 public:
  // A pair that is worth an exact comparison, first < second, and whether a band brought it up (else fingerprints).
  struct Pair {
    uint32_t first = 0;
    uint32_t second = 0;
    bool by_band = false;
  };

  // With which sketches it looks: as an ingest does, or as FindDuplicates.
  enum class Look { kIngest, kFind };
  Detector(Look look, double min_similarity) : look_(look), min_similarity_(min_similarity) {}

  // Looks for the text's pairs with those added before it, which it appends, and adds it. Texts are numbered from 0.
  void Add(absl::string_view body, std::vector<Pair>& pairs);

 private:
  const Look look_;
  const double min_similarity_;
  Sketcher sketcher_;
  SketchTable table_{1};  // text 0 is document 1
  CandidateSet candidates_;
  uint32_t count_ = 0;
};

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_NEARDUP_DETECTOR_H_
