#include "tests/bench/neardup/candidate_table.h"

namespace gisa {

void CandidateTable::Add(uint32_t text, absl::Span<const uint64_t> hashes) {
  for (const uint64_t hash : hashes) {
    auto& texts = texts_[hash];
    // One more than the limit says that it is passed.
    if (texts.size() <= max_texts_of_hash_) texts.push_back(text);
  }
}

void CandidateTable::Find(absl::Span<const uint64_t> hashes, std::vector<uint32_t>& out) const {
  for (const uint64_t hash : hashes) {
    const auto found = texts_.find(hash);
    if (found == texts_.end() || found->second.size() > max_texts_of_hash_) continue;
    out.insert(out.end(), found->second.begin(), found->second.end());
  }
}

}  // namespace gisa
