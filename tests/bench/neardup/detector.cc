#include "tests/bench/neardup/detector.h"

#include <utility>

namespace gisa {

void Detector::Add(absl::string_view body, std::vector<Pair>& pairs) {
  Sketcher::Sketches sketches;
  if (look_ == Look::kFind) {
    sketches = sketcher_.MakeBoth(body);
  } else {
    sketches.kept = sketcher_.MakeKept(body);
  }
  const Sketch& asked = look_ == Look::kFind ? sketches.asked : sketches.kept;
  const auto find = [this](uint64_t hash, auto add) {
    uint32_t remaining = kMaxDocsOfHash;
    table_.Find(hash, UINT64_MAX, remaining, add);
  };
  for (const uint64_t hash : asked.bands) find(hash, [this](uint32_t doc) { candidates_.AddBand(doc); });
  for (const uint64_t hash : asked.fingerprints) find(hash, [this](uint32_t doc) { candidates_.AddFingerprint(doc); });
  SampleSieve sieve(sketches.kept.sample, min_similarity_);
  candidates_.Pick(sketches.kept.fingerprints.size(), table_, sieve);
  for (const Candidate& candidate : candidates_.Take())
    pairs.push_back({candidate.doc - 1, count_, candidate.bands > 0});
  ++count_;
  if (!sketches.kept.bands.empty()) table_.Add(count_, sketches.kept);
}

}  // namespace gisa
