#ifndef GISA_TESTS_BENCH_SEARCH_SESSIONS_H_
#define GISA_TESTS_BENCH_SEARCH_SESSIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "client/archive_client.h"
#include "storage/archive.h"
#include "storage/leveldb/search_index.h"
#include "tests/bench/peers/peer.h"
#include "tests/bench/search/query_load.h"

namespace gisa {

// Queries for the ten best texts that have all of the words, asked in each of the ways that the bench compares. What is
// given by reference outlives what is returned.

// gisa's index alone: which articles, and how many, without reading them.
OpenSession AskIndex(const SearchIndex& index, const std::vector<std::string>& queries, uint64_t max_exact_hits);

// The whole Search, with the hits' titles, metadata and snippets.
OpenSession AskArchive(Archive& archive, const std::vector<std::string>& queries, uint64_t max_exact_hits);

// The same over gRPC; how far hits are counted exactly, the server knows.
OpenSession AskServer(ArchiveClient& client, const std::vector<std::string>& queries);

// Another engine, which `peer.build` has built in `dir`: which texts, and how many, without reading them.
OpenSession AskPeer(const Peer& peer, const std::string& dir, const std::vector<std::string>& queries);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_SEARCH_SESSIONS_H_
