#include "tests/client/scripted_server.h"

#include "absl/strings/str_cat.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace gisa {

ScriptedServer::ScriptedServer() {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
}

ScriptedServer::~ScriptedServer() { server_->Shutdown(std::chrono::system_clock::now()); }

std::string ScriptedServer::address() const { return absl::StrCat("127.0.0.1:", port_); }

int ScriptedServer::calls() {
  absl::MutexLock lock(&mutex_);
  return calls_;
}

int ScriptedServer::NextNumber() {
  absl::MutexLock lock(&mutex_);
  return calls_++;
}

grpc::Status ScriptedServer::IngestStream(grpc::ServerContext*, IngestStream_* stream) {
  return on_ingest_stream(NextNumber(), stream);
}

grpc::Status ScriptedServer::Export(grpc::ServerContext*, const v1::ExportRequest* request,
                                    grpc::ServerWriter<v1::ExportResponse>* writer) {
  return on_export(NextNumber(), *request, writer);
}

grpc::Status ScriptedServer::GetStats(grpc::ServerContext*, const v1::GetStatsRequest*,
                                      v1::GetStatsResponse* response) {
  return on_get_stats(NextNumber(), response);
}

v1::IngestStreamResponse Stored(uint64_t index, const v1::Article& article) {
  v1::IngestStreamResponse response;
  response.set_index(index);
  response.mutable_result()->mutable_key()->set_oid(article.oid());
  response.mutable_result()->mutable_key()->set_aid(article.aid());
  response.mutable_result()->set_outcome(v1::OUTCOME_CREATED);
  return response;
}

void AnswerAll(ScriptedServer::IngestStream_* stream, std::vector<std::string>* aids) {
  v1::IngestStreamRequest request;
  for (uint64_t index = 0; stream->Read(&request); ++index) {
    aids->push_back(request.article().aid());
    stream->Write(Stored(index, request.article()));
  }
}

}  // namespace gisa
