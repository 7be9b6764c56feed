#ifndef GISA_TESTS_E2E_E2E_TEST_H_
#define GISA_TESTS_E2E_E2E_TEST_H_

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "client/archive_client.h"
#include "gtest/gtest.h"
#include "tests/support/binaries.h"
#include "tests/support/temp_dir.h"

namespace gisa {

// A gisad of its own and the gisa that talks to it.
class E2eTest : public testing::Test {
 protected:
  CommandResult Gisa(std::vector<std::string> arguments, const std::string& input = "") {
    return RunGisa(server_.address(), std::move(arguments), input);
  }

  // Ingests and returns the object that `-o json` prints.
  nlohmann::json Ingest(std::vector<std::string> paths) {
    paths.insert(paths.begin(), {"ingest", "-o", "json"});
    return Gisa(std::move(paths)).Json();
  }

  // The articles of test data, without those crawled again.
  static std::vector<std::string> ArticleFiles() {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(TestData("articles"))) {
      if (entry.path().extension() == ".md") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  static std::string TestData(const std::string& name) { return GISA_SOURCE_DIR "/tests/testdata/" + name; }
  // What lies beside the repository on some machines.
  static std::string Shared(const std::string& name) { return GISA_SOURCE_DIR "/../shared/" + name; }

  std::unique_ptr<ArchiveClient> Connect() { return ArchiveClient::Connect({.address = server_.address()}).value(); }

  const TempDir dir_;
  Gisad server_;
};

}  // namespace gisa

#endif  // GISA_TESTS_E2E_E2E_TEST_H_
