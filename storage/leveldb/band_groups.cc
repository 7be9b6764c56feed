#include "storage/leveldb/band_groups.h"

#include <algorithm>

#include "storage/dedup/sketch.h"

namespace gisa {
namespace {

// Of a band that more have, the newest count.
constexpr size_t kMaxGroup = 4096;

uint32_t DocOf(uint64_t entry) { return static_cast<uint32_t>(entry); }
uint64_t HashOf(uint64_t entry) { return entry >> 32; }

}  // namespace

BandGroups BandGroups::Read(const NearIndex& index, uint64_t after, uint64_t up_to) {
  BandGroups groups(after, up_to);
  index.ReadBands(up_to, [&groups](absl::Span<const uint64_t> hashes) { groups.AddBucket(hashes); });
  groups.begins_.push_back(groups.docs_.size());
  std::sort(groups.groups_of_.begin(), groups.groups_of_.end());
  return groups;
}

void BandGroups::AddBucket(absl::Span<const uint64_t> hashes) {
  for (const uint64_t hash : hashes) {
    if (DocOf(hash) > after_) ++bands_[DocOf(hash) - after_ - 1];
  }
  for (size_t begin = 0; begin < hashes.size();) {
    size_t end = begin + 1;
    while (end < hashes.size() && HashOf(hashes[end]) == HashOf(hashes[begin])) ++end;
    if (end - begin > 1 && DocOf(hashes[end - 1]) > after_) {
      const auto group = static_cast<uint32_t>(begins_.size());
      begins_.push_back(docs_.size());
      for (size_t i = std::max(begin, end - std::min(end, kMaxGroup)); i < end; ++i) {
        docs_.push_back(DocOf(hashes[i]));
        if (DocOf(hashes[i]) > after_) groups_of_.emplace_back(DocOf(hashes[i]), group);
      }
    }
    begin = end;
  }
}

BandGroups::Earlier BandGroups::EarlierThan(uint32_t doc) const {
  Earlier earlier;
  auto it = std::lower_bound(groups_of_.begin(), groups_of_.end(), std::pair(doc, uint32_t{0}));
  for (; it != groups_of_.end() && it->first == doc; ++it) {
    const auto begin = docs_.begin() + static_cast<std::ptrdiff_t>(begins_[it->second]);
    const auto end = docs_.begin() + static_cast<std::ptrdiff_t>(begins_[it->second + 1]);
    earlier.docs.insert(earlier.docs.end(), begin, std::lower_bound(begin, end, doc));
    // The index may have left further ones out.
    earlier.is_complete &= static_cast<size_t>(end - begin) < kMaxDocsOfHash;
  }
  std::sort(earlier.docs.begin(), earlier.docs.end());
  earlier.docs.erase(std::unique(earlier.docs.begin(), earlier.docs.end()), earlier.docs.end());
  return earlier;
}

}  // namespace gisa
