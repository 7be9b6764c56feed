#include "server/validate.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "server/field_checks.h"
#include "storage/base/article_limits.h"
#include "storage/duplicates.h"
#include "storage/search.h"

namespace gisa {
namespace {

std::string Indexed(absl::string_view field, int index) { return absl::StrCat(field, "[", index, "]"); }

void CheckMinSimilarity(double min_similarity, FieldChecks* checks) {
  // Written so that a NaN is out of range.
  if (min_similarity == 0 || (min_similarity >= kLeastMinSimilarity && min_similarity <= 1)) return;
  checks->Add("min_similarity", absl::StrCat(min_similarity, " is not from ", kLeastMinSimilarity, " to 1"));
}

void CheckView(v1::ArticleView view, FieldChecks* checks) { checks->Enum("view", v1::ArticleView_IsValid(view), view); }

void CheckNames(absl::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names, size_t max_bytes,
                FieldChecks* checks) {
  checks->MaxEntries(field, names.size(), kMaxFilterValues);
  for (int i = 0; i < names.size(); ++i) checks->MaxBytes(Indexed(field, i), names[i], max_bytes);
}

void CheckFilter(const v1::SearchFilter& filter, FieldChecks* checks) {
  checks->MaxEntries("filter.oids", filter.oids_size(), kMaxFilterValues);
  for (int i = 0; i < filter.oids_size(); ++i) checks->KeyPart(Indexed("filter.oids", i), filter.oids(i));
  CheckNames("filter.publishers", filter.publishers(), kMaxPublisherBytes, checks);
  CheckNames("filter.categories", filter.categories(), kMaxCategoryBytes, checks);
  if (filter.has_published_after()) checks->Timestamp("filter.published_after", filter.published_after());
  if (filter.has_published_before()) checks->Timestamp("filter.published_before", filter.published_before());
  if (filter.has_crawled_after()) checks->Timestamp("filter.crawled_after", filter.crawled_after());
  if (filter.has_crawled_before()) checks->Timestamp("filter.crawled_before", filter.crawled_before());
  if (!filter.content_hash().empty()) checks->ContentHash("filter.content_hash", filter.content_hash());
}

}  // namespace

absl::Status Validate(const v1::IngestRequest& request, size_t max_body_bytes) {
  FieldChecks checks;
  checks.Article("article", request.has_article(), request.article(), max_body_bytes);
  checks.MaxBytes("request_id", request.request_id(), kMaxRequestIdBytes);
  CheckMinSimilarity(request.min_similarity(), &checks);
  return checks.Result(kInvalidArticle);
}

absl::Status Validate(const v1::IngestStreamRequest& request, size_t max_body_bytes) {
  FieldChecks checks;
  checks.Article("article", request.has_article(), request.article(), max_body_bytes);
  CheckMinSimilarity(request.min_similarity(), &checks);
  return checks.Result(kInvalidArticle);
}

absl::Status Validate(const v1::FindMissingRequest& request) {
  FieldChecks checks;
  checks.MaxEntries("content_hashes and articles", request.content_hashes_size() + request.articles_size(),
                    kMaxFindMissingEntries);
  for (int i = 0; i < request.content_hashes_size(); ++i) {
    checks.ContentHash(Indexed("content_hashes", i), request.content_hashes(i));
  }
  for (int i = 0; i < request.articles_size(); ++i) {
    const v1::KeyedHash& entry = request.articles(i);
    const std::string field = Indexed("articles", i);
    checks.Key(absl::StrCat(field, ".key"), entry.has_key(), entry.key());
    checks.ContentHash(absl::StrCat(field, ".content_hash"), entry.content_hash());
  }
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::GetRequest& request) {
  FieldChecks checks;
  switch (request.target_case()) {
    case v1::GetRequest::kKey:
      checks.Key("key", true, request.key());
      break;
    case v1::GetRequest::kContentHash:
      checks.ContentHash("content_hash", request.content_hash());
      if (request.revision() != 0) checks.Add("revision", "only with `key`");
      break;
    case v1::GetRequest::TARGET_NOT_SET:
      checks.Add("target", "one of `key` and `content_hash` is required");
      break;
  }
  CheckView(request.view(), &checks);
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::BatchGetRequest& request) {
  FieldChecks checks;
  if (request.keys().empty()) checks.Add("keys", "required");
  checks.MaxEntries("keys", request.keys_size(), kMaxBatchGetKeys);
  for (int i = 0; i < request.keys_size(); ++i) checks.Key(Indexed("keys", i), true, request.keys(i));
  CheckView(request.view(), &checks);
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::ListRevisionsRequest& request) {
  FieldChecks checks;
  checks.Key("key", request.has_key(), request.key());
  checks.PageSize(request.page_size());
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::SearchRequest& request) {
  FieldChecks checks;
  checks.MaxBytes("query", request.query(), kMaxQueryBytes);
  checks.Enum("order", v1::SearchOrder_IsValid(request.order()), request.order());
  checks.PageSize(request.page_size());
  CheckView(request.view(), &checks);
  checks.Enum("match", v1::SearchMatch_IsValid(request.match()), request.match());
  CheckFilter(request.filter(), &checks);
  checks.MaxEntries("facets", request.facets_size(), kMaxSearchFacets);
  for (int i = 0; i < request.facets_size(); ++i) {
    const bool known = v1::SearchFacet_IsValid(request.facets(i)) && request.facets(i) != v1::SEARCH_FACET_UNSPECIFIED;
    checks.Enum(Indexed("facets", i), known, request.facets(i));
  }
  checks.NotNegative("max_facet_values", request.max_facet_values());
  checks.NotNegative("max_snippets", request.max_snippets());
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::FindDuplicatesRequest& request, size_t max_body_bytes) {
  FieldChecks checks;
  switch (request.target_case()) {
    case v1::FindDuplicatesRequest::kKey:
      checks.Key("key", true, request.key());
      break;
    case v1::FindDuplicatesRequest::kContentHash:
      checks.ContentHash("content_hash", request.content_hash());
      break;
    case v1::FindDuplicatesRequest::kText:
      checks.MaxBytes("text", request.text(), max_body_bytes);
      break;
    case v1::FindDuplicatesRequest::TARGET_NOT_SET:
      checks.Add("target", "one of `key`, `content_hash` and `text` is required");
      break;
  }
  CheckMinSimilarity(request.min_similarity(), &checks);
  checks.PageSize(request.page_size());
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::ListClustersRequest& request) {
  FieldChecks checks;
  if (request.min_size() != 0 && request.min_size() < 2) {
    checks.Add("min_size", absl::StrCat(request.min_size(), " is not 2 or more"));
  }
  if (request.has_since()) checks.Timestamp("since", request.since());
  checks.Enum("order", v1::ClusterOrder_IsValid(request.order()), request.order());
  checks.NotNegative("max_members", request.max_members());
  checks.PageSize(request.page_size());
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::ExportRequest& request) {
  FieldChecks checks;
  const v1::ExportFilter& filter = request.filter();
  checks.MaxEntries("filter.oids", filter.oids_size(), kMaxExportOids);
  for (int i = 0; i < filter.oids_size(); ++i) checks.KeyPart(Indexed("filter.oids", i), filter.oids(i));
  if (filter.has_published_after()) checks.Timestamp("filter.published_after", filter.published_after());
  if (filter.has_published_before()) checks.Timestamp("filter.published_before", filter.published_before());
  checks.Enum("order", v1::ExportOrder_IsValid(request.order()), request.order());
  CheckView(request.view(), &checks);
  return checks.Result(kInvalidRequest);
}

absl::Status Validate(const v1::DeleteRequest& request) {
  FieldChecks checks;
  checks.Key("key", request.has_key(), request.key());
  checks.MaxBytes("reason", request.reason(), kMaxReasonBytes);
  return checks.Result(kInvalidRequest);
}

}  // namespace gisa
