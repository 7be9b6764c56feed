#include "client/export_reader.h"

#include <utility>

#include "absl/time/clock.h"

namespace gisa {

ExportReader::ExportReader(ArchiveClient* client, v1::ExportRequest request)
    : client_(client), request_(std::move(request)), backoff_(client->options().retry) {}

ExportReader::~ExportReader() {
  if (stream_ == nullptr) return;
  context_->TryCancel();
  (void)Close();
}

void ExportReader::Open() {
  context_ = std::make_unique<grpc::ClientContext>();
  stream_ = client_->stub().Export(context_.get(), request_);
}

absl::Status ExportReader::Close() {
  absl::Status status = client_->ToStatus(stream_->Finish());
  stream_.reset();
  return status;
}

absl::StatusOr<std::optional<v1::Article>> ExportReader::Next() {
  v1::ExportResponse response;
  while (!done_) {
    if (stream_ == nullptr) Open();
    if (stream_->Read(&response)) {
      backoff_.Reset();
      request_.set_resume_token(std::move(*response.mutable_resume_token()));
      return std::move(*response.mutable_article());
    }
    const absl::Status status = Close();
    if (status.ok()) {
      done_ = true;
      break;
    }
    if (!IsRetriable(status)) return status;
    const absl::Duration delay = backoff_.Next(status);
    if (backoff_.failures() >= client_->options().retry.max_attempts) return status;
    absl::SleepFor(delay);
  }
  return std::nullopt;
}

}  // namespace gisa
