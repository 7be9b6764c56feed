#include "server/server.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "server/memory_budget.h"
#include "server/port_file.h"
#include "server/version.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr int kMaxStreamsPerConnection = 1000;
// A client may ping each 30 s; the server asks quiet connections after a minute whether they live.
constexpr int kMinPingIntervalMillis = 20'000;
constexpr int kKeepaliveMillis = 60'000;
constexpr int kKeepaliveTimeoutMillis = 20'000;

void SetLimits(const ServerOptions& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(static_cast<int>(options.max_message_bytes));
  builder->SetMaxSendMessageSize(-1);  // each method bounds its own
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, kMaxStreamsPerConnection);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kMinPingIntervalMillis);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMillis);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMillis);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->SetResourceQuota(grpc::ResourceQuota("gisad").Resize(MemoryParts(options.memory_budget_bytes).received));
  // Only reflection uses gRPC's synchronous threads.
  builder->SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  builder->SetSyncServerOption(grpc::ServerBuilder::MIN_POLLERS, 1);
  builder->SetSyncServerOption(grpc::ServerBuilder::MAX_POLLERS, 2);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options, const Logger* logger,
                                                      const ArchiveOpener& open_archive) {
  ASSIGN_OR_RETURN(ListenAddress address, ParseListenAddress(options.listen));
  if (!address.IsLoopback() && !options.insecure) {
    return absl::InvalidArgumentError(
        absl::StrCat(address.ToString(),
                     " can be reached from other machines, and the server has no TLS: listen on a loopback "
                     "address, or say --insecure when the network keeps strangers out"));
  }
  if (!options.port_file.empty()) RETURN_IF_ERROR(RemovePortFile(options.port_file));
  std::unique_ptr<Server> server(new Server(options, logger, std::move(address)));
  RETURN_IF_ERROR(server->Listen());
  RETURN_IF_ERROR(server->OpenArchive(open_archive));
  server->SetServing(true);
  if (!options.port_file.empty()) RETURN_IF_ERROR(WritePortFile(options.port_file, server->port()));
  logger->Log(LogLevel::kInfo, "serving", {{"address", server->address()}, {"version", kVersion}});
  return server;
}

Server::Server(const ServerOptions& options, const Logger* logger, ListenAddress address)
    : core_(options, logger, kVersion, absl::Now()), address_(std::move(address)), service_(&core_) {}

Server::~Server() { Shutdown().IgnoreError(); }

absl::Status Server::Listen() {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(core_.options, &builder);
  int port = 0;
  builder.AddListeningPort(address_.ToString(), grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&service_);
  grpc_server_ = builder.BuildAndStart();
  if (grpc_server_ == nullptr || port == 0) {
    const absl::Status cause = TryBind(address_);
    return absl::UnavailableError(absl::StrCat("cannot listen on ", address_.ToString(), ": ",
                                               cause.ok() ? "the address cannot be used" : cause.message()));
  }
  address_.port = port;
  SetServing(false);
  return absl::OkStatus();
}

absl::Status Server::OpenArchive(const ArchiveOpener& open_archive) {
  ASSIGN_OR_RETURN(archive_, open_archive());
  core_.archive = archive_.get();
  core_.lifecycle.Serve();
  return absl::OkStatus();
}

void Server::SetServing(bool serving) {
  grpc::HealthCheckServiceInterface* const health = grpc_server_->GetHealthCheckService();
  health->SetServingStatus("", serving);
  health->SetServingStatus(v1::ArchiveService::service_full_name(), serving);
}

absl::Status Server::Shutdown() {
  absl::MutexLock lock(&mutex_);
  if (std::exchange(shut_down_, true)) return shutdown_status_;
  const absl::Time deadline = absl::Now() + core_.options.drain_grace;
  if (grpc_server_ != nullptr) {
    core_.logger->Log(archive_ != nullptr ? LogLevel::kInfo : LogLevel::kDebug, "draining");
    SetServing(false);
    core_.lifecycle.Drain();
    if (!core_.lifecycle.WaitUntilIdle(deadline)) {
      core_.logger->Log(LogLevel::kWarning, "the grace is over; the calls still in flight are cut");
    }
    // No call of ours is left, or has any time left: what remains are health watches and the like.
    grpc_server_->Shutdown(absl::ToChronoTime(absl::Now()));
    core_.lifecycle.WaitUntilIdle(absl::InfiniteFuture());
  }
  if (archive_ != nullptr) {
    shutdown_status_ = archive_->Shutdown();
    core_.logger->Log(LogLevel::kInfo, "stopped", {{"status", shutdown_status_.ToString()}});
  }
  return shutdown_status_;
}

}  // namespace gisa
