#include "tests/bench/neardup/detector.h"

#include <algorithm>

namespace gisa {
namespace {

void SortUnique(std::vector<uint32_t>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

void Detector::Add(absl::string_view body, std::vector<Candidate>& candidates) {
  const auto [kept, asked] = sketcher_.MakeBoth(body);
  const uint32_t text = count_++;
  std::vector<uint32_t> by_band;
  bands_.Find(asked.bands, by_band);
  SortUnique(by_band);
  for (const uint32_t other : by_band) candidates.push_back({other, text, true});
  std::vector<uint32_t> by_fingerprint;
  fingerprints_.Find(asked.fingerprints, by_fingerprint);
  SortUnique(by_fingerprint);
  for (const uint32_t other : by_fingerprint) {
    if (!std::binary_search(by_band.begin(), by_band.end(), other)) candidates.push_back({other, text, false});
  }
  bands_.Add(text, kept.bands);
  fingerprints_.Add(text, kept.fingerprints);
}

}  // namespace gisa
