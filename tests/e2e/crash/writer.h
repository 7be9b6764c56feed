#ifndef GISA_TESTS_E2E_CRASH_WRITER_H_
#define GISA_TESTS_E2E_CRASH_WRITER_H_

#include <cstdint>
#include <random>
#include <string>

#include "absl/status/statusor.h"
#include "client/archive_client.h"
#include "tests/e2e/crash/history.h"
#include "tests/e2e/crash/report.h"

namespace gisa::crash {

// Writes to a server until that is gone: new articles, copies of bodies, re-crawls, revisions and deletions, all of a
// publisher of its own. Not thread-safe.
class Writer {
 public:
  Writer(std::string oid, uint64_t seed, Report* report) : oid_(std::move(oid)), random_(seed), report_(*report) {}

  // One call after the other.
  void WriteUnary(const std::string& address);

  // Many at a time over a stream; deletions are not part of it.
  void WriteStream(const std::string& address);

  const std::string& oid() const { return oid_; }
  Ledger& ledger() { return ledger_; }

 private:
  // Makes up an article to send, and notes it as doubtful. One that was sent before is not chosen while it is.
  v1::Article NextArticle();
  // A live article that is not in doubt, if one is soon found.
  const v1::Article* SomeArticle();
  std::string NextBody();
  std::string NextTitle();
  bool OneIn(uint64_t count) { return random_() % count == 0; }

  void NoteAnswer(const v1::Article& sent, const absl::StatusOr<v1::IngestResult>& answer);
  // Deletes an article; returns whether the server is still there.
  bool DeleteOne(ArchiveClient* client);

  const std::string oid_;
  std::mt19937_64 random_;
  Report& report_;
  Ledger ledger_;
  uint64_t articles_ = 0;
  uint64_t versions_ = 0;
};

}  // namespace gisa::crash

#endif  // GISA_TESTS_E2E_CRASH_WRITER_H_
