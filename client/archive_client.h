#ifndef GISA_CLIENT_ARCHIVE_CLIENT_H_
#define GISA_CLIENT_ARCHIVE_CLIENT_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/retry.h"
#include "gisa/v1/archive_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/impl/rpc_method.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/sync_stream.h"

namespace gisa {

// The address that gisad listens on by default.
inline constexpr char kDefaultAddress[] = "127.0.0.1:7410";

// The reason of UNAVAILABLE when no server answered at all.
inline constexpr char kUnreachable[] = "UNREACHABLE";

struct ArchiveClientOptions {
  std::string address = kDefaultAddress;  // host:port, or any target that gRPC resolves
  // The deadline of each call, its retries included. Streams have none: they end by keepalive when the server is gone.
  absl::Duration timeout = absl::Seconds(30);
  RetryPolicy retry = {};
  // The largest message to send or to receive. Larger than any article, so that the server's limit decides.
  size_t max_message_bytes = 64 << 20;
};

// A connection to a gisa server: one method for each unary method of gisa.v1.ArchiveService. Bulk ingest, export and
// search over many pages have classes of their own: IngestUploader, ExportReader, SearchPager.
//
// Every method blocks until it has its answer or the deadline is over, and is retried by the policy, for all of them
// are safe to retry. Errors are the server's, with their reason, bad fields and retry delay (storage/base/errors.h);
// and
//   UNAVAILABLE (UNREACHABLE)   no server answers at the address
//   DEADLINE_EXCEEDED           the server did not answer in time; a write may or may not have been committed
//
// Thread-safe: one client serves a whole process.
class ArchiveClient {
 public:
  // Prepares a channel; it connects with the first call. The proxies that the environment names are not used.
  // INVALID_ARGUMENT: an empty address, a timeout or a number of attempts that is not positive.
  static absl::StatusOr<std::unique_ptr<ArchiveClient>> Connect(ArchiveClientOptions options);

  ArchiveClient(const ArchiveClient&) = delete;
  ArchiveClient& operator=(const ArchiveClient&) = delete;

  absl::StatusOr<v1::IngestResponse> Ingest(const v1::IngestRequest& request);
  absl::StatusOr<v1::FindMissingResponse> FindMissing(const v1::FindMissingRequest& request);
  absl::StatusOr<v1::GetResponse> Get(const v1::GetRequest& request);
  absl::StatusOr<v1::BatchGetResponse> BatchGet(const v1::BatchGetRequest& request);
  absl::StatusOr<v1::ListRevisionsResponse> ListRevisions(const v1::ListRevisionsRequest& request);
  absl::StatusOr<v1::SearchResponse> Search(const v1::SearchRequest& request);
  absl::StatusOr<v1::FindDuplicatesResponse> FindDuplicates(const v1::FindDuplicatesRequest& request);
  absl::StatusOr<v1::ListClustersResponse> ListClusters(const v1::ListClustersRequest& request);
  absl::StatusOr<v1::DeleteResponse> Delete(const v1::DeleteRequest& request);
  absl::StatusOr<v1::GetStatsResponse> GetStats();

  // A stream of articles, the requests serialized as SerializeWithArticle does (proto/wire/article_message.h). See
  // IngestUploader.
  using IngestStream = grpc::ClientReaderWriterInterface<grpc::ByteBuffer, v1::IngestStreamResponse>;
  std::unique_ptr<IngestStream> OpenIngestStream(grpc::ClientContext* context);

  // For calls that are not above: the stub, and what a status of it means in the terms above.
  v1::ArchiveService::StubInterface& stub() const { return *stub_; }
  absl::Status ToStatus(const grpc::Status& status) const;

  const ArchiveClientOptions& options() const { return options_; }

 private:
  explicit ArchiveClient(ArchiveClientOptions options);

  absl::Status WithRetries(absl::FunctionRef<grpc::Status(grpc::ClientContext*)> call);

  template <typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (v1::ArchiveService::StubInterface::*method)(grpc::ClientContext*,
                                                                                          const Request&, Response*),
                                const Request& request);

  const ArchiveClientOptions options_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::ArchiveService::StubInterface> stub_;
  const grpc::internal::RpcMethod ingest_stream_;
};

}  // namespace gisa

#endif  // GISA_CLIENT_ARCHIVE_CLIENT_H_
