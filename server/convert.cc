#include "server/convert.h"

#include <utility>
#include <vector>

#include "storage/base/sha256.h"

namespace gisa {
namespace {

v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return v1::OUTCOME_CREATED;
    case Outcome::kDuplicate:
      return v1::OUTCOME_DUPLICATE;
    case Outcome::kUnchanged:
      return v1::OUTCOME_UNCHANGED;
    case Outcome::kRevised:
      return v1::OUTCOME_REVISED;
  }
  return v1::OUTCOME_UNSPECIFIED;
}

v1::DuplicateRelation ToProto(DuplicateRelation relation) {
  switch (relation) {
    case DuplicateRelation::kExact:
      return v1::DUPLICATE_RELATION_EXACT;
    case DuplicateRelation::kNear:
      return v1::DUPLICATE_RELATION_NEAR;
    case DuplicateRelation::kContained:
      return v1::DUPLICATE_RELATION_CONTAINED;
  }
  return v1::DUPLICATE_RELATION_UNSPECIFIED;
}

// Counts the code points of valid UTF-8 as far as it is asked for, upwards.
class CodePointCounter {
 public:
  explicit CodePointCounter(absl::string_view text) : text_(text) {}

  uint32_t CountBefore(size_t offset) {
    for (; next_ < offset; ++next_) count_ += (static_cast<uint8_t>(text_[next_]) & 0xC0) != 0x80 ? 1 : 0;
    return count_;
  }

 private:
  const absl::string_view text_;
  size_t next_ = 0;
  uint32_t count_ = 0;
};

// `ranges` of `text`, by begin and apart.
void ToProto(const std::vector<TextRange>& ranges, absl::string_view text,
             google::protobuf::RepeatedPtrField<v1::TextRange>* out) {
  out->Reserve(static_cast<int>(ranges.size()));
  CodePointCounter code_points(text);
  for (const TextRange& range : ranges) {
    v1::TextRange* const added = out->Add();
    added->set_begin(static_cast<uint32_t>(range.begin));
    added->set_end(static_cast<uint32_t>(range.end));
    added->set_begin_code_point(code_points.CountBefore(range.begin));
    added->set_end_code_point(code_points.CountBefore(range.end));
  }
}

v1::SearchFacet ToProto(FacetField field) {
  switch (field) {
    case FacetField::kPublisher:
      return v1::SEARCH_FACET_PUBLISHER;
    case FacetField::kCategory:
      return v1::SEARCH_FACET_CATEGORY;
    case FacetField::kDay:
      return v1::SEARCH_FACET_DAY;
    case FacetField::kMonth:
      return v1::SEARCH_FACET_MONTH;
  }
  return v1::SEARCH_FACET_UNSPECIFIED;
}

}  // namespace

absl::Time FromProto(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Microseconds(timestamp.nanos() / 1000);
}

ArticleKey FromProto(const v1::ArticleKey& key) { return {key.oid(), key.aid()}; }

KeyedHash FromProto(const v1::KeyedHash& keyed_hash) {
  return {FromProto(keyed_hash.key()), Sha256FromHex(keyed_hash.content_hash()).value_or(Sha256Digest{})};
}

ExportFilter FromProto(const v1::ExportFilter& filter) {
  ExportFilter out;
  out.oids.assign(filter.oids().begin(), filter.oids().end());
  if (filter.has_published_after()) out.published_after = FromProto(filter.published_after());
  if (filter.has_published_before()) out.published_before = FromProto(filter.published_before());
  return out;
}

ExportOrder FromProto(v1::ExportOrder order) {
  return order == v1::EXPORT_ORDER_PUBLISHED_AT ? ExportOrder::kPublishedAt : ExportOrder::kKey;
}

SearchOrder FromProto(v1::SearchOrder order) {
  switch (order) {
    case v1::SEARCH_ORDER_NEWEST:
      return SearchOrder::kNewest;
    case v1::SEARCH_ORDER_OLDEST:
      return SearchOrder::kOldest;
    default:
      return SearchOrder::kRelevance;
  }
}

SearchMatch FromProto(v1::SearchMatch match) {
  return match == v1::SEARCH_MATCH_ANY ? SearchMatch::kAny : SearchMatch::kAll;
}

FacetField FromProto(v1::SearchFacet facet) {
  switch (facet) {
    case v1::SEARCH_FACET_CATEGORY:
      return FacetField::kCategory;
    case v1::SEARCH_FACET_DAY:
      return FacetField::kDay;
    case v1::SEARCH_FACET_MONTH:
      return FacetField::kMonth;
    default:
      return FacetField::kPublisher;
  }
}

SearchFilter FromProto(const v1::SearchFilter& filter) {
  SearchFilter out;
  out.oids.assign(filter.oids().begin(), filter.oids().end());
  out.publishers.assign(filter.publishers().begin(), filter.publishers().end());
  out.categories.assign(filter.categories().begin(), filter.categories().end());
  if (filter.has_published_after()) out.published_after = FromProto(filter.published_after());
  if (filter.has_published_before()) out.published_before = FromProto(filter.published_before());
  if (filter.has_crawled_after()) out.crawled_after = FromProto(filter.crawled_after());
  if (filter.has_crawled_before()) out.crawled_before = FromProto(filter.crawled_before());
  if (!filter.content_hash().empty()) out.content_hash = Sha256FromHex(filter.content_hash());
  return out;
}

View FromProto(v1::ArticleView view, View default_view) {
  switch (view) {
    case v1::ARTICLE_VIEW_BASIC:
      return View::kBasic;
    case v1::ARTICLE_VIEW_FULL:
      return View::kFull;
    default:
      return default_view;
  }
}

namespace {

// Of either request of an ingest.
template <typename Request>
IngestCommand ToCommand(Request& request) {
  v1::Article& article = *request.mutable_article();
  IngestCommand command;
  command.article.key.oid = std::move(*article.mutable_oid());
  command.article.key.aid = std::move(*article.mutable_aid());
  command.article.title = std::move(*article.mutable_title());
  command.article.category = std::move(*article.mutable_category());
  command.article.publisher = std::move(*article.mutable_publisher());
  command.article.author = std::move(*article.mutable_author());
  command.article.url = std::move(*article.mutable_url());
  if (article.has_published_at()) command.article.published_at = FromProto(article.published_at());
  if (article.has_crawled_at()) command.article.crawled_at = FromProto(article.crawled_at());
  command.article.body = std::move(*article.mutable_body());
  if (!article.content_hash().empty()) command.stated_content_hash = Sha256FromHex(article.content_hash());
  command.undelete = request.undelete();
  if (request.find_near_duplicates()) command.near_duplicate_similarity = MinSimilarity(request.min_similarity());
  return command;
}

}  // namespace

double MinSimilarity(double min_similarity) { return min_similarity == 0 ? kDefaultMinSimilarity : min_similarity; }

IngestCommand ToIngestCommand(v1::IngestRequest&& request) { return ToCommand(request); }
IngestCommand ToIngestCommand(v1::IngestStreamRequest&& request) {
  IngestCommand command = ToCommand(request);
  command.is_bulk = true;
  return command;
}

DuplicateQuery ToDuplicateQuery(const v1::FindDuplicatesRequest& request) {
  DuplicateQuery query;
  if (request.has_key()) {
    query.about = FromProto(request.key());
  } else if (request.has_content_hash()) {
    query.about = Sha256FromHex(request.content_hash()).value_or(Sha256Digest{});
  } else {
    query.about = request.text();
  }
  query.min_similarity = MinSimilarity(request.min_similarity());
  return query;
}

ClusterQuery ToClusterQuery(const v1::ListClustersRequest& request) {
  ClusterQuery query;
  if (request.min_size() != 0) query.min_size = request.min_size();
  if (request.has_since()) query.since = FromProto(request.since());
  query.order = request.order() == v1::CLUSTER_ORDER_NEWEST ? ClusterOrder::kNewest : ClusterOrder::kSize;
  return query;
}

void ToProto(absl::Time time, google::protobuf::Timestamp* out) {
  const int64_t seconds = absl::ToUnixSeconds(time);  // rounds down
  out->set_seconds(seconds);
  out->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
}

void ToProto(const ArticleKey& key, v1::ArticleKey* out) {
  out->set_oid(key.oid);
  out->set_aid(key.aid);
}

void ToProto(const KeyedHash& keyed_hash, v1::KeyedHash* out) {
  ToProto(keyed_hash.key, out->mutable_key());
  out->set_content_hash(ToHex(keyed_hash.content_hash));
}

void ToProto(const IngestResult& result, v1::IngestResult* out) {
  ToProto(result.key, out->mutable_key());
  out->set_outcome(ToProto(result.outcome));
  out->set_revision(result.revision);
  out->set_sequence(result.sequence);
  out->set_content_hash(ToHex(result.content_hash));
  ToProto(result.canonical, out->mutable_canonical());
  for (const DuplicateMatch& match : result.near_duplicates) {
    v1::NearDuplicate* const near = out->add_near_duplicates();
    ToProto(match.key, near->mutable_key());
    near->set_similarity(match.similarity);
    near->set_relation(ToProto(match.relation));
    near->set_containment(match.containment);
  }
  out->set_near_duplicates_incomplete(!result.near_duplicates_complete);
}

void ToProto(Duplicate&& duplicate, v1::Duplicate* out) {
  ToProto(std::move(duplicate.article), out->mutable_article());
  const DuplicateMatch& match = duplicate.match;
  out->set_relation(ToProto(match.relation));
  out->set_similarity(match.similarity);
  out->set_containment(match.containment);
  out->set_shared_shingles(match.shared);
  out->set_only_here_shingles(match.only_here);
  out->set_only_there_shingles(match.only_there);
}

void ToProto(Cluster&& cluster, v1::Cluster* out) {
  out->set_size(cluster.size);
  out->set_bodies(cluster.bodies);
  if (cluster.first_published_at.has_value()) ToProto(*cluster.first_published_at, out->mutable_first_published_at());
  if (cluster.last_published_at.has_value()) ToProto(*cluster.last_published_at, out->mutable_last_published_at());
  out->set_incomplete(!cluster.is_complete);
  if (!cluster.members.empty()) ToProto(cluster.members[0].article.key, out->mutable_canonical());
  for (StoredArticle& member : cluster.members) ToProto(std::move(member), out->add_members());
}

void ToProto(const DeleteResult& result, v1::DeleteResponse* out) {
  ToProto(result.key, out->mutable_key());
  out->set_sequence(result.sequence);
  ToProto(result.deleted_at, out->mutable_deleted_at());
  out->set_reason(result.reason);
}

void ToProto(StoredArticle&& stored, v1::Article* out) {
  Article& article = stored.article;
  out->set_oid(std::move(article.key.oid));
  out->set_aid(std::move(article.key.aid));
  out->set_title(std::move(article.title));
  out->set_category(std::move(article.category));
  out->set_publisher(std::move(article.publisher));
  out->set_author(std::move(article.author));
  out->set_url(std::move(article.url));
  if (article.published_at.has_value()) ToProto(*article.published_at, out->mutable_published_at());
  if (article.crawled_at.has_value()) ToProto(*article.crawled_at, out->mutable_crawled_at());
  out->set_body(std::move(article.body));
  out->set_content_hash(ToHex(stored.content_hash));
  out->set_revision(stored.revision);
  ToProto(stored.ingested_at, out->mutable_ingested_at());
  if (stored.last_crawled_at.has_value()) ToProto(*stored.last_crawled_at, out->mutable_last_crawled_at());
  out->set_sequence(stored.sequence);
  ToProto(stored.canonical, out->mutable_canonical());
}

void ToProto(SearchHit&& hit, v1::SearchHit* out) {
  out->set_score(hit.score);
  out->set_copies(hit.copies);
  ToProto(hit.title_highlights, hit.article.article.title, out->mutable_title_highlights());
  ToProto(std::move(hit.article), out->mutable_article());
  for (Snippet& snippet : hit.snippets) {
    v1::Snippet* const shown = out->add_snippets();
    shown->set_body_offset(static_cast<uint32_t>(snippet.body_offset));
    shown->set_body_code_point_offset(static_cast<uint32_t>(snippet.body_code_point_offset));
    ToProto(snippet.highlights, snippet.text, shown->mutable_highlights());
    shown->set_text(std::move(snippet.text));
  }
}

void ToProto(Facet&& facet, v1::FacetResult* out) {
  out->set_facet(ToProto(facet.field));
  out->set_other_hits(facet.other_hits);
  for (Facet::Count& count : facet.counts) {
    v1::FacetValue* const value = out->add_values();
    value->set_value(std::move(count.value));
    value->set_hits(count.hits);
  }
}

void ToProto(const ArchiveStats& stats, v1::GetStatsResponse* out) {
  out->set_articles(stats.articles);
  out->set_revisions(stats.revisions);
  out->set_bodies(stats.bodies);
  out->set_tombstones(stats.tombstones);
  out->set_text_bytes(stats.text_bytes);
  out->set_unique_text_bytes(stats.unique_text_bytes);
  out->set_stored_text_bytes(stats.stored_text_bytes);
  if (stats.unique_text_bytes > 0) {
    out->set_dedup_ratio(static_cast<double>(stats.text_bytes) / static_cast<double>(stats.unique_text_bytes));
  }
  out->set_last_sequence(stats.last_sequence);
  out->set_records_disk_bytes(stats.records_disk_bytes);
  out->set_near_disk_bytes(stats.near_disk_bytes);
  v1::IndexStats* const index = out->mutable_index();
  index->set_documents(stats.indexed_documents);
  index->set_unflushed_documents(stats.unflushed_documents);
  index->set_indexed_up_to(stats.indexed_up_to);
  index->set_disk_bytes(stats.index_disk_bytes);
}

}  // namespace gisa
