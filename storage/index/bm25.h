#ifndef GISA_STORAGE_INDEX_BM25_H_
#define GISA_STORAGE_INDEX_BM25_H_

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "storage/index/term_density.h"

namespace gisa {

// Bounds add up and divide in another order than scores, so they might come out less by a rounding error: they are this
// many times as much.
inline constexpr double kRoundingSlack = 1 + 1e-9;

// Okapi BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond, 2009), with the weight of a
// word that never goes below zero.
class Bm25 {
 public:
  Bm25(uint64_t document_count, uint64_t total_length)
      : documents_(static_cast<double>(document_count)),
        k_of_length_(kK1 * kB / AverageLength(document_count, total_length)),
        max_tf_to_k_(std::max(1.0, kDensityLength * k_of_length_ / (kK1 * (1 - kB))) / k_of_length_) {}

  // The weight of a word in `document_frequency` documents.
  double Idf(uint64_t document_frequency) const {
    const double df = std::min(static_cast<double>(document_frequency), documents_);
    return std::log(1 + (documents_ - df + 0.5) / (df + 0.5));
  }

  // No tf and length make a score above it.
  double MaxScore(double idf) const { return idf * (kK1 + 1); }

  // No word scores more in a document in which it has this density, which may be unknown.
  double MaxScore(double idf, double density) const {
    return idf * (kK1 + 1) * (1 - 1 / (1 + density * max_tf_to_k_)) * kRoundingSlack;
  }

  // Written so that it never decreases with tf in floating point either: an upper bound of tf gives one of the score.
  double Score(double idf, double tf, uint32_t length) const {
    const double k = kK1 * (1 - kB) + k_of_length_ * length;
    return idf * (kK1 + 1) * (1 - k / (tf + k));
  }

 private:
  // Below the usual 1.2 and 0.75: news says a thing or does not, and is long because it has much to say. Measured by
  // tests/bench/relevance, see docs/relevance.md.
  static constexpr double kK1 = 0.8;
  static constexpr double kB = 0.6;

  static double AverageLength(uint64_t document_count, uint64_t total_length) {
    if (document_count == 0) return 1;
    return std::max(1.0, static_cast<double>(total_length) / static_cast<double>(document_count));
  }

  double documents_;
  double k_of_length_;  // how much of k each unit of a document's length makes
  // What tf / k is at most for a density of 1. Were kDensityLength the length that makes as much of k as every document
  // has, that would be 1 / k_of_length_. Where it makes less, tf / k is less; where it makes more, at most as many
  // times more.
  double max_tf_to_k_;
};

}  // namespace gisa

#endif  // GISA_STORAGE_INDEX_BM25_H_
