#ifndef GISA_TESTS_SUPPORT_SERVER_FIXTURE_H_
#define GISA_TESTS_SUPPORT_SERVER_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gisa/v1/archive_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "server/log.h"
#include "server/options.h"
#include "server/server.h"
#include "storage/leveldb/leveldb_archive.h"
#include "tests/support/api_articles.h"
#include "tests/support/log_recorder.h"
#include "tests/support/rpc_error.h"
#include "tests/support/temp_dir.h"
#include "tests/support/troubled_env.h"

namespace gisa {

// How a unary call ended.
template <typename Response>
struct Reply {
  grpc::Status status;
  Response response;

  const Response* operator->() const { return &response; }
};

// A real server in this process, over a real archive in a folder of its own, and a real channel to it.
class ServerFixture : public testing::Test {
 protected:
  using Stub = v1::ArchiveService::Stub;
  using ClientStream = grpc::ClientReaderWriter<v1::IngestStreamRequest, v1::IngestStreamResponse>;

  ServerFixture();

  // Starts the server with the options below, and connects.
  absl::Status TryStart();
  // Shuts down in order, and starts again on the same folder.
  void Restart();

  // These start the server when it does not run yet, so that a test may set the options before.
  Server& server();
  Stub& stub();
  const std::shared_ptr<grpc::Channel>& channel();

  // A channel that shares no connection with others.
  std::shared_ptr<grpc::Channel> NewChannel();

  // Fails a test instead of letting it hang.
  static void SetDeadline(grpc::ClientContext* context);

  template <typename Request, typename Response>
  Reply<Response> Call(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request) {
    grpc::ClientContext context;
    SetDeadline(&context);
    Reply<Response> reply;
    reply.status = (stub().*method)(&context, request, &reply.response);
    return reply;
  }

  Reply<v1::IngestResponse> Ingest(const v1::Article& article);
  // Over one stream; fails the test unless each is stored.
  void IngestAll(const std::vector<v1::Article>& articles);
  Reply<v1::GetResponse> Get(const std::string& oid, const std::string& aid, uint32_t revision = 0);
  Reply<v1::DeleteResponse> Delete(const std::string& oid, const std::string& aid, const std::string& reason = "");
  Reply<v1::SearchResponse> Search(const std::string& query);
  v1::GetStatsResponse Stats();

  const TempDir dir_;
  TroubledEnv env_;
  ServerOptions options_;
  LevelDbArchive::Options archive_options_;

  LogRecorder log_;
  const Logger logger_{LogLevel::kDebug, log_.Sink()};
  std::unique_ptr<Server> server_;

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace gisa

#endif  // GISA_TESTS_SUPPORT_SERVER_FIXTURE_H_
