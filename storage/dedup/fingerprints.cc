#include "storage/dedup/fingerprints.h"

#include <algorithm>

#include "storage/dedup/rolling_hash.h"

namespace gisa {
namespace {

// The position of the least of hashes[begin, end), the rightmost of equals.
size_t FindLeast(absl::Span<const uint64_t> hashes, size_t begin, size_t end) {
  size_t least = begin;
  for (size_t i = begin + 1; i < end; ++i) {
    if (hashes[i] <= hashes[least]) least = i;
  }
  return least;
}

}  // namespace

void Fingerprinter::Append(absl::Span<const char32_t> letters, const FingerprintShape& shape,
                           std::vector<uint64_t>& out) {
  if (letters.size() < shape.length) return;
  hashes_.resize(letters.size() - shape.length + 1);
  HashWindows(letters, shape.length, [next = hashes_.data()](uint64_t hash) mutable { *next++ = hash; });
  const size_t out_begin = out.size();
  size_t end = std::min(shape.window, hashes_.size());
  size_t least = FindLeast(hashes_, 0, end);
  out.push_back(hashes_[least]);
  // The window moves on by one; its least is looked for anew only when it has moved past it.
  for (; end < hashes_.size(); ++end) {
    const size_t begin = end + 1 - shape.window;
    if (hashes_[end] <= hashes_[least]) {
      least = end;
    } else if (least < begin) {
      least = FindLeast(hashes_, begin, end + 1);
    } else {
      continue;
    }
    out.push_back(hashes_[least]);
  }
  std::sort(out.begin() + out_begin, out.end());
  out.erase(std::unique(out.begin() + out_begin, out.end()), out.end());
}

}  // namespace gisa
