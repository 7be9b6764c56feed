#include "storage/leveldb/cluster_linker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/clusters.h"
#include "storage/dedup/letters.h"
#include "storage/dedup/sketch.h"
#include "storage/leveldb/call_control.h"

namespace gisa {
namespace {

// With so many a document is compared.
constexpr size_t kMaxCompared = 64;
// So many are looked at whether they are current.
constexpr size_t kMaxRead = 512;
constexpr size_t kSiftedTogether = 16;
// About 100 MB.
constexpr size_t kMaxMembers = 2 << 20;
// What is kept of texts, to be compared again.
constexpr size_t kMaxTextBytes = 16 << 20;

int64_t PublishedOf(const Article& article) {
  return article.published_at.has_value() ? absl::ToUnixMicros(*article.published_at) : ClusterGraph::kNoTime;
}

}  // namespace

absl::StatusOr<std::optional<StoredArticle>> ClusterLinker::ReadArticle(uint32_t doc, View view) {
  absl::StatusOr<std::optional<StoredArticle>> article = reader_.GetDocument(doc, view);
  if (!absl::IsInternal(article.status())) return article;
  // One damaged record does not take all clusters away.
  is_complete_ = false;
  return std::optional<StoredArticle>();
}

absl::StatusOr<std::shared_ptr<const ClusterLinker::Text>> ClusterLinker::Read(uint32_t doc) {
  if (const auto found = texts_.find(doc); found != texts_.end()) return found->second;
  ASSIGN_OR_RETURN(const std::optional<StoredArticle> article, ReadArticle(doc, View::kFull));
  auto text = std::make_shared<Text>();
  if (article.has_value()) {
    thread_local LetterReader letters;
    text->is_current = true;
    text->published = PublishedOf(article->article);
    text->shingles = ShingleSet(letters.Read(article->article.body));
    thread_local Sketcher sketcher;
    text->sketch = sketcher.MakeKept(article->article.body);
    text->sketch.fingerprints.clear();
  }
  if (text_bytes_ > kMaxTextBytes) {
    texts_.clear();
    text_bytes_ = 0;
  }
  text_bytes_ += sizeof(Text) + text->shingles.size() * sizeof(uint64_t) + text->sketch.memory_bytes();
  texts_.emplace(doc, text);
  return text;
}

absl::StatusOr<Sketch> ClusterLinker::SketchOf(uint32_t doc) {
  ASSIGN_OR_RETURN(const auto text, Read(doc));
  return text->sketch;
}

bool ClusterLinker::AddMember(uint32_t doc, uint32_t body, int64_t published) {
  if (graph_.members().size() >= kMaxMembers) {
    is_complete_ = false;
    return false;
  }
  graph_.AddMember(doc, body, published);
  return true;
}

absl::Status ClusterLinker::AddHolder(uint32_t doc, uint32_t body) {
  if (graph_.HasBody(body)) {
    ASSIGN_OR_RETURN(const std::optional<StoredArticle> article, ReadArticle(doc, View::kBasic));
    if (article.has_value()) AddMember(doc, body, PublishedOf(article->article));
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto text, Read(doc));
  if (!text->is_current || !text->shingles.comparable()) return absl::OkStatus();
  // Who else had it and is still current is the one that brought it: any other would have come here before.
  ASSIGN_OR_RETURN(const auto first, Read(body));
  if (first->is_current) AddMember(body, body, first->published);
  AddMember(doc, body, text->published);
  return absl::OkStatus();
}

bool ClusterLinker::MayJoin(uint32_t candidate, uint32_t body) {
  if (graph_.IsGone(candidate) || gone_.contains(candidate)) return false;
  const uint32_t other = BodyOf(candidate);
  return other != body && !graph_.AreJoined(other, body);
}

absl::Status ClusterLinker::Link(uint32_t doc, uint32_t body, absl::Span<const uint32_t> candidates, bool is_complete,
                                 const SearchControl& control) {
  std::shared_ptr<const Text> here;
  size_t compared = 0;
  size_t read = 0;
  std::vector<uint32_t> some;
  auto next = candidates.begin();
  while (true) {
    // A few at a time: what joins it with one joins it with most others.
    some.clear();
    for (; next != candidates.end() && some.size() < kSiftedTogether; ++next) {
      if (MayJoin(*next, body)) some.push_back(*next);
    }
    if (some.empty()) break;
    if (here == nullptr) {
      ASSIGN_OR_RETURN(here, Read(doc));
      if (!here->is_current || !here->shingles.comparable()) return absl::OkStatus();
    }
    std::sort(some.begin(), some.end());
    near_index_.Sift(here->sketch.sample, kClusterSimilarity, &some);
    for (const uint32_t candidate : some) {
      if (!MayJoin(candidate, body)) continue;
      if (compared == kMaxCompared || read == kMaxRead) {
        is_complete = false;
        next = candidates.end();
        break;
      }
      RETURN_IF_ERROR(CheckControl(control));
      ++read;
      ASSIGN_OR_RETURN(const auto there, Read(candidate));
      if (!there->is_current) continue;
      ++compared;
      if (Compare(here->shingles, there->shingles).Jaccard() < kClusterSimilarity) continue;
      const uint32_t other = BodyOf(candidate);
      if (!AddMember(candidate, other, there->published) || !AddMember(doc, body, here->published)) {
        return absl::OkStatus();
      }
      graph_.AddPair(other, body);
    }
  }
  if (is_complete) return absl::OkStatus();
  if (graph_.HasBody(body)) {
    graph_.MarkIncomplete(body);
  } else {
    is_complete_ = false;
  }
  return absl::OkStatus();
}

absl::Status ClusterLinker::Relink(absl::Span<const uint32_t> bodies, const SearchControl& control) {
  // A document of each.
  absl::flat_hash_map<uint32_t, uint32_t> docs;
  for (const ClusterGraph::Member& member : graph_.members()) {
    if (member.gone_at == 0 && std::binary_search(bodies.begin(), bodies.end(), member.body)) {
      docs.emplace(member.body, member.doc);
    }
  }
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> docs_of_band;
  for (const uint32_t body : bodies) {
    const auto doc = docs.find(body);
    if (doc == docs.end()) continue;
    RETURN_IF_ERROR(CheckControl(control));
    ASSIGN_OR_RETURN(const Sketch sketch, SketchOf(doc->second));
    std::vector<uint32_t> candidates;
    bool is_complete = true;
    for (const uint64_t band : sketch.bands) {
      std::vector<uint32_t>& group = docs_of_band[band];
      candidates.insert(candidates.end(), group.begin(), group.end());
      if (group.size() < kMaxDocsOfHash) {
        group.push_back(doc->second);
      } else {
        is_complete = false;
      }
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    RETURN_IF_ERROR(Link(doc->second, body, candidates, is_complete, control));
  }
  return absl::OkStatus();
}

}  // namespace gisa
