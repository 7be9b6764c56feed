#include "tests/support/server_fixture.h"

#include <grpc/grpc.h>

#include <chrono>
#include <thread>

#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"

namespace gisa {

ServerFixture::ServerFixture() {
  // Never undone: where the last user of gRPC goes, it may wait 10 s for a poller of its own to notice.
  grpc_init();
  options_.listen = "127.0.0.1:0";
  archive_options_.dir = dir_ / "data";
  archive_options_.env = &env_;
}

absl::Status ServerFixture::TryStart() {
  auto started = Server::Start(options_, &logger_, [this] { return LevelDbArchive::Open(archive_options_); });
  if (!started.ok()) return started.status();
  server_ = *std::move(started);
  channel_ = NewChannel();
  stub_ = v1::ArchiveService::NewStub(channel_);
  return absl::OkStatus();
}

void ServerFixture::Restart() {
  ASSERT_TRUE(server().Shutdown().ok());
  server_.reset();
  const absl::Status started = TryStart();
  ASSERT_TRUE(started.ok()) << started;
}

Server& ServerFixture::server() {
  if (server_ == nullptr) {
    const absl::Status started = TryStart();
    if (!started.ok()) throw std::runtime_error(started.ToString());  // fails the test
  }
  return *server_;
}

ServerFixture::Stub& ServerFixture::stub() {
  server();
  return *stub_;
}

const std::shared_ptr<grpc::Channel>& ServerFixture::channel() {
  server();
  return channel_;
}

std::shared_ptr<grpc::Channel> ServerFixture::NewChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(server().address(), grpc::InsecureChannelCredentials(), arguments);
}

void ServerFixture::SetDeadline(grpc::ClientContext* context) {
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1));
}

Reply<v1::IngestResponse> ServerFixture::Ingest(const v1::Article& article) {
  v1::IngestRequest request;
  *request.mutable_article() = article;
  return Call(&Stub::Ingest, request);
}

void ServerFixture::IngestAll(const std::vector<v1::Article>& articles) {
  grpc::ClientContext context;
  SetDeadline(&context);
  const std::unique_ptr<ClientStream> stream = stub().IngestStream(&context);
  std::thread writer([&] {
    for (const v1::Article& article : articles) {
      v1::IngestStreamRequest request;
      *request.mutable_article() = article;
      if (!stream->Write(request)) return;
    }
    stream->WritesDone();
  });
  size_t stored = 0;
  for (v1::IngestStreamResponse response; stream->Read(&response);) {
    if (response.has_result()) ++stored;
  }
  writer.join();
  EXPECT_THAT(stream->Finish(), IsOk());
  ASSERT_EQ(stored, articles.size());
}

Reply<v1::GetResponse> ServerFixture::Get(const std::string& oid, const std::string& aid, uint32_t revision) {
  v1::GetRequest request;
  *request.mutable_key() = ApiKey(oid, aid);
  request.set_revision(revision);
  return Call(&Stub::Get, request);
}

Reply<v1::DeleteResponse> ServerFixture::Delete(const std::string& oid, const std::string& aid,
                                                const std::string& reason) {
  v1::DeleteRequest request;
  *request.mutable_key() = ApiKey(oid, aid);
  request.set_reason(reason);
  return Call(&Stub::Delete, request);
}

Reply<v1::SearchResponse> ServerFixture::Search(const std::string& query) {
  v1::SearchRequest request;
  request.set_query(query);
  return Call(&Stub::Search, request);
}

v1::GetStatsResponse ServerFixture::Stats() {
  const auto reply = Call(&Stub::GetStats, v1::GetStatsRequest());
  EXPECT_THAT(reply.status, IsOk());
  return reply.response;
}

}  // namespace gisa
