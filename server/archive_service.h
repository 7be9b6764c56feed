#ifndef GISA_SERVER_ARCHIVE_SERVICE_H_
#define GISA_SERVER_ARCHIVE_SERVICE_H_

#include "gisa/v1/archive_service.grpc.pb.h"
#include "server/raw_archive_service.h"
#include "server/service_core.h"

namespace gisa {

// gisa.v1.ArchiveService: hands each call to its handler, on the thread where it belongs.
//
// Thread-safe.
class ArchiveService final : public RawArchiveService {
 public:
  // `core` outlives the service.
  explicit ArchiveService(ServiceCore* core) : core_(core) {}

  grpc::ServerUnaryReactor* Ingest(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* IngestStream(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* FindMissing(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                        grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Get(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* BatchGet(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListRevisions(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                          grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* FindDuplicates(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                           grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* ListClusters(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                         grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* Search(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* Export(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* request) override;
  grpc::ServerUnaryReactor* Delete(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                   grpc::ByteBuffer* response) override;
  grpc::ServerUnaryReactor* GetStats(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request,
                                     grpc::ByteBuffer* response) override;

 private:
  ServiceCore* const core_;
};

}  // namespace gisa

#endif  // GISA_SERVER_ARCHIVE_SERVICE_H_
