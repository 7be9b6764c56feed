// A disk that cannot follow: what waits is bounded, and clients are told when to come back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/synchronization/mutex.h"
#include "tests/support/server_fixture.h"

namespace gisa {
namespace {

class IngestQueueTest : public ServerFixture {
 protected:
  // One waits beside those being written, whatever its size.
  IngestQueueTest() { archive_options_.max_queued_bytes = 1; }
  ~IngestQueueTest() override { EmptyQueue(); }

  // Keeps the committer waiting for the disk, and its queue full. Returns the status of an ingest that it refused.
  grpc::Status FillQueue() {
    server();
    env_.HoldSyncs();
    threads_.emplace_back([this] { EXPECT_THAT(Ingest(ApiArticle("held", "가")).status, IsOk()); });
    env_.AwaitHeldSync();
    // Of two, one waits and the other finds that one waiting.
    for (const char* aid : {"a", "b"}) {
      threads_.emplace_back([this, aid] {
        const grpc::Status status = Ingest(ApiArticle(aid, aid)).status;
        absl::MutexLock lock(&mutex_);
        statuses_.push_back(status);
      });
    }
    const auto refused = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return !statuses_.empty(); };
    absl::MutexLock lock(&mutex_, absl::Condition(&refused));
    return statuses_[0];
  }

  // Lets the disk go on. Returns the statuses of all ingests of FillQueue but the held one.
  std::vector<grpc::Status> EmptyQueue() {
    env_.ReleaseSyncs();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
    absl::MutexLock lock(&mutex_);
    return statuses_;
  }

 private:
  std::vector<std::thread> threads_;
  absl::Mutex mutex_;
  std::vector<grpc::Status> statuses_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(IngestQueueTest, AFullQueueRefusesAnIngestAndSaysWhenToRetry) {
  const grpc::Status refused = FillQueue();
  EXPECT_THAT(refused, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "INGEST_QUEUE_FULL"));
  EXPECT_EQ(ReadError(refused).retry_delay, absl::Milliseconds(100));
  const std::vector<grpc::Status> statuses = EmptyQueue();
  ASSERT_EQ(statuses.size(), 2u);
  EXPECT_THAT(statuses[1], IsOk()) << "what waited is stored";
}

TEST_F(IngestQueueTest, AFullQueueRefusesADeletion) {
  FillQueue();
  EXPECT_THAT(Delete("101", "1").status, IsError(grpc::StatusCode::RESOURCE_EXHAUSTED, "INGEST_QUEUE_FULL"));
}

TEST_F(IngestQueueTest, AFullQueueAsksAStreamToBackOffAndTheStreamGoesOn) {
  FillQueue();
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  v1::IngestStreamRequest request;
  *request.mutable_article() = ApiArticle("1", "본문이다.");
  v1::IngestStreamResponse response;

  stream->Write(request);
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.index(), 0u);
  EXPECT_EQ(response.backoff().delay_millis(), 100u) << response.DebugString();

  EmptyQueue();
  stream->Write(request);
  stream->WritesDone();
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.index(), 1u);
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_THAT(stream->Finish(), IsOk());
}

TEST_F(IngestQueueTest, ReadsAreServedWhileWritesWait) {
  Ingest(ApiArticle("1", "대전에서 열렸다."));
  FillQueue();
  EXPECT_THAT(Get("101", "1").status, IsOk());
  EXPECT_EQ(Search("대전")->hits_size(), 1);
  EXPECT_THAT(Get("101", "held").status, IsError(grpc::StatusCode::NOT_FOUND, "ARTICLE_NOT_FOUND"))
      << "what is not durable is not seen";
}

}  // namespace
}  // namespace gisa
