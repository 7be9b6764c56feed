#ifndef GISA_STORAGE_DEDUP_CANDIDATE_SET_H_
#define GISA_STORAGE_DEDUP_CANDIDATE_SET_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/dedup/shingle_sample.h"

namespace gisa {

// A document that has hashes of its kept sketch in common with a sketch that was asked for.
struct Candidate {
  uint32_t doc = 0;
  uint16_t bands = 0;         // how many are in common
  uint16_t fingerprints = 0;  // how many are in common
};

// Gathers whom a sketch meets, and picks those that are worth an exact comparison. Each document is counted in a table
// of 8 bytes a place, which is emptied by touching only what was used: so a set is best kept for the next sketch.
//
// Not thread-safe.
class CandidateSet {
 public:
  // `doc` is not 0.
  void AddBand(uint32_t doc) { ++Of(doc).bands; }
  void AddFingerprint(uint32_t doc) { ++Of(doc).fingerprints; }

  // Picks out of those added since the last call: those with a band in common, and those that have enough fingerprints
  // in common for one to contain the other. Fingerprints stand for stretches of the text, so of a text that is
  // contained most are in common, after some edits still many; a sentence that two long articles share is not enough.
  // Of both only those that pass the sieve. `fingerprints_kept` is how many the text asked for would keep; `documents`
  // is of those added, and tells by FingerprintsOf(doc) how many each has, and by SampleOf(doc) its stored sample.
  template <typename Documents>
  void Pick(size_t fingerprints_kept, const Documents& documents, SampleSieve& sieve) {
    promising_.clear();
    for (const uint32_t place : taken_) {
      const Candidate candidate = std::exchange(places_[place], Candidate());
      if (candidate.bands == 0 && candidate.fingerprints * kFingerprintsForOneShared <
                                      std::min(fingerprints_kept, documents.FingerprintsOf(candidate.doc))) {
        continue;
      }
      const absl::string_view sample = documents.SampleOf(candidate.doc);
      // They lie anywhere: all are on their way before the first is needed.
      __builtin_prefetch(sample.data());
      __builtin_prefetch(sample.data() + sample.size());
      promising_.emplace_back(candidate, sample);
    }
    taken_.clear();
    for (const auto& [candidate, sample] : promising_) {
      if (sieve.MayMatch(sample)) picked_.push_back(candidate);
    }
  }

  // What was picked, the most promising first. Starts anew.
  std::vector<Candidate> Take();

 private:
  // Of the fingerprints of the shorter of two texts, one in so many has to be in common.
  static constexpr size_t kFingerprintsForOneShared = 6;
  static constexpr size_t kFirstPlaces = 1024;
  static constexpr int kFirstShift = 22;

  Candidate& Of(uint32_t doc) {
    size_t i = PlaceOf(doc);
    for (; places_[i].doc != doc; i = (i + 1) & (places_.size() - 1)) {
      if (places_[i].doc == 0) return Insert(doc, i);
    }
    return places_[i];
  }
  // Fibonacci hashing (D. Knuth, "The Art of Computer Programming", 6.4).
  size_t PlaceOf(uint32_t doc) const { return (doc * 0x9E3779B9u) >> shift_; }
  Candidate& Insert(uint32_t doc, size_t place);

  std::vector<Candidate> places_ = std::vector<Candidate>(kFirstPlaces);  // 2^(32 - shift_), at most half are taken
  int shift_ = kFirstShift;
  std::vector<uint32_t> taken_;  // places
  std::vector<std::pair<Candidate, absl::string_view>> promising_;
  std::vector<Candidate> picked_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_CANDIDATE_SET_H_
