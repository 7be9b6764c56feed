#ifndef GISA_TESTS_STORAGE_ARCHIVE_CONFORMANCE_H_
#define GISA_TESTS_STORAGE_ARCHIVE_CONFORMANCE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/archive.h"
#include "storage/base/errors.h"
#include "tests/storage/archive_driver.h"

namespace gisa {

inline const ArticleKey kFirst = {"018", "1"};
inline const ArticleKey kSecond = {"018", "2"};
inline const ArticleKey kThird = {"001", "3"};  // sorts first
constexpr auto kNotFound = absl::StatusCode::kNotFound;

// What every Archive must do, one behaviour a test. An implementation links gisa_archive_conformance and says
//
//   INSTANTIATE_TEST_SUITE_P(LevelDb, ArchiveConformanceTest, ::testing::Values(ArchiveImplementation{…}), NameOf);
class ArchiveConformanceTest : public ::testing::TestWithParam<ArchiveImplementation> {
 protected:
  static constexpr size_t kNoLimit = std::numeric_limits<size_t>::max();

  void SetUp() override;

  Archive& archive() { return driver_->archive(); }
  void Reopen();
  void Crash();

  // Each fails the test when the archive answers with an error.
  IngestResult Ingest(const Article& article);
  IngestResult Undelete(const Article& article);
  DeleteResult Delete(const ArticleKey& key, absl::string_view reason = "takedown");
  StoredArticle Get(const ArticleKey& key, uint32_t revision = 0, View view = View::kFull);
  StoredArticle GetByContentHash(absl::string_view body, View view = View::kFull);
  std::vector<StoredArticle> ListRevisions(const ArticleKey& key, uint32_t before = 0, size_t limit = kNoLimit);
  bool IsMissing(absl::string_view body);
  ArchiveStats GetStats();
  // Reads to the end, from the cursor, in pages of `limit`.
  std::vector<StoredArticle> Export(const ExportCursor& cursor, ExportOrder order, const ExportFilter& filter = {},
                                    size_t limit = 1000, View view = View::kFull);
  ExportPage ExportPageFrom(const ExportCursor& cursor, ExportOrder order, const ExportFilter& filter = {},
                            size_t limit = 1000, View view = View::kFull, size_t max_bytes = kNoLimit);
  SearchPage Search(const SearchQuery& query);
  // The keys of the first hundred hits.
  std::vector<ArticleKey> Find(absl::string_view text, SearchOrder order = SearchOrder::kRelevance);

  // Everything that reads show, but the disk's and the index's state.
  std::vector<std::string> Dump();

 private:
  std::unique_ptr<ArchiveDriver> driver_;
};

// An article with the title of MakeArticle (tests/support/archive_calls.h) and no times.
Article Timeless(const ArticleKey& key, const std::string& body);

std::vector<ArticleKey> KeysOf(const std::vector<StoredArticle>& articles);

// Names a test's parameter.
inline std::string NameOf(const ::testing::TestParamInfo<ArchiveImplementation>& info) { return info.param.name; }

inline void PrintTo(const ArticleKey& key, std::ostream* out) { *out << key.ToString(); }

// An absl::Status with this code and reason.
MATCHER_P2(IsError, code, reason, "") {
  *result_listener << arg;
  return arg.code() == code && ErrorReason(arg) == reason;
}

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_ARCHIVE_CONFORMANCE_H_
