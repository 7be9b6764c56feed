#ifndef GISA_SERVER_CONVERT_H_
#define GISA_SERVER_CONVERT_H_

#include "absl/time/time.h"
#include "gisa/v1/archive_service.pb.h"
#include "gisa/v1/article.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "storage/archive.h"

namespace gisa {

// Between the API's messages and the archive's structs. Messages must have passed validate.h. Times have microsecond
// resolution in the archive: what is finer is cut off.

absl::Time FromProto(const google::protobuf::Timestamp& timestamp);
ArticleKey FromProto(const v1::ArticleKey& key);
KeyedHash FromProto(const v1::KeyedHash& keyed_hash);
ExportFilter FromProto(const v1::ExportFilter& filter);
ExportOrder FromProto(v1::ExportOrder order);
SearchOrder FromProto(v1::SearchOrder order);
SearchMatch FromProto(v1::SearchMatch match);
SearchFilter FromProto(const v1::SearchFilter& filter);
FacetField FromProto(v1::SearchFacet facet);
// The view to read, `default_view` when the request leaves it open.
View FromProto(v1::ArticleView view, View default_view);
// Moves the text out of the request.
IngestCommand ToIngestCommand(v1::IngestRequest&& request);
IngestCommand ToIngestCommand(v1::IngestStreamRequest&& request);
// The similarity asked for, the default when the request leaves it open.
double MinSimilarity(double min_similarity);
// But for their pages.
DuplicateQuery ToDuplicateQuery(const v1::FindDuplicatesRequest& request);
ClusterQuery ToClusterQuery(const v1::ListClustersRequest& request);

void ToProto(absl::Time time, google::protobuf::Timestamp* out);
void ToProto(const ArticleKey& key, v1::ArticleKey* out);
void ToProto(const KeyedHash& keyed_hash, v1::KeyedHash* out);
void ToProto(const IngestResult& result, v1::IngestResult* out);
void ToProto(const DeleteResult& result, v1::DeleteResponse* out);
// Move the text out of `article`, `hit`, `facet`, `duplicate` and `cluster`.
void ToProto(StoredArticle&& article, v1::Article* out);
void ToProto(SearchHit&& hit, v1::SearchHit* out);
void ToProto(Facet&& facet, v1::FacetResult* out);
void ToProto(Duplicate&& duplicate, v1::Duplicate* out);
void ToProto(Cluster&& cluster, v1::Cluster* out);
void ToProto(const ArchiveStats& stats, v1::GetStatsResponse* out);

}  // namespace gisa

#endif  // GISA_SERVER_CONVERT_H_
