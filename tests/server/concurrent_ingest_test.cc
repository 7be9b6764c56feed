// Ingests that come at once agree on who was first.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

constexpr int kThreads = 8;

class ConcurrentIngestTest : public ServerFixture {
 protected:
  // One thread for each article, all at once, each with a connection of its own.
  std::vector<v1::IngestResult> IngestAtOnce(const std::vector<v1::Article>& articles) {
    server();
    std::vector<v1::IngestResult> results(articles.size());
    std::vector<std::thread> threads;
    for (size_t i = 0; i < articles.size(); ++i) {
      threads.emplace_back([this, &article = articles[i], &result = results[i]] {
        const auto stub = v1::ArchiveService::NewStub(NewChannel());
        grpc::ClientContext context;
        SetDeadline(&context);
        v1::IngestRequest request;
        *request.mutable_article() = article;
        v1::IngestResponse response;
        EXPECT_THAT(stub->Ingest(&context, request, &response), IsOk());
        result = response.result();
      });
    }
    for (std::thread& thread : threads) thread.join();
    return results;
  }

  static int Count(const std::vector<v1::IngestResult>& results, v1::Outcome outcome) {
    int count = 0;
    for (const v1::IngestResult& result : results) count += result.outcome() == outcome ? 1 : 0;
    return count;
  }
};

TEST_F(ConcurrentIngestTest, OfOneBodyExactlyOneIsCreatedAndTheOthersAreItsDuplicates) {
  std::vector<v1::Article> articles;
  for (int i = 0; i < kThreads; ++i) articles.push_back(ApiArticle(absl::StrCat(i), "같은 본문이다."));
  const std::vector<v1::IngestResult> results = IngestAtOnce(articles);
  EXPECT_EQ(Count(results, v1::OUTCOME_CREATED), 1);
  EXPECT_EQ(Count(results, v1::OUTCOME_DUPLICATE), kThreads - 1);
  std::set<std::string> canonical;
  for (const v1::IngestResult& result : results) {
    canonical.insert(KeyText(result.canonical()));
    if (result.outcome() == v1::OUTCOME_CREATED) canonical.insert(KeyText(result.key()));
  }
  EXPECT_EQ(canonical.size(), 1u);
  EXPECT_EQ(Stats().bodies(), 1u);
}

TEST_F(ConcurrentIngestTest, OfOneArticleExactlyOneIsCreatedAndTheOthersAreUnchanged) {
  const std::vector<v1::IngestResult> results =
      IngestAtOnce(std::vector<v1::Article>(kThreads, ApiArticle("1", "같은 본문이다.")));
  EXPECT_EQ(Count(results, v1::OUTCOME_CREATED), 1);
  EXPECT_EQ(Count(results, v1::OUTCOME_UNCHANGED), kThreads - 1);
  EXPECT_EQ(Stats().revisions(), 1u);
}

TEST_F(ConcurrentIngestTest, OfOneKeyExactlyOneIsCreatedAndTheOthersAreItsRevisions) {
  std::vector<v1::Article> articles;
  for (int i = 0; i < kThreads; ++i) articles.push_back(ApiArticle("1", absl::StrCat("본문 ", i)));
  const std::vector<v1::IngestResult> results = IngestAtOnce(articles);
  EXPECT_EQ(Count(results, v1::OUTCOME_CREATED), 1);
  EXPECT_EQ(Count(results, v1::OUTCOME_REVISED), kThreads - 1);
  std::set<uint32_t> revisions;
  for (const v1::IngestResult& result : results) {
    revisions.insert(result.revision());
    EXPECT_EQ(Get("101", "1", result.revision())->article().content_hash(), result.content_hash());
  }
  EXPECT_EQ(revisions.size(), static_cast<size_t>(kThreads));
  EXPECT_EQ(*revisions.rbegin(), static_cast<uint32_t>(kThreads));
}

}  // namespace
}  // namespace gisa
