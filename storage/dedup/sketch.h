#ifndef GISA_STORAGE_DEDUP_SKETCH_H_
#define GISA_STORAGE_DEDUP_SKETCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/dedup/fingerprints.h"
#include "storage/dedup/letters.h"
#include "storage/dedup/lsh.h"
#include "storage/dedup/minhash.h"
#include "storage/dedup/shingle_sample.h"

namespace gisa {

// What an archive keeps of a body to find its near copies by: two bodies that have a hash in common are candidates for
// an exact comparison (storage/dedup/shingle_set.h). Empty for a body that is too short to be compared.
// Which numbers the hashes are: storage/dedup/hash_space.h.
struct Sketch {
  std::vector<uint64_t> bands;         // in common with what is like the whole of it
  std::vector<uint64_t> fingerprints;  // in common with what contains it, or it contains
  ShingleSample sample = {};           // tells which of those are worth an exact comparison

  size_t memory_bytes() const {
    return sizeof(uint64_t) * (bands.size() + fingerprints.size()) + sizeof(uint32_t) * sample.size();
  }
};

// A hash that many documents have says little, and each of them would have to be compared: of one that more have, a
// part of an index keeps so many.
inline constexpr size_t kMaxDocsOfHash = 256;

// How sketches are made. Chosen by neardup_bench; what is stored depends on it.
struct SketchShape {
  LshShape lsh;
  // Of sketches to be kept, and of those to search with: these lie denser, which costs nothing but time, and finds more
  // of the short texts that a long one contains.
  FingerprintShape kept;
  FingerprintShape asked;
  // A text that would keep more gets wider windows, so that no text has many more than this.
  size_t max_kept_fingerprints = 0;
};

// By the formula of LshShape, bands alone find 0.998 of the copies of similarity 0.8 and 0.963 of those of 0.7. Of any
// 63 letters in one piece that two texts have in common, one fingerprint is in common.
inline constexpr SketchShape kSketchShape = {{12, 4}, {16, 48}, {16, 16}, 512};

// Makes sketches. Linear in the body's size.
//
// Not thread-safe: it keeps its buffers. Use one for each thread.
class Sketcher {
 public:
  explicit Sketcher(const SketchShape& shape = kSketchShape) : shape_(shape), minhash_(shape.lsh.lanes()) {}

  struct Sketches {
    Sketch kept;
    Sketch asked;  // the same bands and sample
  };

  // `body` is valid UTF-8 of less than 4 GiB.
  Sketch MakeKept(absl::string_view body);
  Sketch MakeAsked(absl::string_view body);
  // Both for little more than the time of one.
  Sketches MakeBoth(absl::string_view body);

 private:
  // Reads the letters, and makes bands and sample of them. Returns whether there are enough to be compared.
  bool Read(absl::string_view body, Sketch& sketch);
  // `out` is empty.
  void AppendFingerprints(FingerprintShape shape, std::vector<uint64_t>& out);

  const SketchShape shape_;
  LetterReader reader_;
  absl::Span<const char32_t> letters_;  // of the body being read
  MinHash minhash_;
  ShingleSample sample_;
  Fingerprinter fingerprinter_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_DEDUP_SKETCH_H_
