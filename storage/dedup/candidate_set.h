#ifndef GISA_STORAGE_DEDUP_CANDIDATE_SET_H_
#define GISA_STORAGE_DEDUP_CANDIDATE_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"

namespace gisa {

// A document that has hashes of its kept sketch in common with a sketch that was asked for.
struct Candidate {
  uint32_t doc = 0;
  uint32_t bands = 0;         // how many are in common
  uint32_t fingerprints = 0;  // how many are in common
};

// Gathers whom a sketch meets, and picks those that are worth an exact comparison.
//
// Not thread-safe.
class CandidateSet {
 public:
  bool empty() const { return candidates_.empty(); }
  void AddBand(uint32_t doc) { ++Of(doc).bands; }
  void AddFingerprint(uint32_t doc) { ++Of(doc).fingerprints; }

  // The most promising first: those with a band in common, and those that have enough fingerprints in common for one to
  // contain the other. Fingerprints stand for stretches of the text, so of a text that is contained most are in common,
  // after some edits still many; a sentence that two long articles share is not enough. `fingerprints_asked` is how
  // many the text asked for would keep, `fingerprints_of(doc)` how many a document has.
  std::vector<Candidate> Pick(size_t fingerprints_asked, absl::FunctionRef<size_t(uint32_t doc)> fingerprints_of) const;

 private:
  Candidate& Of(uint32_t doc) { return candidates_.try_emplace(doc, Candidate{doc, 0, 0}).first->second; }

  absl::flat_hash_map<uint32_t, Candidate> candidates_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_CANDIDATE_SET_H_
