#include "storage/dedup/candidate_set.h"

#include <algorithm>
#include <tuple>

namespace gisa {
namespace {

// Of the fingerprints of the shorter of two texts, one in so many has to be in common.
constexpr size_t kFingerprintsForOneShared = 4;

}  // namespace

std::vector<Candidate> CandidateSet::Pick(size_t fingerprints_asked,
                                          absl::FunctionRef<size_t(uint32_t doc)> fingerprints_of) const {
  std::vector<Candidate> picked;
  for (const auto& [doc, candidate] : candidates_) {
    const bool is_promising = candidate.bands > 0 || candidate.fingerprints * kFingerprintsForOneShared >=
                                                         std::min(fingerprints_asked, fingerprints_of(doc));
    if (is_promising) picked.push_back(candidate);
  }
  // A band weighs as much as several fingerprints; of equals the newer.
  std::sort(picked.begin(), picked.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.bands, a.fingerprints, a.doc) > std::tuple(b.bands, b.fingerprints, b.doc);
  });
  return picked;
}

}  // namespace gisa
