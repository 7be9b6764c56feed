#include "client/archive_client.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "client/rpc_status.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "grpcpp/support/channel_arguments.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

constexpr char kIngestStreamMethod[] = "/gisa.v1.ArchiveService/IngestStream";

int Millis(absl::Duration duration) { return static_cast<int>(absl::ToInt64Milliseconds(duration)); }

std::shared_ptr<grpc::Channel> MakeChannel(const ArchiveClientOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxSendMessageSize(static_cast<int>(options.max_message_bytes));
  arguments.SetMaxReceiveMessageSize(static_cast<int>(options.max_message_bytes));
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // The retries are ours. When gRPC 1.51 takes a stream to another connection by itself, a write under way can fail
  // while the call goes on: nothing more is sent, and nothing ends the call.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  // Finds out within a minute that the server's machine is gone, also in the middle of a stream. 30 s is the least that
  // the server tolerates.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, Millis(absl::Seconds(30)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Millis(absl::Seconds(20)));
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  // The channel reconnects no later than the retries that wait for it.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, Millis(options.retry.initial_delay));
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, Millis(absl::Seconds(5)));  // how long connecting may take
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, Millis(options.retry.max_delay));
  return grpc::CreateCustomChannel(options.address, grpc::InsecureChannelCredentials(), arguments);
}

// gRPC's messages nest causes, such as `failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:7410:
// Failed to connect to remote host: Connection refused`. The innermost is the one that helps.
absl::string_view InnermostCause(absl::string_view message) {
  const size_t colon = message.rfind(": ");
  return colon == message.npos ? message : message.substr(colon + 2);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ArchiveClient>> ArchiveClient::Connect(ArchiveClientOptions options) {
  if (options.address.empty()) return absl::InvalidArgumentError("the server's address is empty; expected host:port");
  if (options.timeout <= absl::ZeroDuration()) return absl::InvalidArgumentError("the timeout has to be positive");
  if (options.retry.max_attempts < 1) return absl::InvalidArgumentError("at least one attempt has to be allowed");
  return std::unique_ptr<ArchiveClient>(new ArchiveClient(std::move(options)));
}

ArchiveClient::ArchiveClient(ArchiveClientOptions options)
    : options_(std::move(options)),
      channel_(MakeChannel(options_)),
      stub_(v1::ArchiveService::NewStub(channel_)),
      ingest_stream_(kIngestStreamMethod, grpc::internal::RpcMethod::BIDI_STREAMING, channel_) {}

absl::Status ArchiveClient::ToStatus(const grpc::Status& grpc_status) const {
  absl::Status status = StatusFromGrpc(grpc_status);
  if (!ErrorReason(status).empty()) return status;
  if (status.code() == absl::StatusCode::kUnavailable) {
    return MakeError(status.code(), kUnreachable,
                     absl::StrCat("cannot reach gisad at ", options_.address, ": ", InnermostCause(status.message())));
  }
  if (status.code() == absl::StatusCode::kDeadlineExceeded) {
    if (channel_->GetState(/*try_to_connect=*/false) != GRPC_CHANNEL_READY) {
      return MakeError(absl::StatusCode::kUnavailable, kUnreachable,
                       absl::StrCat("cannot reach gisad at ", options_.address, ": no connection within ",
                                    absl::FormatDuration(options_.timeout)));
    }
    return absl::DeadlineExceededError(
        absl::StrCat("gisad at ", options_.address, " did not answer within ", absl::FormatDuration(options_.timeout)));
  }
  return status;
}

absl::Status ArchiveClient::WithRetries(absl::FunctionRef<grpc::Status(grpc::ClientContext*)> call) {
  const absl::Time deadline = absl::Now() + options_.timeout;
  Backoff backoff(options_.retry);
  while (true) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(deadline));
    absl::Status status = ToStatus(call(&context));
    if (!IsRetriable(status)) return status;
    const absl::Duration delay = backoff.Next(status);
    if (backoff.failures() >= options_.retry.max_attempts || absl::Now() + delay >= deadline) return status;
    absl::SleepFor(delay);
  }
}

template <typename Request, typename Response>
absl::StatusOr<Response> ArchiveClient::Call(
    grpc::Status (v1::ArchiveService::StubInterface::*method)(grpc::ClientContext*, const Request&, Response*),
    const Request& request) {
  Response response;
  RETURN_IF_ERROR(
      WithRetries([&](grpc::ClientContext* context) { return (*stub_.*method)(context, request, &response); }));
  return response;
}

// As the stub opens it, which takes no messages that are serialized already.
std::unique_ptr<ArchiveClient::IngestStream> ArchiveClient::OpenIngestStream(grpc::ClientContext* context) {
  using Factory = grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, v1::IngestStreamResponse>;
  return std::unique_ptr<IngestStream>(Factory::Create(channel_.get(), ingest_stream_, context));
}

using Stub = v1::ArchiveService::StubInterface;

absl::StatusOr<v1::IngestResponse> ArchiveClient::Ingest(const v1::IngestRequest& request) {
  return Call(&Stub::Ingest, request);
}

absl::StatusOr<v1::FindMissingResponse> ArchiveClient::FindMissing(const v1::FindMissingRequest& request) {
  return Call(&Stub::FindMissing, request);
}

absl::StatusOr<v1::GetResponse> ArchiveClient::Get(const v1::GetRequest& request) { return Call(&Stub::Get, request); }

absl::StatusOr<v1::BatchGetResponse> ArchiveClient::BatchGet(const v1::BatchGetRequest& request) {
  return Call(&Stub::BatchGet, request);
}

absl::StatusOr<v1::ListRevisionsResponse> ArchiveClient::ListRevisions(const v1::ListRevisionsRequest& request) {
  return Call(&Stub::ListRevisions, request);
}

absl::StatusOr<v1::SearchResponse> ArchiveClient::Search(const v1::SearchRequest& request) {
  return Call(&Stub::Search, request);
}

absl::StatusOr<v1::FindDuplicatesResponse> ArchiveClient::FindDuplicates(const v1::FindDuplicatesRequest& request) {
  return Call(&Stub::FindDuplicates, request);
}

absl::StatusOr<v1::ListClustersResponse> ArchiveClient::ListClusters(const v1::ListClustersRequest& request) {
  return Call(&Stub::ListClusters, request);
}

absl::StatusOr<v1::DeleteResponse> ArchiveClient::Delete(const v1::DeleteRequest& request) {
  return Call(&Stub::Delete, request);
}

absl::StatusOr<v1::GetStatsResponse> ArchiveClient::GetStats() { return Call(&Stub::GetStats, v1::GetStatsRequest()); }

}  // namespace gisa
