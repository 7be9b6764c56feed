#ifndef GISA_SERVER_VALIDATE_H_
#define GISA_SERVER_VALIDATE_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "gisa/v1/archive_service.pb.h"

namespace gisa {

// The limits of the API, as gisa/v1/*.proto state them.
inline constexpr size_t kMaxRequestIdBytes = 128;
inline constexpr size_t kMaxReasonBytes = 1024;
inline constexpr int kMaxFindMissingEntries = 10000;
inline constexpr int kMaxBatchGetKeys = 1000;
inline constexpr int kMaxExportOids = 100;
inline constexpr int kMaxFilterValues = 100;
inline constexpr int kMaxSearchFacets = 4;

// The reasons of the errors below.
inline constexpr absl::string_view kInvalidArticle = "INVALID_ARTICLE";
inline constexpr absl::string_view kInvalidRequest = "INVALID_REQUEST";

// Each checks every field of a request that came as well-formed protobuf (so that its strings are valid UTF-8), and
// returns INVALID_ARGUMENT with a violation for each bad field; INVALID_ARTICLE for the first two, else
// INVALID_REQUEST. `max_body_bytes` is the limit in force for an article's body, and a text to compare.
absl::Status Validate(const v1::IngestRequest& request, size_t max_body_bytes);
absl::Status Validate(const v1::IngestStreamRequest& request, size_t max_body_bytes);
absl::Status Validate(const v1::FindMissingRequest& request);
absl::Status Validate(const v1::GetRequest& request);
absl::Status Validate(const v1::BatchGetRequest& request);
absl::Status Validate(const v1::ListRevisionsRequest& request);
absl::Status Validate(const v1::SearchRequest& request);
absl::Status Validate(const v1::FindDuplicatesRequest& request, size_t max_body_bytes);
absl::Status Validate(const v1::ListClustersRequest& request);
absl::Status Validate(const v1::ExportRequest& request);
absl::Status Validate(const v1::DeleteRequest& request);

}  // namespace gisa

#endif  // GISA_SERVER_VALIDATE_H_
