#include "client/search_pager.h"

#include <utility>

#include "storage/base/status_macros.h"

namespace gisa {

SearchPager::SearchPager(ArchiveClient* client, v1::SearchRequest request)
    : client_(client), request_(std::move(request)) {}

absl::StatusOr<v1::SearchResponse> SearchPager::NextPage(int page_size) {
  request_.set_page_size(page_size);
  ASSIGN_OR_RETURN(v1::SearchResponse page, client_->Search(request_));
  request_.set_page_token(page.next_page_token());
  done_ = page.next_page_token().empty();
  return page;
}

}  // namespace gisa
