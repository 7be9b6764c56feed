#ifndef GISA_TESTS_STORAGE_ARCHIVE_WALK_H_
#define GISA_TESTS_STORAGE_ARCHIVE_WALK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/storage/archive_comparison.h"
#include "tests/storage/archive_driver.h"
#include "tests/storage/archive_model.h"
#include "tests/storage/random_articles.h"

namespace gisa {

// Does random things to an archive and to its model, and compares them after each. The same seed does the same things.
class ArchiveWalk {
 public:
  // `driver` must outlive this, and its archive be empty.
  ArchiveWalk(ArchiveDriver& driver, uint64_t seed);

  // Goes on for `steps` steps, or until the test has failed; then says at which step, and with which seed.
  void Run(size_t steps);

 private:
  struct Action {
    const char* name;
    size_t weight;
    void (ArchiveWalk::*run)();
  };
  struct PausedExport {
    ExportFilter filter;
    ExportOrder order;
    View view;
    ExportCursor cursor;
  };
  static const std::vector<Action>& Actions();

  void Ingest();
  void Recrawl();
  void Revise();
  void Delete();
  void Undelete();
  void IngestAtOnce();
  void Get();
  void GetByContentHash();
  void ListRevisions();
  void FindMissing();
  void StartExport();
  void ResumeExport();
  void Search();
  void Reopen();
  void Compact();
  void Crash();

  void Ingest(IngestCommand command);
  void LearnTimes(const ArticleKey& key);
  // A key that is or was stored, if there is one.
  ArticleKey KnownKey();
  Sha256Digest SomeContentHash();
  View SomeView() { return random_.OneIn(2) ? View::kBasic : View::kFull; }
  ArchiveComparison Comparison() { return ArchiveComparison(driver_.archive(), model_); }

  ArchiveDriver& driver_;
  const uint64_t seed_;
  RandomArticles random_;
  ArchiveModel model_;
  std::vector<PausedExport> exports_;
};

}  // namespace gisa

#endif  // GISA_TESTS_STORAGE_ARCHIVE_WALK_H_
