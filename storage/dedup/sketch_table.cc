#include "storage/dedup/sketch_table.h"

#include <algorithm>
#include <utility>

namespace gisa {
namespace {

constexpr size_t kFirstSlots = 1024;

}  // namespace

void SketchTable::Add(uint32_t doc, const Sketch& kept) {
  const uint32_t offset = doc - first_doc_;
  fingerprint_counts_.resize(offset + 1);
  fingerprint_counts_[offset] = static_cast<uint8_t>(std::min<size_t>(kept.fingerprints.size(), UINT8_MAX));
  sample_ends_.resize(offset, static_cast<uint32_t>(samples_.size()));
  AppendStoredSample(kept.sample, samples_);
  sample_ends_.push_back(static_cast<uint32_t>(samples_.size()));
  ++documents_;
  // Each hash is somewhere else in the table, which no cache holds: together they are waited for once.
  for (const uint64_t hash : kept.bands) Prefetch(hash);
  for (const uint64_t hash : kept.fingerprints) Prefetch(hash);
  for (const uint64_t hash : kept.bands) Add(hash, offset);
  for (const uint64_t hash : kept.fingerprints) Add(hash, offset);
}

void SketchTable::Add(uint64_t hash, uint32_t offset) {
  if (3 * (entries_ + 1) > 2 * slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t same = 0;
  size_t i = hash >> kOffsetBits & mask;
  for (; slots_[i] != kEmpty; i = (i + 1) & mask) {
    if (HasHash(slots_[i], hash) && ++same >= kMaxDocsOfHash) return;
  }
  slots_[i] = (hash & kHashMask) | offset;
  ++entries_;
}

void SketchTable::ForEachBelow(uint64_t limit, absl::FunctionRef<void(uint64_t hash, uint32_t doc)> visit) const {
  for (const uint64_t slot : slots_) {
    if (slot < limit) visit(slot & kHashMask, first_doc_ + Offset(slot));
  }
}

std::vector<uint64_t> SketchTable::Entries() const {
  std::vector<uint64_t> entries;
  entries.reserve(entries_);
  for (const uint64_t slot : slots_) {
    if (slot != kEmpty) entries.push_back(slot);
  }
  return entries;
}

void SketchTable::Grow() {
  std::vector<uint64_t> old(std::max(kFirstSlots, 2 * slots_.size()), kEmpty);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const uint64_t entry : old) {
    if (entry == kEmpty) continue;
    size_t i = entry >> kOffsetBits & mask;
    while (slots_[i] != kEmpty) i = (i + 1) & mask;
    slots_[i] = entry;
  }
}

}  // namespace gisa
