#include "storage/dedup/sketch.h"

#include <algorithm>

#include "storage/dedup/hash_space.h"
#include "storage/dedup/rolling_hash.h"
#include "storage/dedup/shingle_set.h"

namespace gisa {

Sketch Sketcher::MakeKept(absl::string_view body) {
  Sketch sketch;
  if (Read(body, sketch.bands)) AppendFingerprints(shape_.kept, sketch.fingerprints);
  return sketch;
}

Sketch Sketcher::MakeAsked(absl::string_view body) {
  Sketch sketch;
  if (Read(body, sketch.bands)) AppendFingerprints(shape_.asked, sketch.fingerprints);
  return sketch;
}

Sketcher::Sketches Sketcher::MakeBoth(absl::string_view body) {
  Sketches sketches;
  if (!Read(body, sketches.kept.bands)) return sketches;
  sketches.asked.bands = sketches.kept.bands;
  AppendFingerprints(shape_.kept, sketches.kept.fingerprints);
  AppendFingerprints(shape_.asked, sketches.asked.fingerprints);
  return sketches;
}

bool Sketcher::Read(absl::string_view body, std::vector<uint64_t>& bands) {
  letters_ = reader_.Read(body);
  if (letters_.size() < kMinShingles + kShingleLength - 1) return false;
  HashWindows(letters_, kShingleLength, [this](uint64_t hash) { minhash_.Add(hash); });
  bands.reserve(shape_.lsh.bands);
  AppendBandHashes(minhash_.Finish(), shape_.lsh, bands);
  for (uint64_t& hash : bands) hash = BandHash(hash);
  return true;
}

void Sketcher::AppendFingerprints(FingerprintShape shape, std::vector<uint64_t>& out) {
  // A window w chooses about one in w/2; all windows of a text grow alike, so that the narrower stays so.
  const size_t window = 2 * letters_.size() / shape_.max_kept_fingerprints;
  if (window > shape_.kept.window) shape.window = window * shape.window / shape_.kept.window;
  fingerprinter_.Append(letters_, shape, out);
  for (uint64_t& hash : out) hash = FingerprintHash(hash);
}

}  // namespace gisa
