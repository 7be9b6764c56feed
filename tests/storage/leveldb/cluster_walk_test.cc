// Clusters after random ingests, revisions, deletions and restarts, beside those that a comparison of all with all
// finds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/dedup/letters.h"
#include "storage/dedup/shingle_set.h"
#include "storage/dedup/sketch.h"
#include "storage/dedup/union_find.h"
#include "tests/storage/leveldb/leveldb_driver.h"
#include "tests/support/archive_calls.h"
#include "tests/support/story.h"

namespace gisa {
namespace {

using Keys = std::vector<ArticleKey>;

// Which bodies are to be in one cluster, each pair worked out but once.
class Likeness {
 public:
  bool AreAlike(const std::string& a, const std::string& b) {
    if (a == b) return IsComparable(a);
    const auto [known, is_new] = known_.try_emplace(std::minmax(a, b));
    if (is_new) known->second = Compare(Of(a), Of(b));
    return known->second;
  }
  bool IsComparable(const std::string& body) { return Of(body).shingles.comparable(); }

 private:
  struct Body {
    ShingleSet shingles;
    std::vector<uint64_t> bands;
  };

  const Body& Of(const std::string& body) {
    const auto [known, is_new] = bodies_.try_emplace(body);
    if (is_new) known->second = {ShingleSet(letters_.Read(body)), sketcher_.MakeKept(body).bands};
    return known->second;
  }

  // One in some hundred pairs just above the threshold has no band in common, and is not found.
  static bool Compare(const Body& a, const Body& b) {
    if (!a.shingles.comparable() || !b.shingles.comparable()) return false;
    bool meet = false;
    for (size_t i = 0; i < a.bands.size(); ++i) meet |= a.bands[i] == b.bands[i];
    return meet && gisa::Compare(a.shingles, b.shingles).Jaccard() >= kClusterSimilarity;
  }

  LetterReader letters_;
  Sketcher sketcher_;
  std::map<std::string, Body> bodies_;
  std::map<std::pair<std::string, std::string>, bool> known_;
};

class ClusterWalk {
 public:
  ClusterWalk(ArchiveDriver& driver, uint32_t seed) : driver_(driver), random_(seed) {}

  void Run(int rounds) {
    for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
      SCOPED_TRACE(absl::StrCat("round ", round));
      const int steps = OneIn(8) ? 400 : static_cast<int>(random_() % 12);
      for (int i = 0; i < steps; ++i) Change();
      absl::Status restarted;
      if (OneIn(8)) restarted = driver_.Reopen();
      if (OneIn(16)) restarted.Update(driver_.Crash());
      ASSERT_TRUE(restarted.ok()) << restarted;
      if (OneIn(2)) {
        ExpectClusters();
      } else {
        ExpectPagesToHold();
      }
    }
  }

 private:
  bool OneIn(uint32_t n) { return random_() % n == 0; }

  // Of twelve sentences of one of some stories, most. So the similarity of two is from 0.4 to 1.
  std::string SomeBody() {
    if (OneIn(12)) return "짧은 글이다.";
    static const std::vector<std::vector<std::string>> stories = [] {
      std::vector<std::vector<std::string>> all(16);
      for (int sentence = 0; sentence < 12; ++sentence) {
        for (size_t story = 0; story < all.size(); ++story) {
          const std::string about = {'x', static_cast<char>('a' + story), static_cast<char>('a' + sentence)};
          all[story].push_back(Story(about, 1));
        }
      }
      return all;
    }();
    std::string body;
    const uint32_t left_out = random_() % 5;
    std::vector<bool> is_out(12);
    for (uint32_t i = 0; i < left_out; ++i) is_out[random_() % 12] = true;
    const std::vector<std::string>& story = stories[random_() % stories.size()];
    for (size_t i = 0; i < story.size(); ++i) {
      if (!is_out[i]) body += story[i];
    }
    return body;
  }

  void Change() {
    const ArticleKey key = {absl::StrCat(random_() % 3), absl::StrCat(random_() % 40)};
    if (OneIn(5)) {
      if (current_.erase(key) == 0) return;
      EXPECT_TRUE(DeleteAndWait(driver_.archive(), key, "").ok());
      return;
    }
    IngestCommand command;
    command.article = MakeArticle(key, SomeBody());
    command.undelete = true;
    const auto known = current_.find(key);
    if (known != current_.end()) {
      if (OneIn(3)) command.article.body = known->second.body;
      if (OneIn(4)) command.article = known->second;
    }
    command.article.published_at = OneIn(5) ? std::nullopt : std::optional(absl::FromUnixSeconds(random_() % 1000));
    current_[key] = command.article;
    EXPECT_TRUE(IngestAndWait(driver_.archive(), std::move(command)).ok());
  }

  // The clusters of at least two, their keys in order.
  std::set<Keys> Expected() {
    std::vector<const Article*> articles;
    for (const auto& [key, article] : current_) articles.push_back(&article);
    UnionFind joined(articles.size());
    for (uint32_t i = 0; i < articles.size(); ++i) {
      for (uint32_t j = 0; j < i; ++j) {
        if (likeness_.AreAlike(articles[i]->body, articles[j]->body)) joined.Unite(i, j);
      }
    }
    std::map<uint32_t, Keys> clusters;
    for (uint32_t i = 0; i < articles.size(); ++i) clusters[joined.Find(i)].push_back(articles[i]->key);
    std::set<Keys> expected;
    for (auto& [root, keys] : clusters) {
      if (keys.size() > 1) expected.insert(std::move(keys));
    }
    return expected;
  }

  ClusterPage ReadPage(const ClusterQuery& query) {
    absl::StatusOr<ClusterPage> page = driver_.archive().ListClusters(query, SearchControl());
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *std::move(page) : ClusterPage();
  }

  static Keys SortedKeys(const Cluster& cluster) {
    Keys keys;
    for (const StoredArticle& member : cluster.members) keys.push_back(member.article.key);
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  ClusterQuery SomeQuery() {
    ClusterQuery query;
    query.order = OneIn(2) ? ClusterOrder::kSize : ClusterOrder::kNewest;
    query.max_members = 1000;
    query.limit = 1 + random_() % 4;
    return query;
  }

  void ExpectClusters() {
    ClusterQuery query = SomeQuery();
    std::set<Keys> found;
    uint64_t last_size = UINT64_MAX;
    std::optional<absl::Time> last_time = absl::InfiniteFuture();
    do {
      const ClusterPage page = ReadPage(query);
      EXPECT_TRUE(page.is_complete);
      for (const Cluster& cluster : page.clusters) {
        EXPECT_TRUE(found.insert(SortedKeys(cluster)).second);
        ExpectNumbers(cluster);
        if (query.order == ClusterOrder::kSize) {
          EXPECT_LE(cluster.size, last_size);
        } else {
          EXPECT_LE(cluster.last_published_at, last_time);
        }
        last_size = cluster.size;
        last_time = cluster.last_published_at;
      }
      query.after = page.next;
    } while (query.after.has_value() && !testing::Test::HasFailure());
    EXPECT_EQ(found, Expected());
  }

  void ExpectNumbers(const Cluster& cluster) {
    ASSERT_EQ(cluster.size, cluster.members.size());
    std::set<std::string> bodies;
    std::optional<absl::Time> first;
    std::optional<absl::Time> last;
    bool has_canonical = false;
    for (const StoredArticle& member : cluster.members) {
      const Article& article = current_[member.article.key];
      EXPECT_EQ(member.article.published_at, article.published_at);
      bodies.insert(article.body);
      has_canonical |= member.article.key == cluster.members[0].canonical;
      if (!article.published_at.has_value()) continue;
      first = std::min(first.value_or(*article.published_at), *article.published_at);
      last = std::max(last.value_or(*article.published_at), *article.published_at);
    }
    EXPECT_EQ(cluster.bodies, bodies.size());
    EXPECT_EQ(cluster.first_published_at, first);
    EXPECT_EQ(cluster.last_published_at, last);
    const StoredArticle& shown = cluster.members[0];
    // Unless it has another body by now.
    if (has_canonical && current_[shown.canonical].body == current_[shown.article.key].body) {
      EXPECT_EQ(shown.canonical, shown.article.key);
    }
  }

  // What changes between two pages repeats nothing, and takes away only what is gone.
  void ExpectPagesToHold() {
    ClusterQuery query = SomeQuery();
    const std::set<Keys> expected = Expected();
    const std::map<ArticleKey, Article> before = current_;
    std::set<ArticleKey> found;
    do {
      const ClusterPage page = ReadPage(query);
      for (const Cluster& cluster : page.clusters) {
        for (const ArticleKey& key : SortedKeys(cluster)) EXPECT_TRUE(found.insert(key).second) << key.ToString();
      }
      query.after = page.next;
      for (uint32_t i = random_() % 8; i > 0; --i) Change();
    } while (query.after.has_value() && !testing::Test::HasFailure());
    for (const Keys& cluster : expected) {
      Keys left;
      for (const ArticleKey& key : cluster) {
        const auto now = current_.find(key);
        if (now != current_.end() && now->second.body == before.at(key).body &&
            now->second.published_at == before.at(key).published_at) {
          left.push_back(key);
        }
      }
      if (left.size() < 2) continue;
      for (const ArticleKey& key : left) EXPECT_TRUE(found.contains(key)) << key.ToString();
    }
  }

  ArchiveDriver& driver_;
  std::mt19937 random_;
  std::map<ArticleKey, Article> current_;
  Likeness likeness_;
};

class ClusterWalkTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(ClusterWalkTest, ClustersAreThoseThatAllPairsMake) {
  absl::StatusOr<std::unique_ptr<ArchiveDriver>> driver = LevelDbDriver::Open();
  ASSERT_TRUE(driver.ok()) << driver.status();
  ClusterWalk(**driver, GetParam()).Run(40);
}

INSTANTIATE_TEST_SUITE_P(LevelDb, ClusterWalkTest, ::testing::Range(1u, 5u));

}  // namespace
}  // namespace gisa
