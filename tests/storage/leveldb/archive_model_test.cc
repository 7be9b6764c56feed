#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "tests/storage/archive_walk.h"
#include "tests/storage/leveldb/leveldb_driver.h"

namespace gisa {
namespace {

// A number from the environment.
uint64_t NumberOf(const char* variable, uint64_t otherwise) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

class ArchiveModelTest : public ::testing::TestWithParam<int> {};

// GISA_MODEL_STEPS: how many steps each walk takes. GISA_MODEL_SEED: the first one's seed; the others count on from it.
TEST_P(ArchiveModelTest, AWalkOfRandomChangesNeverLeavesTheModel) {
  const uint64_t seed = NumberOf("GISA_MODEL_SEED", 1) + static_cast<uint64_t>(GetParam());
  const uint64_t steps = NumberOf("GISA_MODEL_STEPS", 1500);
  std::cout << "seed " << seed << ", " << steps << " steps" << std::endl;
  absl::StatusOr<std::unique_ptr<ArchiveDriver>> driver = LevelDbDriver::Open();
  ASSERT_TRUE(driver.ok()) << driver.status();
  ArchiveWalk(**driver, seed).Run(steps);
}

INSTANTIATE_TEST_SUITE_P(LevelDb, ArchiveModelTest, ::testing::Range(0, 4));

}  // namespace
}  // namespace gisa
