#ifndef GISA_CLIENT_SEARCH_PAGER_H_
#define GISA_CLIENT_SEARCH_PAGER_H_

#include "absl/status/statusor.h"
#include "client/archive_client.h"
#include "gisa/v1/archive_service.pb.h"

namespace gisa {

// Walks through the pages of a Search. Not thread-safe.
class SearchPager {
 public:
  // `client` outlives the pager. A `page_token` in the request goes on with an earlier search.
  SearchPager(ArchiveClient* client, v1::SearchRequest request);

  // Whether the last page has been returned.
  bool done() const { return done_; }

  // The next page, of at most `page_size` hits (0: the server's default). Only when not done. After an error the same
  // page may be asked for again.
  absl::StatusOr<v1::SearchResponse> NextPage(int page_size);

 private:
  ArchiveClient* const client_;
  v1::SearchRequest request_;
  bool done_ = false;
};

}  // namespace gisa

#endif  // GISA_CLIENT_SEARCH_PAGER_H_
