#ifndef GISA_TESTS_E2E_CRASH_HISTORY_H_
#define GISA_TESTS_E2E_CRASH_HISTORY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gisa/v1/article.pb.h"

namespace gisa::crash {

// A revision that the server has acknowledged.
struct Version {
  v1::Article article;  // as sent
  uint64_t sequence = 0;
};

// What was asked of the server and not answered: it may have been done, or not.
struct Doubt {
  bool is_deletion = false;
  v1::Article article;  // as sent
};

// All that is known of one key.
struct History {
  std::vector<Version> versions;  // revision 1 first; all of them stay so in tombstones
  bool deleted = false;
  uint64_t deletion_sequence = 0;
  std::optional<Doubt> doubt;

  bool IsLive() const { return !versions.empty() && !deleted; }
};

// What one writer knows of its keys, which no other writer touches.
struct Ledger {
  std::map<std::string, History> histories;  // by aid
  std::set<std::string> touched;             // aids, since the last check
};

// The word that only this version's title has.
inline std::string UniqueWord(const v1::Article& article) {
  return article.title().substr(article.title().rfind(' ') + 1);
}

}  // namespace gisa::crash

#endif  // GISA_TESTS_E2E_CRASH_HISTORY_H_
