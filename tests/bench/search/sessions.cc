#include "tests/bench/search/sessions.h"

#include <memory>
#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kHits = 10;

SearchQuery QueryFor(const std::string& text, uint64_t max_exact_hits) {
  SearchQuery query;
  query.text = text;
  query.limit = kHits;
  query.max_exact_hits = max_exact_hits;
  return query;
}

}  // namespace

OpenSession AskIndex(const SearchIndex& index, const std::vector<std::string>& queries, uint64_t max_exact_hits) {
  const RunQuery run = [&, max_exact_hits](size_t query) -> absl::StatusOr<uint64_t> {
    ASSIGN_OR_RETURN(const IndexPage page, index.Search(QueryFor(queries[query], max_exact_hits), SearchControl()));
    return page.total_hits;
  };
  return [run] { return run; };
}

OpenSession AskArchive(Archive& archive, const std::vector<std::string>& queries, uint64_t max_exact_hits) {
  const RunQuery run = [&, max_exact_hits](size_t query) -> absl::StatusOr<uint64_t> {
    ASSIGN_OR_RETURN(const SearchPage page, archive.Search(QueryFor(queries[query], max_exact_hits), SearchControl()));
    return page.total_hits;
  };
  return [run] { return run; };
}

OpenSession AskServer(ArchiveClient& client, const std::vector<std::string>& queries) {
  const RunQuery run = [&](size_t query) -> absl::StatusOr<uint64_t> {
    v1::SearchRequest request;
    request.set_query(queries[query]);
    request.set_page_size(kHits);
    ASSIGN_OR_RETURN(const v1::SearchResponse response, client.Search(request));
    return response.total_hits();
  };
  return [run] { return run; };
}

OpenSession AskPeer(const Peer& peer, const std::string& dir, const std::vector<std::string>& queries) {
  return [&peer, dir, &queries]() -> absl::StatusOr<RunQuery> {
    ASSIGN_OR_RETURN(std::unique_ptr<PeerIndex> opened, peer.open(dir));
    const std::shared_ptr<PeerIndex> index = std::move(opened);
    return RunQuery([index, &queries](size_t query) -> absl::StatusOr<uint64_t> {
      ASSIGN_OR_RETURN(const PeerIndex::Found found, index->FindAll(queries[query], kHits));
      return found.total;
    });
  };
}

}  // namespace gisa
