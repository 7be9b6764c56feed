#ifndef GISA_TESTS_E2E_CRASH_CHANGE_FEED_H_
#define GISA_TESTS_E2E_CRASH_CHANGE_FEED_H_

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/crash/report.h"
#include "tests/e2e/crash/writer.h"

namespace gisa::crash {

// Copies the records of a data folder that no server has open.
void CopyRecords(const std::string& data_dir, const std::string& to);

// Reads the change feed, which no method of the API shows, out of a copy: it must have one event for each version and
// each deletion that the writers know of, and no other. Nothing may be in doubt.
void CheckChangeFeed(const std::string& copy, const std::vector<std::unique_ptr<Writer>>& writers, Report* report);

}  // namespace gisa::crash

#endif  // GISA_TESTS_E2E_CRASH_CHANGE_FEED_H_
