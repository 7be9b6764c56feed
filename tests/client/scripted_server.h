#ifndef GISA_TESTS_CLIENT_SCRIPTED_SERVER_H_
#define GISA_TESTS_CLIENT_SCRIPTED_SERVER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gisa/v1/archive_service.grpc.pb.h"
#include "grpcpp/server.h"

namespace gisa {

// A server on a free loopback port that misbehaves as a test says: what the real one does only when it is short of
// something, restarts or breaks. Thread-safe, once the script is set.
class ScriptedServer final : public v1::ArchiveService::Service {
 public:
  using IngestStream_ = grpc::ServerReaderWriter<v1::IngestStreamResponse, v1::IngestStreamRequest>;

  ScriptedServer();
  ~ScriptedServer() override;

  std::string address() const;

  // Called for each stream and call with its number, from 0.
  std::function<grpc::Status(int number, IngestStream_* stream)> on_ingest_stream;
  std::function<grpc::Status(int number, const v1::ExportRequest&, grpc::ServerWriter<v1::ExportResponse>*)> on_export;
  std::function<grpc::Status(int number, v1::GetStatsResponse*)> on_get_stats;

  grpc::Status IngestStream(grpc::ServerContext*, IngestStream_* stream) override;
  grpc::Status Export(grpc::ServerContext*, const v1::ExportRequest*, grpc::ServerWriter<v1::ExportResponse>*) override;
  grpc::Status GetStats(grpc::ServerContext*, const v1::GetStatsRequest*, v1::GetStatsResponse*) override;

  // How many calls there were so far.
  int calls();

 private:
  int NextNumber();

  absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

// What the server answers to an item that it stored.
v1::IngestStreamResponse Stored(uint64_t index, const v1::Article& article);

// Answers each item of `stream` until the client has no more.
void AnswerAll(ScriptedServer::IngestStream_* stream, std::vector<std::string>* aids);

}  // namespace gisa

#endif  // GISA_TESTS_CLIENT_SCRIPTED_SERVER_H_
