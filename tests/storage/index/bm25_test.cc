#include "storage/index/bm25.h"

#include <gtest/gtest.h>

namespace gisa {
namespace {

TEST(Bm25Test, IsTheFormula) {
  const Bm25 bm25(10, 1000);
  const double idf = std::log(1 + (10 - 3 + 0.5) / (3 + 0.5));
  EXPECT_DOUBLE_EQ(bm25.Idf(3), idf);
  EXPECT_NEAR(bm25.Score(idf, 2, 50), idf * 2 * 1.8 / (2 + 0.8 * (1 - 0.6 + 0.6 * 50 / 100.0)), 1e-12);
}

TEST(Bm25Test, NeitherWeightNorScoreIsEverNegative) {
  for (const uint64_t documents : {0, 1, 2, 1000}) {
    const Bm25 bm25(documents, documents * 10);
    for (const uint64_t df : {0, 1, 2, 999, 5000}) {
      EXPECT_GE(bm25.Idf(df), 0) << df << " of " << documents;
      for (const uint32_t length : {0u, 1u, 1u << 30}) EXPECT_GE(bm25.Score(bm25.Idf(df), 0.3, length), 0);
    }
  }
}

TEST(Bm25Test, AScoreNeverFallsAsTheTermOccursMoreOften) {
  const Bm25 bm25(1000, 300000);
  double last = 0;
  for (double tf = 0.3; tf < 2000; tf += 0.7) {
    const double score = bm25.Score(2.5, tf, 400);
    EXPECT_GE(score, last);
    last = score;
  }
}

// Whether documents are longer or shorter than those that densities are made for.
TEST(Bm25Test, ADensityBoundsTheScoreWhateverTheAverageLength) {
  for (const uint64_t average : {0, 1, 10, 300, 600, 601, 2000, 1000000}) {
    const Bm25 bm25(1000, 1000 * average);
    for (const uint32_t length : {0u, 1u, 50u, 400u, 700u, 5000u, 10000000u}) {
      for (const double tf : {0.2, 1.0, 3.0, 17.5, 4000.0}) {
        const double bound = bm25.MaxScore(2.5, tf / (static_cast<double>(length) + kDensityLength));
        EXPECT_GE(bound, bm25.Score(2.5, tf, length)) << average << ", " << length << ", " << tf;
        EXPECT_LE(bound, bm25.MaxScore(2.5) * 1.000001);
        if (average == 600) {
          EXPECT_LE(bound, bm25.Score(2.5, tf, length) * 1.000001);
        }
      }
    }
  }
  const Bm25 bm25(1000, 1000);
  EXPECT_GE(bm25.MaxScore(2.5, TermDensity::kUnknown), bm25.MaxScore(2.5));
}

}  // namespace
}  // namespace gisa
