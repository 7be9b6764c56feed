#include "client/ingest_uploader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "absl/strings/str_cat.h"
#include "storage/base/errors.h"
#include "tests/client/scripted_server.h"

namespace gisa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class IngestUploaderTest : public testing::Test {
 protected:
  void Start(IngestUploaderOptions options = {}) {
    client_ =
        ArchiveClient::Connect({.address = server_.address(),
                                .retry = {.initial_delay = absl::Milliseconds(1), .max_delay = absl::Milliseconds(10)}})
            .value();
    uploader_ = std::make_unique<IngestUploader>(
        client_.get(), options, [this](uint64_t index, const absl::StatusOr<v1::IngestResult>& answer) {
          EXPECT_EQ(index, answers_.size());
          answers_.push_back(answer.ok() ? answer->key().aid() : std::string(answer.status().message()));
        });
  }

  absl::Status Add(const std::string& aid, size_t body_bytes = 10) {
    v1::Article article;
    article.set_oid("1");
    article.set_aid(aid);
    article.set_body(std::string(body_bytes, 'b'));
    return uploader_->Add(std::move(article));
  }

  // Does `script` with the first stream, then breaks it, and answers all of the later ones.
  void BreakFirstStream(std::function<void(ScriptedServer::IngestStream_*)> script) {
    server_.on_ingest_stream = [this, script = std::move(script)](int number, ScriptedServer::IngestStream_* stream) {
      if (number > 0) {
        AnswerAll(stream, &resent_);
        return grpc::Status::OK;
      }
      script(stream);
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "broken");
    };
  }

  // Reads everything and answers nothing.
  void StaySilent() {
    server_.on_ingest_stream = [](int, ScriptedServer::IngestStream_* stream) {
      v1::IngestStreamRequest request;
      while (stream->Read(&request)) {
      }
      return grpc::Status::OK;
    };
  }

  std::vector<std::string> resent_;  // the aids that streams after the broken one brought
  ScriptedServer server_;
  std::unique_ptr<ArchiveClient> client_;
  std::vector<std::string> answers_;  // aids, or the messages of errors
  std::unique_ptr<IngestUploader> uploader_;
};

TEST_F(IngestUploaderTest, AnswersComeInTheOrderOfTheArticles) {
  std::vector<std::string> received;
  server_.on_ingest_stream = [&](int, ScriptedServer::IngestStream_* stream) {
    AnswerAll(stream, &received);
    return grpc::Status::OK;
  };
  Start({.max_items_in_flight = 4});
  std::vector<std::string> aids;
  for (int i = 0; i < 500; ++i) {
    aids.push_back(absl::StrCat(i));
    ASSERT_TRUE(Add(aids.back()).ok());
  }
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_EQ(answers_, aids);
  EXPECT_EQ(received, aids);
}

TEST_F(IngestUploaderTest, NothingToSendNeedsNoServer) {
  Start();
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_EQ(server_.calls(), 0);
}

TEST_F(IngestUploaderTest, WhatABrokenStreamLeftUnansweredIsSentAgain) {
  BreakFirstStream([](ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    for (uint64_t index = 0; index < 3 && stream->Read(&request); ++index) {
      if (index < 2) stream->Write(Stored(index, request.article()));
    }
  });
  Start();
  for (const char* const aid : {"a", "b", "c", "d"}) ASSERT_TRUE(Add(aid).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(resent_, ElementsAre("c", "d"));
}

TEST_F(IngestUploaderTest, AFullWindowIsSentAgainWhenItsStreamBreaks) {
  BreakFirstStream([](ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    while (request.article().aid() != "b" && stream->Read(&request)) {
    }
  });
  Start({.max_items_in_flight = 2});
  // The third waits for room, so that nothing new comes to be sent.
  for (const char* const aid : {"a", "b", "c"}) ASSERT_TRUE(Add(aid).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", "b", "c"));
  EXPECT_THAT(resent_, ElementsAre("a", "b", "c"));
}

TEST_F(IngestUploaderTest, ABackoffIsObeyedAndTheItemSentAgainOnTheSameStream) {
  std::vector<std::string> received;
  server_.on_ingest_stream = [&](int, ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    for (uint64_t index = 0; stream->Read(&request); ++index) {
      received.push_back(request.article().aid());
      if (index == 0) {
        v1::IngestStreamResponse backoff;
        backoff.mutable_backoff()->set_delay_millis(5);
        stream->Write(backoff);
      } else {
        stream->Write(Stored(index, request.article()));
      }
    }
    return grpc::Status::OK;
  };
  Start();
  for (const char* const aid : {"a", "b"}) ASSERT_TRUE(Add(aid).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", "b"));
  EXPECT_EQ(std::count(received.begin(), received.end(), "a"), 2);
  EXPECT_EQ(server_.calls(), 1);
}

TEST_F(IngestUploaderTest, ADrainingServerIsLeftAfterItHasAnswered) {
  BreakFirstStream([](ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    stream->Read(&request);
    v1::IngestStreamResponse draining;
    draining.mutable_draining()->set_accepted_items(1);
    stream->Write(draining);
    stream->Write(Stored(0, request.article()));
  });
  Start();
  for (const char* const aid : {"a", "b"}) ASSERT_TRUE(Add(aid).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", "b"));
  EXPECT_THAT(resent_, ElementsAre("b"));
}

TEST_F(IngestUploaderTest, AnItemThatIsRefusedStopsNothing) {
  server_.on_ingest_stream = [&](int, ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    for (uint64_t index = 0; stream->Read(&request); ++index) {
      v1::IngestStreamResponse response = Stored(index, request.article());
      if (request.article().aid() == "bad") {
        response.mutable_status()->set_code(3);
        response.mutable_status()->set_message("refused");
      }
      stream->Write(response);
    }
    return grpc::Status::OK;
  };
  Start();
  for (const char* const aid : {"a", "bad", "c"}) ASSERT_TRUE(Add(aid).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", "refused", "c"));
}

TEST_F(IngestUploaderTest, WhatIsTooLargeIsAnsweredHereAndInOrder) {
  std::vector<std::string> received;
  server_.on_ingest_stream = [&](int, ScriptedServer::IngestStream_* stream) {
    AnswerAll(stream, &received);
    return grpc::Status::OK;
  };
  Start({.max_body_bytes = 100});
  ASSERT_TRUE(Add("a").ok());
  ASSERT_TRUE(Add("large", 101).ok());
  ASSERT_TRUE(Add("c").ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(answers_, ElementsAre("a", HasSubstr("article.body: 101 bytes"), "c"));
  EXPECT_THAT(received, ElementsAre("a", "c"));
}

TEST_F(IngestUploaderTest, ArticlesOfOneKeyAreNeverInFlightTogether) {
  std::vector<std::string> received;
  server_.on_ingest_stream = [&](int, ScriptedServer::IngestStream_* stream) {
    v1::IngestStreamRequest request;
    for (uint64_t index = 0; stream->Read(&request); ++index) {
      const std::string body = request.article().body();
      received.push_back(absl::StrCat(request.article().aid(), body.size()));
      v1::IngestStreamResponse response = Stored(index, request.article());
      if (index == 0) response.mutable_backoff()->set_delay_millis(1);
      stream->Write(response);
    }
    return grpc::Status::OK;
  };
  Start();
  for (const size_t bytes : {1, 2, 3}) ASSERT_TRUE(Add("a", bytes).ok());
  EXPECT_TRUE(uploader_->Finish().ok());
  EXPECT_THAT(received, ElementsAre("a1", "a1", "a2", "a3"));
}

TEST_F(IngestUploaderTest, AnErrorThatWillNotPassEndsTheUpload) {
  server_.on_ingest_stream = [](int, ScriptedServer::IngestStream_*) {
    return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "no");
  };
  Start();
  (void)Add("a");
  EXPECT_EQ(uploader_->Finish().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Add("b").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(answers_.empty());
}

TEST_F(IngestUploaderTest, PatienceWithASilentServerEnds) {
  StaySilent();
  Start({.patience = absl::Milliseconds(50)});
  ASSERT_TRUE(Add("a").ok());
  const absl::Status status = uploader_->Finish();
  EXPECT_FALSE(status.ok());
}

TEST_F(IngestUploaderTest, DestroyingItGivesUpWhatIsUnanswered) {
  StaySilent();
  Start();
  ASSERT_TRUE(Add("a").ok());
  uploader_.reset();
  EXPECT_TRUE(answers_.empty());
}

}  // namespace
}  // namespace gisa
