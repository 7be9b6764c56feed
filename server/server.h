#ifndef GISA_SERVER_SERVER_H_
#define GISA_SERVER_SERVER_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server.h"
#include "server/archive_service.h"
#include "server/listen_address.h"
#include "server/log.h"
#include "server/options.h"
#include "server/service_core.h"
#include "storage/archive.h"

namespace gisa {

// A gisa server: the archive, the services and the port, from start to shutdown.
//
// Thread-safe.
class Server {
 public:
  // Opens the archive to be served; may take long.
  using ArchiveOpener = std::function<absl::StatusOr<std::unique_ptr<Archive>>()>;

  // Listens, answering NOT_SERVING to health checks and UNAVAILABLE to calls; opens the archive; then serves. `logger`
  // outlives the server.
  // INVALID_ARGUMENT: a malformed address, or one that needs `insecure`. UNAVAILABLE: cannot listen. Else what
  // `open_archive` returns.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options, const Logger* logger,
                                                       const ArchiveOpener& open_archive);

  // Shuts down if that has not happened yet.
  ~Server();

  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // host:port, with the port that was taken.
  std::string address() const { return address_.ToString(); }
  int port() const { return address_.port; }

  // Turns health to NOT_SERVING, refuses new calls, tells open streams, waits for the calls in flight, cuts those that
  // take longer than the grace, and has the archive flush. Idempotent; returns the archive's status.
  absl::Status Shutdown();

 private:
  Server(const ServerOptions& options, const Logger* logger, ListenAddress address);

  absl::Status Listen();
  absl::Status OpenArchive(const ArchiveOpener& open_archive);
  void SetServing(bool serving);

  // In construction order: each uses those above it.
  ServiceCore core_;
  ListenAddress address_;
  std::unique_ptr<Archive> archive_;
  ArchiveService service_;
  std::unique_ptr<grpc::Server> grpc_server_;

  absl::Mutex mutex_;
  bool shut_down_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status shutdown_status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace gisa

#endif  // GISA_SERVER_SERVER_H_
