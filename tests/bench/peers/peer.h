#ifndef GISA_TESTS_BENCH_PEERS_PEER_H_
#define GISA_TESTS_BENCH_PEERS_PEER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace gisa {

// An index of another engine, opened for searching. Queries are words with spaces between, without any operator
// (tests/support/plain_query.h). For one thread.
class PeerIndex {
 public:
  struct Found {
    std::vector<size_t> first;  // places of the texts that rank first, best first
    uint64_t total = 0;         // exact
  };

  virtual ~PeerIndex() = default;

  // The `limit` texts that rank first for any of the words.
  virtual absl::StatusOr<std::vector<size_t>> FindAny(const std::string& words, size_t limit) = 0;

  // Those that have all of the words, each as a phrase of the engine's terms: as a part of the text, where it is
  // Korean.
  virtual absl::StatusOr<Found> FindAll(const std::string& words, size_t limit) = 0;
};

// A search engine to compare with.
struct Peer {
  std::string name;
  std::string folder;  // a good name for a folder of its files

  // Indexes the texts in `dir`, an empty folder.
  absl::Status (*build)(const std::string& dir, const std::vector<std::string>& texts);

  // Opens what `build` made; as often as wished, at the same time too.
  absl::StatusOr<std::unique_ptr<PeerIndex>> (*open)(const std::string& dir);
};

Peer XapianPeer();   // n-grams for CJK, BM25
Peer GroongaPeer();  // TokenBigram, TF-IDF

// Those whose Debian packages were installed when CMake ran.
std::vector<Peer> InstalledPeers();

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_PEERS_PEER_H_
