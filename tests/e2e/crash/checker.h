#ifndef GISA_TESTS_E2E_CRASH_CHECKER_H_
#define GISA_TESTS_E2E_CRASH_CHECKER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/archive_client.h"
#include "tests/e2e/crash/report.h"
#include "tests/e2e/crash/writer.h"

namespace gisa::crash {

// Asks a server that was started again for everything that the writers know, and for nothing else to be there.
//
// Not thread-safe.
class Checker {
 public:
  Checker(const std::string& address, const std::vector<std::unique_ptr<Writer>>& writers, Report* report);

  // First settles what is in doubt: it was done wholly, or not at all.
  void CheckAll();

 private:
  using FirstHolder = std::pair<uint64_t, std::string>;  // sequence, key

  void Settle(const v1::ArticleKey& key, History& history);
  void SettleDeletion(const v1::ArticleKey& key, History& history);
  void FindHolders();
  void CheckExport(v1::ExportOrder order);
  void CheckStats();
  void CheckKey(const v1::ArticleKey& key, const History& history);
  void CheckDeleted(const v1::ArticleKey& key, const History& history);
  // Whether it is that version.
  void CheckArticle(const v1::Article& article, const History& history, size_t version);
  // That a copy of it, with a sentence more, finds it.
  void CheckNearCopy(const v1::Article& article);
  uint64_t CountHits(const std::string& query);

  const std::unique_ptr<ArchiveClient> client_;
  const std::vector<std::unique_ptr<Writer>>& writers_;
  Report& report_;
  std::map<std::string, FirstHolder> holders_;  // by content_hash
};

}  // namespace gisa::crash

#endif  // GISA_TESTS_E2E_CRASH_CHECKER_H_
