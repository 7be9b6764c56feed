#include "storage/leveldb/near_duplicate_finder.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/dedup/letters.h"
#include "storage/dedup/shingle_set.h"
#include "storage/leveldb/call_control.h"
#include "storage/leveldb/record_reader.h"

namespace gisa {
namespace {

ShingleSet ShinglesOf(absl::string_view body) {
  thread_local LetterReader reader;
  return ShingleSet(reader.Read(body));
}

// What `overlap`, of the body asked about with another, amounts to; nullopt for too little.
std::optional<DuplicateMatch> Judge(const Overlap& overlap, double min_similarity) {
  DuplicateMatch match;
  match.similarity = overlap.Jaccard();
  match.containment = std::max(overlap.ContainmentOfA(), overlap.ContainmentOfB());
  match.shared = overlap.shared;
  match.only_here = overlap.only_a;
  match.only_there = overlap.only_b;
  if (match.similarity >= min_similarity) {
    match.relation = DuplicateRelation::kNear;
  } else if (match.containment >= min_similarity) {
    match.relation = DuplicateRelation::kContained;
  } else {
    return std::nullopt;
  }
  return match;
}

}  // namespace

absl::StatusOr<NearDuplicates> FindNearDuplicates(const NearIndex& index, const RecordDatabase& database,
                                                  const NearQuery& query, const SearchControl& control) {
  NearDuplicates result;
  if (query.asked->bands.empty()) return result;
  const NearIndex::Found candidates =
      index.Find({query.kept, query.asked, query.before, query.min_similarity, query.max_docs_of_hash});
  result.is_complete = candidates.is_complete;
  if (candidates.candidates.empty()) return result;

  const ShingleSet here = ShinglesOf(query.body);
  if (!here.comparable()) return result;
  const RecordReader reader(database);
  // Many articles may have one body.
  std::map<Sha256Digest, std::optional<DuplicateMatch>> judged;
  size_t compared = 0;
  for (const Candidate& candidate : candidates.candidates) {
    if (compared == query.max_compared) {
      result.is_complete = false;
      break;
    }
    RETURN_IF_ERROR(CheckControl(control));
    ASSIGN_OR_RETURN(std::optional<StoredArticle> there, reader.GetDocument(candidate.doc));
    if (!there.has_value() || there->content_hash == query.content_hash) continue;
    ++compared;
    const auto [entry, is_new] = judged.try_emplace(there->content_hash);
    if (is_new) {
      const ShingleSet set = ShinglesOf(there->article.body);
      if (set.comparable()) entry->second = Judge(Compare(here, set), query.min_similarity);
    }
    if (!entry->second.has_value()) continue;
    Duplicate& found = result.found.emplace_back();
    found.match = *entry->second;
    found.match.key = there->article.key;
    found.article = *std::move(there);
    found.article.article.body.clear();
  }
  return result;
}

}  // namespace gisa
