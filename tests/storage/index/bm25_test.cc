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

}  // namespace
}  // namespace gisa
