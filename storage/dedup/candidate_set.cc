#include "storage/dedup/candidate_set.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace gisa {
namespace {

// A larger table is given back after use.
constexpr size_t kMaxKeptPlaces = 1 << 16;

}  // namespace

Candidate& CandidateSet::Insert(uint32_t doc, size_t place) {
  if (2 * (taken_.size() + 1) > places_.size()) {
    const std::vector<Candidate> old = std::exchange(places_, std::vector<Candidate>(2 * places_.size()));
    --shift_;
    for (uint32_t& taken : taken_) {
      const Candidate& candidate = old[taken];
      size_t i = PlaceOf(candidate.doc);
      while (places_[i].doc != 0) i = (i + 1) & (places_.size() - 1);
      places_[i] = candidate;
      taken = static_cast<uint32_t>(i);
    }
    place = PlaceOf(doc);
    while (places_[place].doc != 0) place = (place + 1) & (places_.size() - 1);
  }
  taken_.push_back(static_cast<uint32_t>(place));
  places_[place].doc = doc;
  return places_[place];
}

std::vector<Candidate> CandidateSet::Take() {
  // A band weighs as much as several fingerprints; of equals the newer.
  std::sort(picked_.begin(), picked_.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.bands, a.fingerprints, a.doc) > std::tuple(b.bands, b.fingerprints, b.doc);
  });
  if (places_.size() > kMaxKeptPlaces) {
    places_ = std::vector<Candidate>(kFirstPlaces);
    shift_ = kFirstShift;
  }
  return std::exchange(picked_, {});
}

}  // namespace gisa
