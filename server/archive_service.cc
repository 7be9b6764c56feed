#include "server/archive_service.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "server/article_request.h"
#include "server/convert.h"
#include "server/export_stream.h"
#include "server/ingest_stream.h"
#include "server/read_handlers.h"
#include "server/unary_call.h"
#include "server/validate.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// No search is worth more, whatever deadline the client sets or forgets to set.
constexpr absl::Duration kMaxSearchTime = absl::Seconds(30);
constexpr absl::Duration kSearchRetryDelay = absl::Milliseconds(200);

// Parses the request and returns what `handler(request)` returns.
template <typename Request, typename Handler>
auto Handle(const grpc::ByteBuffer& wire, Handler handler) -> decltype(handler(std::declval<const Request&>())) {
  Request request;
  RETURN_IF_ERROR(ParseMessage(wire, kInvalidRequest, &request));
  return handler(request);
}

// For reads of one record or less: on gRPC's own thread.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* HandleInline(UnaryCall* call, const grpc::ByteBuffer* wire,
                                       absl::StatusOr<Response> (*handler)(ServiceCore&, const Request&)) {
  if (const absl::Status admission = call->scope().Enter(wire->Length()); !admission.ok()) {
    call->End(admission);
  } else {
    call->Reply(Handle<Request>(*wire, [&](const Request& request) { return handler(call->scope().core(), request); }));
  }
  return call;
}

// For reads that may take long: on a reader thread.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* HandleOnReader(UnaryCall* call, const grpc::ByteBuffer* wire,
                                         absl::StatusOr<Response> (*handler)(ServiceCore&, const Request&)) {
  if (const absl::Status admission = call->scope().Enter(wire->Length()); !admission.ok()) {
    call->End(admission);
  } else {
    ServiceCore& core = call->scope().core();
    core.readers.Run([call, wire, handler, &core] {
      call->Reply(Handle<Request>(*wire, [&](const Request& request) { return handler(core, request); }));
    });
  }
  return call;
}

SearchControl ControlOf(const grpc::CallbackServerContext& context) {
  SearchControl control;
  control.deadline = std::min(absl::FromChrono(context.deadline()), absl::Now() + kMaxSearchTime);
  control.cancelled = [&context] { return context.IsCancelled(); };
  return control;
}

absl::Status TooManySearches() {
  return WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_SEARCHES",
                                  "as many searches as the server allows are running"),
                        kSearchRetryDelay);
}

// For searches: on a reader thread, and no more of their kind at once than `limiter`, of the core, lets in.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* HandleSearch(UnaryCall* call, const grpc::ByteBuffer* wire, Limiter& limiter,
                                       absl::StatusOr<Response> (*handler)(ServiceCore&, const Request&,
                                                                           const SearchControl&)) {
  ServiceCore& core = call->scope().core();
  if (const absl::Status admission = call->scope().Enter(wire->Length()); !admission.ok()) {
    call->End(admission);
  } else if (!limiter.TryAcquire()) {
    call->End(TooManySearches());
  } else {
    core.readers.Run([call, wire, handler, &core, &limiter] {
      const auto start = std::chrono::steady_clock::now();
      auto reply = Handle<Request>(
          *wire, [&](const Request& request) { return handler(core, request, ControlOf(call->context())); });
      core.read_load.Add(absl::FromChrono(std::chrono::steady_clock::now() - start));
      // Before the reply: who has it may search again at once.
      limiter.Release();
      call->Reply(std::move(reply));
    });
  }
  return call;
}

}  // namespace

grpc::ServerUnaryReactor* ArchiveService::Ingest(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                                 grpc::ByteBuffer* response) {
  auto* const call = new UnaryCall(core_, "Ingest", *context, response);
  v1::IngestRequest request;
  absl::Status status = call->scope().Enter(wire->Length());
  if (status.ok()) status = ParseArticleRequest(*wire, &request);
  if (status.ok()) status = Validate(request, core_->options.max_body_bytes);
  if (!status.ok()) {
    call->End(status);
    return call;
  }
  call->scope().SetRequestId(request.request_id());
  core_->archive->Ingest(ToIngestCommand(std::move(request)),
                         [call, core = core_](absl::StatusOr<IngestResult> result) {
                           core->completions.Run([call, result = std::move(result)] {
                             if (!result.ok()) return call->End(result.status());
                             v1::IngestResponse reply;
                             ToProto(*result, reply.mutable_result());
                             call->Reply(SerializeMessage(reply));
                           });
                         });
  return call;
}

grpc::ServerUnaryReactor* ArchiveService::Delete(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                                 grpc::ByteBuffer* response) {
  auto* const call = new UnaryCall(core_, "Delete", *context, response);
  v1::DeleteRequest request;
  absl::Status status = call->scope().Enter(wire->Length());
  if (status.ok()) status = ParseMessage(*wire, kInvalidRequest, &request);
  if (status.ok()) status = Validate(request);
  if (!status.ok()) {
    call->End(status);
    return call;
  }
  core_->archive->Delete(FromProto(request.key()), request.reason(),
                         [call, core = core_](absl::StatusOr<DeleteResult> result) {
                           core->completions.Run([call, result = std::move(result)] {
                             if (!result.ok()) return call->End(result.status());
                             v1::DeleteResponse reply;
                             ToProto(*result, &reply);
                             call->Reply(SerializeMessage(reply));
                           });
                         });
  return call;
}

grpc::ServerUnaryReactor* ArchiveService::Search(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                                 grpc::ByteBuffer* response) {
  return HandleSearch(new UnaryCall(core_, "Search", *context, response), wire, core_->searches, &gisa::Search);
}

grpc::ServerUnaryReactor* ArchiveService::FindDuplicates(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* wire, grpc::ByteBuffer* response) {
  return HandleSearch(new UnaryCall(core_, "FindDuplicates", *context, response), wire, core_->searches,
                      &gisa::FindDuplicates);
}

grpc::ServerUnaryReactor* ArchiveService::ListClusters(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* wire, grpc::ByteBuffer* response) {
  return HandleSearch(new UnaryCall(core_, "ListClusters", *context, response), wire, core_->cluster_lists,
                      &gisa::ListClusters);
}

grpc::ServerUnaryReactor* ArchiveService::FindMissing(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* wire, grpc::ByteBuffer* response) {
  return HandleOnReader(new UnaryCall(core_, "FindMissing", *context, response), wire, &gisa::FindMissing);
}

grpc::ServerUnaryReactor* ArchiveService::Get(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                              grpc::ByteBuffer* response) {
  return HandleInline(new UnaryCall(core_, "Get", *context, response), wire, &gisa::Get);
}

grpc::ServerUnaryReactor* ArchiveService::BatchGet(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                                   grpc::ByteBuffer* response) {
  return HandleOnReader(new UnaryCall(core_, "BatchGet", *context, response), wire, &gisa::BatchGet);
}

grpc::ServerUnaryReactor* ArchiveService::ListRevisions(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* wire, grpc::ByteBuffer* response) {
  return HandleOnReader(new UnaryCall(core_, "ListRevisions", *context, response), wire, &gisa::ListRevisions);
}

grpc::ServerUnaryReactor* ArchiveService::GetStats(grpc::CallbackServerContext* context, const grpc::ByteBuffer* wire,
                                                   grpc::ByteBuffer* response) {
  return HandleOnReader(new UnaryCall(core_, "GetStats", *context, response), wire, &gisa::GetStats);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ArchiveService::IngestStream(
    grpc::CallbackServerContext* context) {
  return StartIngestStream(core_, *context);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ArchiveService::Export(grpc::CallbackServerContext* context,
                                                                   const grpc::ByteBuffer* wire) {
  return StartExportStream(core_, *context, *wire);
}

}  // namespace gisa
