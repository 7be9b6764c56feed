#ifndef GISA_SERVER_READ_HANDLERS_H_
#define GISA_SERVER_READ_HANDLERS_H_

#include "absl/status/statusor.h"
#include "gisa/v1/archive_service.pb.h"
#include "server/service_core.h"
#include "storage/search.h"

namespace gisa {

// The methods that only read, but for Export: each validates, converts, asks the archive and converts back. They block
// for as long as the archive reads. Errors as in gisa/v1/archive_service.proto.

absl::StatusOr<v1::FindMissingResponse> FindMissing(ServiceCore& core, const v1::FindMissingRequest& request);
absl::StatusOr<v1::GetResponse> Get(ServiceCore& core, const v1::GetRequest& request);
absl::StatusOr<v1::BatchGetResponse> BatchGet(ServiceCore& core, const v1::BatchGetRequest& request);
absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(ServiceCore& core, const v1::ListRevisionsRequest& request);
absl::StatusOr<v1::SearchResponse> Search(ServiceCore& core, const v1::SearchRequest& request,
                                          const SearchControl& control);
absl::StatusOr<v1::FindDuplicatesResponse> FindDuplicates(ServiceCore& core, const v1::FindDuplicatesRequest& request,
                                                          const SearchControl& control);
absl::StatusOr<v1::ListClustersResponse> ListClusters(ServiceCore& core, const v1::ListClustersRequest& request,
                                                      const SearchControl& control);
absl::StatusOr<v1::GetStatsResponse> GetStats(ServiceCore& core, const v1::GetStatsRequest& request);

}  // namespace gisa

#endif  // GISA_SERVER_READ_HANDLERS_H_
