// Export: which articles, in which order, as the archive stood, and how a broken one goes on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/strings/str_cat.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ExportTest : public ServerFixture {
 protected:
  struct Exported {
    std::vector<v1::ExportResponse> responses;
    grpc::Status status;
  };

  // Reads to the end; `each` is called after each article.
  Exported Export(
      const v1::ExportRequest& request, const std::function<void()>& each = [] {}) {
    grpc::ClientContext context;
    SetDeadline(&context);
    const auto reader = stub().Export(&context, request);
    Exported exported;
    for (v1::ExportResponse response; reader->Read(&response);) {
      exported.responses.push_back(response);
      each();
    }
    exported.status = reader->Finish();
    return exported;
  }

  std::vector<std::string> ExportKeys(const v1::ExportRequest& request) {
    const Exported exported = Export(request);
    EXPECT_THAT(exported.status, IsOk());
    return Keys(exported);
  }

  static std::vector<std::string> Keys(const Exported& exported) {
    std::vector<std::string> keys;
    for (const v1::ExportResponse& response : exported.responses) keys.push_back(KeyText(response.article()));
    return keys;
  }

  // Published so many seconds after 1970; 0: never.
  static v1::Article Published(const std::string& oid, const std::string& aid, int64_t seconds) {
    v1::Article article = ApiArticle(aid, absl::StrCat("본문 ", oid, " ", aid));
    article.set_oid(oid);
    article.mutable_published_at()->set_seconds(seconds);
    if (seconds == 0) article.clear_published_at();
    return article;
  }

  void IngestFive() {
    IngestAll({Published("102", "1", 100), Published("101", "2", 300), Published("101", "1", 0),
               Published("103", "1", 200), Published("101", "10", 200)});
  }
};

TEST_F(ExportTest, AnEmptyArchiveExportsNothing) { EXPECT_THAT(ExportKeys({}), IsEmpty()); }

TEST_F(ExportTest, TheDefaultOrderIsByKey) {
  IngestFive();
  EXPECT_THAT(ExportKeys({}), ElementsAre("101/1", "101/10", "101/2", "102/1", "103/1"));
}

TEST_F(ExportTest, TheOrderByTimeIsOldestFirstWithThoseWithoutOneLast) {
  IngestFive();
  v1::ExportRequest request;
  request.set_order(v1::EXPORT_ORDER_PUBLISHED_AT);
  EXPECT_THAT(ExportKeys(request), ElementsAre("102/1", "101/10", "103/1", "101/2", "101/1"));
}

TEST_F(ExportTest, TheDefaultViewIsBasicAndFullHasTheBody) {
  Ingest(ApiArticle("1", "본문이다."));
  EXPECT_EQ(Export({}).responses.at(0).article().body(), "");
  EXPECT_EQ(Export({}).responses.at(0).article().title(), "제목");
  v1::ExportRequest request;
  request.set_view(v1::ARTICLE_VIEW_FULL);
  EXPECT_EQ(Export(request).responses.at(0).article().body(), "본문이다.");
}

TEST_F(ExportTest, OnlyCurrentRevisionsAreExportedAndNoDeletedArticles) {
  IngestFive();
  Delete("101", "2");
  v1::Article revised = Published("102", "1", 100);
  revised.set_title("고친 제목");
  Ingest(revised);
  const Exported exported = Export({});
  EXPECT_THAT(Keys(exported), ElementsAre("101/1", "101/10", "102/1", "103/1"));
  EXPECT_EQ(exported.responses.at(2).article().title(), "고친 제목");
  EXPECT_EQ(exported.responses.at(2).article().revision(), 2u);
}

TEST_F(ExportTest, AFilterOfPublishers) {
  IngestFive();
  v1::ExportRequest request;
  for (const char* oid : {"103", "102", "999", "102"}) request.mutable_filter()->add_oids(oid);
  EXPECT_THAT(ExportKeys(request), ElementsAre("102/1", "103/1"));
  request.set_order(v1::EXPORT_ORDER_PUBLISHED_AT);
  EXPECT_THAT(ExportKeys(request), ElementsAre("102/1", "103/1"));
}

TEST_F(ExportTest, AFilterOfTimeIncludesItsBeginAndNotItsEnd) {
  IngestFive();
  for (const v1::ExportOrder order : {v1::EXPORT_ORDER_KEY, v1::EXPORT_ORDER_PUBLISHED_AT}) {
    v1::ExportRequest request;
    request.set_order(order);
    request.mutable_filter()->mutable_published_after()->set_seconds(200);
    request.mutable_filter()->mutable_published_before()->set_seconds(300);
    EXPECT_THAT(ExportKeys(request), ElementsAre("101/10", "103/1")) << order;
  }
}

TEST_F(ExportTest, AnOpenFilterOfTimeLeavesOutArticlesWithoutOne) {
  IngestFive();
  v1::ExportRequest after;
  after.mutable_filter()->mutable_published_after()->set_seconds(-1000);
  EXPECT_EQ(ExportKeys(after).size(), 4u);
  v1::ExportRequest before;
  before.mutable_filter()->mutable_published_before()->set_seconds(253402300799);
  EXPECT_EQ(ExportKeys(before).size(), 4u);
}

TEST_F(ExportTest, ManyArticlesComeOnceEach) {
  std::vector<v1::Article> articles;
  std::vector<std::string> keys;
  for (int i = 1000; i < 2500; ++i) {
    articles.push_back(Published("101", absl::StrCat(i), i));
    keys.push_back(absl::StrCat("101/", i));
  }
  IngestAll(articles);
  EXPECT_EQ(ExportKeys({}), keys);
}

TEST_F(ExportTest, WhatIsCommittedLaterIsLeftOut) {
  std::vector<v1::Article> articles;
  for (int i = 1000; i < 1600; ++i) articles.push_back(Published("101", absl::StrCat(i), i));
  IngestAll(articles);
  bool changed = false;
  const Exported exported = Export({}, [&] {
    if (std::exchange(changed, true)) return;
    Ingest(Published("101", "1000a", 1));
    Ingest(Published("101", "9999", 1));
    v1::Article revised = Published("101", "1599", 1599);
    revised.set_title("고친 제목");
    Ingest(revised);
  });
  ASSERT_EQ(exported.responses.size(), 600u);
  EXPECT_EQ(exported.responses.back().article().title(), "제목");
  EXPECT_EQ(exported.responses.back().article().revision(), 1u);
}

TEST_F(ExportTest, AResumeTokenGoesOnAfterItsArticleWithTheSameSnapshot) {
  IngestFive();
  for (const v1::ExportOrder order : {v1::EXPORT_ORDER_KEY, v1::EXPORT_ORDER_PUBLISHED_AT}) {
    v1::ExportRequest request;
    request.set_order(order);
    const Exported whole = Export(request);
    ASSERT_EQ(whole.responses.size(), 5u);
    Ingest(Published("101", absl::StrCat("late", order), 150));
    for (size_t i = 0; i < whole.responses.size(); ++i) {
      request.set_resume_token(whole.responses[i].resume_token());
      const std::vector<std::string> all = Keys(whole);
      EXPECT_EQ(ExportKeys(request), std::vector<std::string>(all.begin() + static_cast<int>(i) + 1, all.end()));
    }
    Delete("101", absl::StrCat("late", order));
  }
}

TEST_F(ExportTest, AResumeTokenOutlivesARestart) {
  IngestFive();
  const Exported whole = Export({});
  Restart();
  v1::ExportRequest request;
  request.set_resume_token(whole.responses.at(3).resume_token());
  EXPECT_THAT(ExportKeys(request), ElementsAre("103/1"));
}

TEST_F(ExportTest, AResumeTokenOfARequestWithOtherArgumentsIsRefused) {
  IngestFive();
  const std::string token = Export({}).responses.at(0).resume_token();
  v1::ExportRequest request;
  request.mutable_filter()->add_oids("101");
  request.set_resume_token(token);
  EXPECT_THAT(Export(request).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("resume_token")));
  v1::ExportRequest in_time_order;
  in_time_order.set_order(v1::EXPORT_ORDER_PUBLISHED_AT);
  in_time_order.set_resume_token(token);
  EXPECT_THAT(Export(in_time_order).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("resume_token")));
}

TEST_F(ExportTest, ADamagedResumeTokenIsRefused) {
  v1::ExportRequest request;
  request.set_resume_token("damaged");
  EXPECT_THAT(Export(request).status, IsInvalid("INVALID_PAGE_TOKEN", ElementsAre("resume_token")));
}

TEST_F(ExportTest, AMalformedFilterIsRefused) {
  v1::ExportRequest request;
  request.mutable_filter()->add_oids("101");
  request.mutable_filter()->add_oids("a/b");
  request.mutable_filter()->mutable_published_after()->set_seconds(INT64_MAX);
  request.mutable_filter()->mutable_published_before()->set_nanos(-1);
  request.set_order(static_cast<v1::ExportOrder>(5));
  EXPECT_THAT(Export(request).status,
              IsInvalid("INVALID_REQUEST",
                        ElementsAre("filter.oids[1]", "filter.published_after", "filter.published_before", "order")));
}

TEST_F(ExportTest, AHundredPublishersAreAcceptedAndOneMoreIsNot) {
  v1::ExportRequest request;
  for (int i = 0; i < 100; ++i) request.mutable_filter()->add_oids(absl::StrCat(i));
  EXPECT_THAT(Export(request).status, IsOk());
  request.mutable_filter()->add_oids("100");
  EXPECT_THAT(Export(request).status, IsInvalid("INVALID_REQUEST", ElementsAre("filter.oids")));
}

TEST_F(ExportTest, ACancelledExportLeavesNothingInFlight) {
  std::vector<v1::Article> articles;
  for (int i = 0; i < 8; ++i) articles.push_back(ApiArticle(absl::StrCat(i), std::string(1 << 20, 'a' + i)));
  IngestAll(articles);
  {
    grpc::ClientContext context;
    SetDeadline(&context);
    v1::ExportRequest request;
    request.set_view(v1::ARTICLE_VIEW_FULL);
    const auto reader = stub().Export(&context, request);
    v1::ExportResponse response;
    EXPECT_TRUE(reader->Read(&response));
    context.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_TRUE(server().Shutdown().ok());
}

}  // namespace
}  // namespace gisa
