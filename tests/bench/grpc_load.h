#ifndef GISA_TESTS_BENCH_GRPC_LOAD_H_
#define GISA_TESTS_BENCH_GRPC_LOAD_H_

#include <cstdint>

#include "client/archive_client.h"
#include "tests/bench/article_generator.h"
#include "tests/bench/closed_loop.h"

namespace gisa {

// Loads over the client library. Each ends the program with a message when anything fails.

// Ingests articles 0 to `count` - 1 by Ingest, `in_flight` at a time.
LoadResult IngestUnary(ArchiveClient* client, const ArticleGenerator& generator, uint64_t count, int in_flight);

// Ingests articles `begin` to `end` - 1 over `streams` streams of the client library's IngestUploader, as `gisa ingest`
// does over one, and asks for near copies if it is told to. A latency is the time from the giving to the uploader until
// the answer.
LoadResult IngestStreams(ArchiveClient* client, const ArticleGenerator& generator, uint64_t begin, uint64_t end,
                         int streams, bool find_near_duplicates = false);

// Asks for the duplicates of `count` of the articles 0 to `stored` - 1, drawn at random, one after the other.
LoadResult FindDuplicates(ArchiveClient* client, const ArticleGenerator& generator, uint64_t stored, uint64_t count);

// Gets `count` of the articles 0 to `count` - 1, in an order as good as random, `in_flight` at a time.
LoadResult GetArticles(ArchiveClient* client, const ArticleGenerator& generator, uint64_t count, int in_flight);

}  // namespace gisa

#endif  // GISA_TESTS_BENCH_GRPC_LOAD_H_
