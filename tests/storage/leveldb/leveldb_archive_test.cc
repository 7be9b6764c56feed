#include "storage/leveldb/leveldb_archive.h"

#include <gtest/gtest.h>

#include "tests/storage/archive_conformance.h"
#include "tests/storage/leveldb/leveldb_driver.h"

namespace gisa {
namespace {

INSTANTIATE_TEST_SUITE_P(LevelDb, ArchiveConformanceTest,
                         ::testing::Values(ArchiveImplementation{"Embedded", LevelDbDriver::Open}), NameOf);

}  // namespace
}  // namespace gisa
