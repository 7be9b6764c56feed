#include "tests/bench/echo_server.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "gisa/v1/archive_service.grpc.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "tests/support/binaries.h"

namespace gisa {
namespace {

class EchoService final : public v1::ArchiveService::WithRawCallbackMethod_Get<v1::ArchiveService::Service> {
 public:
  explicit EchoService(const std::string& reply) {
    const grpc::Slice slice(reply);
    reply_ = grpc::ByteBuffer(&slice, 1);
  }

  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                grpc::ByteBuffer* response) override {
    *response = reply_;
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  grpc::ByteBuffer reply_;
};

}  // namespace

int RunEchoServer(const std::string& reply_file, const std::string& port_file) {
  EchoService service(ReadFile(reply_file));
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  WriteFile(port_file, absl::StrCat(port, "\n"));
  server->Wait();
  return 0;
}

EchoServer::EchoServer(const std::string& reply) {
  WriteFile(dir_ / "reply", reply);
  process_ = std::make_unique<Process>(
      std::vector<std::string>{"/proc/self/exe", "echo-server", dir_ / "reply", dir_ / "port"}, "/dev/null",
      "/dev/null", dir_ / "log");
  address_ = absl::StrCat("127.0.0.1:", AwaitPort(process_.get(), dir_ / "port", dir_ / "log"));
}

}  // namespace gisa
