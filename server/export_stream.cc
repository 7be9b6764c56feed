#include "server/export_stream.h"

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "gisa/v1/archive_service.pb.h"
#include "server/article_reply.h"
#include "server/call_scope.h"
#include "server/convert.h"
#include "server/cursor_codec.h"
#include "server/grpc_status.h"
#include "server/message_parser.h"
#include "server/page_token.h"
#include "server/validate.h"
#include "server/write_hints.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

// How much is read from the archive at a time, and so held for a client that reads slowly.
constexpr size_t kPageArticles = 256;
constexpr size_t kPageBytes = 1 << 20;

// Reads a page from the archive when the one before it has been written, so that a slow client slows the reading.
//
// At any time one thread is at work: a reader thread inside ReadPage, or gRPC's inside OnWriteDone. Only `draining_` is
// set from outside.
class ExportStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer>, private Drainable {
 public:
  ExportStream(ServiceCore* core, const grpc::CallbackServerContext& context, const grpc::ByteBuffer& wire)
      : core_(core), context_(context), scope_(core, "Export", context) {
    if (const absl::Status status = Begin(wire); !status.ok()) {
      End(status);
    } else {
      core_->readers.Run([this] { ReadPage(); });
    }
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("the client is gone"));
    WriteNext();
  }

  void OnDone() override {
    scope_.Leave();
    delete this;
  }

 private:
  ~ExportStream() override = default;

  void Drain() override { draining_.store(true, std::memory_order_relaxed); }

  absl::Status Begin(const grpc::ByteBuffer& wire) {
    RETURN_IF_ERROR(scope_.Enter(wire.Length(), this));
    RETURN_IF_ERROR(scope_.HoldReply(kPageBytes));
    v1::ExportRequest request;
    RETURN_IF_ERROR(ParseMessage(wire, kInvalidRequest, &request));
    RETURN_IF_ERROR(Validate(request));
    filter_ = FromProto(request.filter());
    order_ = FromProto(request.order());
    view_ = FromProto(request.view(), View::kBasic);
    fingerprint_ = RequestFingerprint(request);
    if (request.resume_token().empty()) {
      page_.next = core_->archive->StartExport();
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const std::string bytes, DecodePageToken(request.resume_token(), fingerprint_, "resume_token"));
    std::optional<ExportCursor> cursor = DecodeExportCursor(bytes);
    if (!cursor.has_value()) return DamagedPageTokenError("resume_token");
    page_.next = *std::move(cursor);
    return absl::OkStatus();
  }

  // Reads until there is something to write. A page may be empty when nothing in it matches the filter.
  void ReadPage() {
    do {
      if (const absl::Status status = CheckInterruption(); !status.ok()) return End(status);
      absl::StatusOr<ExportPage> page =
          core_->archive->Export(filter_, order_, view_, page_.next, kPageArticles, kPageBytes);
      if (!page.ok()) return End(page.status());
      page_ = *std::move(page);
      position_ = 0;
    } while (page_.articles.empty() && !page_.done);
    WriteNext();
  }

  void WriteNext() {
    if (position_ == page_.articles.size()) {
      if (page_.done) return End(absl::OkStatus());
      return core_->readers.Run([this] { ReadPage(); });
    }
    if (const absl::Status status = CheckInterruption(); !status.ok()) return End(status);
    StoredArticle& article = page_.articles[position_++];
    v1::ExportResponse response;
    const ExportCursor after = {page_.next.as_of_sequence, article.article.key, article.article.published_at};
    response.set_resume_token(EncodePageToken(fingerprint_, EncodeExportCursor(after)));
    ToProto(std::move(article), response.mutable_article());
    written_ = SerializeMessage(std::move(response));
    ++items_;
    StartWrite(&written_, hints_.Next(/*more_follow=*/position_ < page_.articles.size()));
  }

  absl::Status CheckInterruption() const {
    if (context_.IsCancelled()) return absl::CancelledError("the client is gone");
    if (draining_.load(std::memory_order_relaxed)) return DrainingError();
    return absl::OkStatus();
  }

  void End(const absl::Status& status) {
    scope_.SetItems(items_);
    scope_.SetStatus(status);
    Finish(ToGrpcStatus(status));  // the stream may be gone when it returns
  }

  ServiceCore* const core_;
  const grpc::CallbackServerContext& context_;
  CallScope scope_;

  ExportFilter filter_;
  ExportOrder order_ = ExportOrder::kKey;
  View view_ = View::kBasic;
  uint64_t fingerprint_ = 0;

  ExportPage page_;
  size_t position_ = 0;  // the next article of `page_` to write
  uint64_t items_ = 0;
  WriteHints hints_;
  grpc::ByteBuffer written_;
  std::atomic<bool> draining_ = false;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartExportStream(ServiceCore* core,
                                                              const grpc::CallbackServerContext& context,
                                                              const grpc::ByteBuffer& wire) {
  return new ExportStream(core, context, wire);
}

}  // namespace gisa
