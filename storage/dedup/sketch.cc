#include "storage/dedup/sketch.h"

#include <algorithm>

#include "storage/dedup/hash_space.h"
#include "storage/dedup/rolling_hash.h"
#include "storage/dedup/shingle_set.h"

namespace gisa {
namespace {

// A buffer of more is given back.
constexpr size_t kMaxKeptSample = 1 << 18;

}  // namespace

Sketch Sketcher::MakeKept(absl::string_view body) {
  Sketch sketch;
  if (Read(body, sketch)) AppendFingerprints(shape_.kept, sketch.fingerprints);
  return sketch;
}

Sketch Sketcher::MakeAsked(absl::string_view body) {
  Sketch sketch;
  if (Read(body, sketch)) AppendFingerprints(shape_.asked, sketch.fingerprints);
  return sketch;
}

Sketcher::Sketches Sketcher::MakeBoth(absl::string_view body) {
  Sketches sketches;
  if (!Read(body, sketches.kept)) return sketches;
  sketches.asked = sketches.kept;
  AppendFingerprints(shape_.kept, sketches.kept.fingerprints);
  AppendFingerprints(shape_.asked, sketches.asked.fingerprints);
  return sketches;
}

bool Sketcher::Read(absl::string_view body, Sketch& sketch) {
  letters_ = reader_.Read(body);
  if (letters_.size() < kMinShingles + kShingleLength - 1) return false;
  // Always written, and kept when it belongs to the sample.
  if (sample_.size() > kMaxKeptSample) ShingleSample().swap(sample_);
  if (sample_.size() < letters_.size()) sample_.resize(letters_.size());
  uint32_t* sample_end = sample_.data();
  HashWindows(letters_, kShingleLength, [this, &sample_end](uint64_t hash) {
    minhash_.Add(hash);
    *sample_end = static_cast<uint32_t>(hash >> kSampleBits);
    sample_end += (hash & ((1 << kSampleBits) - 1)) == 0;
  });
  sketch.sample.assign(sample_.data(), sample_end);
  sketch.bands.reserve(shape_.lsh.bands);
  AppendBandHashes(minhash_.Finish(), shape_.lsh, sketch.bands);
  for (uint64_t& hash : sketch.bands) hash = BandHash(hash);
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
