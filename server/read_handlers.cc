#include "server/read_handlers.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "server/convert.h"
#include "server/cursor_codec.h"
#include "server/page_token.h"
#include "server/validate.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr size_t kMaxBatchGetReplyBytes = 8 << 20;
constexpr size_t kDefaultRevisionsPage = 50;
constexpr size_t kMaxRevisionsPage = 1000;
constexpr size_t kDefaultSearchPage = 20;
constexpr size_t kMaxSearchPage = 100;
constexpr size_t kDefaultFacetValues = 20;
constexpr size_t kMaxFacetValues = 1000;
constexpr size_t kDefaultSnippets = 1;
constexpr size_t kMaxSnippets = 5;
constexpr size_t kDefaultDuplicatesPage = 20;
constexpr size_t kMaxDuplicatesPage = 100;
constexpr size_t kDefaultClustersPage = 20;
constexpr size_t kMaxClustersPage = 100;
constexpr size_t kDefaultClusterMembers = 10;
constexpr size_t kMaxClusterMembers = 100;

// `page_size` has been found not to be negative.
size_t PageLimit(int page_size, size_t default_size, size_t max_size) {
  return page_size == 0 ? default_size : std::min<size_t>(page_size, max_size);
}

bool IsMissingArticle(const absl::Status& status) { return status.code() == absl::StatusCode::kNotFound; }

}  // namespace

absl::StatusOr<v1::FindMissingResponse> FindMissing(ServiceCore& core, const v1::FindMissingRequest& request) {
  RETURN_IF_ERROR(Validate(request));
  std::vector<Sha256Digest> content_hashes;
  content_hashes.reserve(request.content_hashes_size());
  for (const std::string& hex : request.content_hashes()) content_hashes.push_back(*Sha256FromHex(hex));
  std::vector<KeyedHash> articles;
  articles.reserve(request.articles_size());
  for (const v1::KeyedHash& entry : request.articles()) articles.push_back(FromProto(entry));

  ASSIGN_OR_RETURN(const MissingContent missing, core.archive->FindMissing(content_hashes, articles));
  v1::FindMissingResponse response;
  for (const Sha256Digest& digest : missing.content_hashes) response.add_content_hashes(ToHex(digest));
  for (const KeyedHash& entry : missing.articles) ToProto(entry, response.add_articles());
  return response;
}

absl::StatusOr<v1::GetResponse> Get(ServiceCore& core, const v1::GetRequest& request) {
  RETURN_IF_ERROR(Validate(request));
  const View view = FromProto(request.view(), View::kFull);
  absl::StatusOr<StoredArticle> article =
      request.has_key() ? core.archive->Get(FromProto(request.key()), request.revision(), view)
                        : core.archive->GetByContentHash(*Sha256FromHex(request.content_hash()), view);
  RETURN_IF_ERROR(article.status());
  v1::GetResponse response;
  ToProto(*std::move(article), response.mutable_article());
  return response;
}

absl::StatusOr<v1::BatchGetResponse> BatchGet(ServiceCore& core, const v1::BatchGetRequest& request) {
  RETURN_IF_ERROR(Validate(request));
  const View view = FromProto(request.view(), View::kFull);
  v1::BatchGetResponse response;
  // So that a few replies that nobody reads do not take all the memory.
  const size_t max_reply_bytes = std::min<size_t>(kMaxBatchGetReplyBytes, core.replies.limit() / 16);
  size_t reply_bytes = 0;
  int next = 0;
  for (; next < request.keys_size(); ++next) {
    absl::StatusOr<StoredArticle> found = core.archive->Get(FromProto(request.keys(next)), 0, view);
    if (IsMissingArticle(found.status())) {
      *response.add_missing_keys() = request.keys(next);
      continue;
    }
    RETURN_IF_ERROR(found.status());
    v1::Article article;
    ToProto(*std::move(found), &article);
    reply_bytes += article.ByteSizeLong();
    // The first always fits: otherwise asking again would not help.
    if (reply_bytes > max_reply_bytes && !response.articles().empty()) break;
    *response.add_articles() = std::move(article);
  }
  for (; next < request.keys_size(); ++next) *response.add_unprocessed_keys() = request.keys(next);
  return response;
}

absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(ServiceCore& core, const v1::ListRevisionsRequest& request) {
  RETURN_IF_ERROR(Validate(request));
  const uint64_t fingerprint = RequestFingerprint(request);
  uint32_t before = 0;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const std::string cursor, DecodePageToken(request.page_token(), fingerprint, "page_token"));
    const std::optional<uint32_t> revision = DecodeRevisionCursor(cursor);
    if (!revision.has_value()) return DamagedPageTokenError("page_token");
    before = *revision;
  }
  const size_t limit = PageLimit(request.page_size(), kDefaultRevisionsPage, kMaxRevisionsPage);
  ASSIGN_OR_RETURN(std::vector<StoredArticle> revisions,
                   core.archive->ListRevisions(FromProto(request.key()), before, limit));

  v1::ListRevisionsResponse response;
  // Revisions count down to 1 without gaps.
  if (revisions.size() == limit && revisions.back().revision > 1) {
    response.set_next_page_token(EncodePageToken(fingerprint, EncodeRevisionCursor(revisions.back().revision)));
  }
  for (StoredArticle& revision : revisions) ToProto(std::move(revision), response.add_revisions());
  return response;
}

absl::StatusOr<v1::SearchResponse> Search(ServiceCore& core, const v1::SearchRequest& request,
                                          const SearchControl& control) {
  RETURN_IF_ERROR(Validate(request));
  const uint64_t fingerprint = RequestFingerprint(request);
  SearchQuery query;
  query.text = request.query();
  query.match = FromProto(request.match());
  query.filter = FromProto(request.filter());
  query.order = FromProto(request.order());
  query.limit = PageLimit(request.page_size(), kDefaultSearchPage, kMaxSearchPage);
  query.with_body = FromProto(request.view(), View::kBasic) == View::kFull;
  query.max_snippets = PageLimit(request.max_snippets(), kDefaultSnippets, kMaxSnippets);
  query.collapse_duplicates = request.collapse_duplicates();
  query.max_exact_hits = core.options.max_exact_hits;
  for (const int facet : request.facets()) query.facets.push_back(FromProto(static_cast<v1::SearchFacet>(facet)));
  query.max_facet_values = PageLimit(request.max_facet_values(), kDefaultFacetValues, kMaxFacetValues);
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const std::string cursor, DecodePageToken(request.page_token(), fingerprint, "page_token"));
    query.after = DecodeSearchCursor(cursor);
    if (!query.after.has_value()) return DamagedPageTokenError("page_token");
  }
  ASSIGN_OR_RETURN(SearchPage page, core.archive->Search(query, control));

  v1::SearchResponse response;
  for (SearchHit& hit : page.hits) ToProto(std::move(hit), response.add_hits());
  response.set_total_hits(page.total_hits);
  response.set_total_hits_is_lower_bound(page.total_is_lower_bound);
  for (Facet& facet : page.facets) ToProto(std::move(facet), response.add_facets());
  if (page.next.has_value()) {
    response.set_next_page_token(EncodePageToken(fingerprint, EncodeSearchCursor(*page.next)));
  }
  return response;
}

absl::StatusOr<v1::FindDuplicatesResponse> FindDuplicates(ServiceCore& core, const v1::FindDuplicatesRequest& request,
                                                          const SearchControl& control) {
  RETURN_IF_ERROR(Validate(request, core.options.max_body_bytes));
  const uint64_t fingerprint = RequestFingerprint(request);
  DuplicateQuery query = ToDuplicateQuery(request);
  query.limit = PageLimit(request.page_size(), kDefaultDuplicatesPage, kMaxDuplicatesPage);
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const std::string cursor, DecodePageToken(request.page_token(), fingerprint, "page_token"));
    query.after = DecodeDuplicateCursor(cursor);
    if (!query.after.has_value()) return DamagedPageTokenError("page_token");
  }
  ASSIGN_OR_RETURN(DuplicatePage page, core.archive->FindDuplicates(query, control));

  v1::FindDuplicatesResponse response;
  for (Duplicate& duplicate : page.duplicates) ToProto(std::move(duplicate), response.add_duplicates());
  response.set_incomplete(!page.is_complete);
  if (page.next.has_value()) {
    response.set_next_page_token(EncodePageToken(fingerprint, EncodeDuplicateCursor(*page.next)));
  }
  return response;
}

absl::StatusOr<v1::ListClustersResponse> ListClusters(ServiceCore& core, const v1::ListClustersRequest& request,
                                                      const SearchControl& control) {
  RETURN_IF_ERROR(Validate(request));
  const uint64_t fingerprint = RequestFingerprint(request);
  ClusterQuery query = ToClusterQuery(request);
  query.limit = PageLimit(request.page_size(), kDefaultClustersPage, kMaxClustersPage);
  query.max_members = PageLimit(request.max_members(), kDefaultClusterMembers, kMaxClusterMembers);
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const std::string cursor, DecodePageToken(request.page_token(), fingerprint, "page_token"));
    query.after = DecodeClusterCursor(cursor);
    if (!query.after.has_value()) return DamagedPageTokenError("page_token");
  }
  ASSIGN_OR_RETURN(ClusterPage page, core.archive->ListClusters(query, control));

  v1::ListClustersResponse response;
  for (Cluster& cluster : page.clusters) ToProto(std::move(cluster), response.add_clusters());
  response.set_total_clusters(page.total);
  response.set_incomplete(!page.is_complete);
  if (page.next.has_value()) {
    response.set_next_page_token(EncodePageToken(fingerprint, EncodeClusterCursor(*page.next)));
  }
  return response;
}

absl::StatusOr<v1::GetStatsResponse> GetStats(ServiceCore& core, const v1::GetStatsRequest& request) {
  ASSIGN_OR_RETURN(const ArchiveStats stats, core.archive->GetStats());
  v1::GetStatsResponse response;
  ToProto(stats, &response);
  v1::ServerLimits* const limits = response.mutable_limits();
  limits->set_max_message_bytes(core.options.max_message_bytes);
  limits->set_max_body_bytes(core.options.max_body_bytes);
  limits->set_memory_budget_bytes(core.options.memory_budget_bytes);
  limits->set_max_page_size(kMaxSearchPage);
  limits->set_max_exact_hits(core.options.max_exact_hits);
  response.set_version(core.version);
  ToProto(core.started_at, response.mutable_started_at());
  return response;
}

}  // namespace gisa
