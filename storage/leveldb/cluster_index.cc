#include "storage/leveldb/cluster_index.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/time/time.h"
#include "gisa/storage/v1/records.pb.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"
#include "storage/dedup/cluster_snapshot.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/band_groups.h"
#include "storage/leveldb/call_control.h"
#include "storage/leveldb/change_feed.h"
#include "storage/leveldb/cluster_reader.h"

namespace gisa {
namespace {

// So many changes are taken in together.
constexpr uint64_t kMaxChanges = 1 << 18;
// With so few, the bands of each are looked up rather than all of the index read.
constexpr uint64_t kFewChanges = 256;
// How often who waits for its turn looks whether anybody waits for it.
constexpr absl::Duration kPatience = absl::Milliseconds(50);
// A page ends when its articles have so much text, however few clusters it has.
constexpr size_t kMaxPageBytes = 2 << 20;

// What a change means for the clusters.
struct Change {
  uint32_t sequence = 0;
  uint32_t replaced = 0;  // the document that is no longer current; 0 for none
  uint32_t body = 0;      // that of the document `sequence`; 0 when there is none any more
};

absl::StatusOr<std::vector<Change>> ReadChanges(const RecordDatabase& database, const RecordReader& reader,
                                                uint64_t first, uint64_t last) {
  std::vector<Change> changes;
  const auto add = [&changes](uint64_t sequence, const ChangeValue& value) {
    Change& change = changes.emplace_back();
    change.sequence = static_cast<uint32_t>(sequence);
    change.replaced = static_cast<uint32_t>(value.record.replaced());
    if (value.record.type() != storage::v1::CHANGE_TYPE_DELETED) {
      change.body = static_cast<uint32_t>(value.record.body_id());
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(ReadChangeFeed(
      database, reader, first, add, [] {}, last));
  return changes;
}

// As a list would have it, of these members alone.
ClusterRank RankOf(const std::vector<ClusterGraph::Member>& members) {
  ClusterRank rank;
  rank.size = members.size();
  rank.last_published = ClusterGraph::kNoTime;
  for (const ClusterGraph::Member& member : members) {
    rank.last_published = std::max(rank.last_published, member.published);
  }
  return rank;
}

size_t TextBytes(const Cluster& cluster) {
  size_t bytes = 0;
  for (const StoredArticle& member : cluster.members) {
    const Article& article = member.article;
    bytes += article.title.size() + article.category.size() + article.publisher.size() + article.author.size() +
             article.url.size();
  }
  return bytes;
}

}  // namespace

absl::Status ClusterIndex::TakeTurn(const SearchControl& control) {
  absl::MutexLock lock(&mutex_);
  while (!mutex_.AwaitWithTimeout(absl::Condition(this, &ClusterIndex::IsFree), kPatience)) {
    RETURN_IF_ERROR(CheckControl(control));
  }
  is_taken_ = true;
  return absl::OkStatus();
}

void ClusterIndex::EndTurn() {
  absl::MutexLock lock(&mutex_);
  is_taken_ = false;
}

absl::StatusOr<ClusterPage> ClusterIndex::List(const ClusterQuery& query, const SearchControl& control) {
  RETURN_IF_ERROR(TakeTurn(control));
  absl::Cleanup end_turn = [this] { EndTurn(); };
  // In this order: the records are then at least as new.
  const uint64_t target = near_index_.applied_up_to();
  const RecordReader reader(database_);
  RETURN_IF_ERROR(CatchUp(reader, target, control));
  if (query.after.has_value() && query.after->as_of_sequence < known_from_) {
    return InvalidFieldsError("INVALID_PAGE_TOKEN",
                              {{"page_token", "of before a restart of the server; start again without it"}});
  }
  Picked picked = Pick(query);
  std::move(end_turn).Invoke();

  ClusterPage page;
  page.total = picked.total;
  page.is_complete = picked.is_complete;
  ClusterCursor last;
  last.as_of_sequence = picked.as_of;
  size_t bytes = 0;
  for (Listed& listed : picked.clusters) {
    if (page.clusters.size() == query.limit || bytes > kMaxPageBytes) {
      page.next = last;
      break;
    }
    RETURN_IF_ERROR(CheckControl(control));
    ASSIGN_OR_RETURN(Cluster cluster, ReadCluster(reader, std::move(listed.members), query.max_members));
    cluster.is_complete = listed.is_complete;
    bytes += TextBytes(cluster);
    page.clusters.push_back(std::move(cluster));
    last.last = listed.rank;
  }
  return page;
}

// Ends with nothing left to do, or with what it has done so far in place.
absl::Status ClusterIndex::CatchUp(const RecordReader& reader, uint64_t target, const SearchControl& control) {
  ClusterLinker linker(reader, near_index_, graph_);
  const absl::Cleanup note_gaps = [&] { is_complete_ &= linker.is_complete(); };
  while (true) {
    RETURN_IF_ERROR(Mend(linker, control));
    if (up_to_ >= target) break;
    RETURN_IF_ERROR(TakeIn(reader, std::min(target, up_to_ + kMaxChanges), linker, control));
  }
  is_begun_ = true;
  return absl::OkStatus();
}

absl::Status ClusterIndex::TakeIn(const RecordReader& reader, uint64_t up_to, ClusterLinker& linker,
                                  const SearchControl& control) {
  ASSIGN_OR_RETURN(const std::vector<Change> changes, ReadChanges(database_, reader, up_to_ + 1, up_to));
  for (const Change& change : changes) linker.NoteGone(change.replaced);
  std::optional<BandGroups> groups;
  if (changes.size() > kFewChanges) {
    groups.emplace(BandGroups::Read(near_index_, up_to_, up_to));
  }
  for (const Change& change : changes) {
    RETURN_IF_ERROR(CheckControl(control));
    if (change.body != 0) {
      if (change.body != change.sequence) RETURN_IF_ERROR(linker.AddHolder(change.sequence, change.body));
      const bool is_grouped = groups.has_value() && groups->HasAllBands(change.sequence);
      ASSIGN_OR_RETURN(const BandGroups::Earlier earlier,
                       is_grouped ? groups->EarlierThan(change.sequence) : LookUp(linker, change.sequence));
      RETURN_IF_ERROR(linker.Link(change.sequence, change.body, earlier.docs, earlier.is_complete, control));
    }
    // After it has been taken in: a body that both have stays joined.
    if (change.replaced != 0) graph_.Remove(change.replaced, change.sequence);
    // By now it could not be read.
    if (change.replaced != 0 && !is_begun_) known_from_ = change.sequence;
    up_to_ = change.sequence;
  }
  up_to_ = up_to;
  return absl::OkStatus();
}

// What BandGroups tells of many documents, of one.
absl::StatusOr<BandGroups::Earlier> ClusterIndex::LookUp(ClusterLinker& linker, uint32_t doc) const {
  BandGroups::Earlier earlier;
  ASSIGN_OR_RETURN(const Sketch sketch, linker.SketchOf(doc));
  if (sketch.bands.empty()) return earlier;
  NearIndex::Query query;
  query.kept = &sketch;
  query.asked = &sketch;
  query.before = doc;
  const NearIndex::Found found = near_index_.Find(query);
  earlier.is_complete = found.is_complete;
  for (const Candidate& candidate : found.candidates) earlier.docs.push_back(candidate.doc);
  return earlier;
}

absl::Status ClusterIndex::Mend(ClusterLinker& linker, const SearchControl& control) {
  for (std::vector<uint32_t>& bodies : graph_.Settle()) torn_.push_back(std::move(bodies));
  while (!torn_.empty()) {
    RETURN_IF_ERROR(linker.Relink(torn_.back(), control));
    torn_.pop_back();
  }
  return absl::OkStatus();
}

ClusterIndex::Picked ClusterIndex::Pick(const ClusterQuery& query) const {
  Picked picked;
  picked.as_of = query.after.has_value() ? query.after->as_of_sequence : up_to_;
  picked.is_complete = is_complete_;
  const int64_t since = query.since.has_value() ? absl::ToUnixMicros(*query.since) : ClusterGraph::kNoTime;
  const auto is_wanted = [&](const ClusterRank& rank) {
    return rank.size >= query.min_size && rank.last_published >= since;
  };
  ClusterSnapshot snapshot(graph_, picked.as_of);
  std::vector<ClusterFacts> left;
  for (const ClusterFacts& cluster : snapshot.clusters()) {
    if (!is_wanted(cluster.rank)) continue;
    ++picked.total;
    if (!query.after.has_value() || query.after->last.IsBefore(cluster.rank, query.order)) left.push_back(cluster);
  }
  std::sort(left.begin(), left.end(),
            [&query](const ClusterFacts& a, const ClusterFacts& b) { return a.rank.IsBefore(b.rank, query.order); });
  // Of those of an earlier moment some are gone by now: then more are looked at, twice as many each time.
  size_t count = query.limit + 1;
  for (size_t begin = 0; begin < left.size() && picked.clusters.size() <= query.limit; begin += count, count *= 2) {
    const size_t end = std::min(begin + count, left.size());
    std::vector<uint64_t> roots;
    for (size_t i = begin; i < end; ++i) roots.push_back(left[i].rank.root);
    std::vector<std::vector<ClusterGraph::Member>> members = snapshot.CurrentMembers(roots);
    for (size_t i = begin; i < end && picked.clusters.size() <= query.limit; ++i) {
      if (!is_wanted(RankOf(members[i - begin]))) continue;
      picked.clusters.push_back({left[i].rank, left[i].is_complete, std::move(members[i - begin])});
    }
  }
  return picked;
}

}  // namespace gisa
