#include "server/call_scope.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "server/validate.h"
#include "storage/base/errors.h"
#include "storage/base/status_macros.h"

namespace gisa {
namespace {

std::string RequestId(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  if (const auto found = metadata.find("x-request-id"); found != metadata.end()) {
    return std::string(found->second.data(), std::min(found->second.size(), kMaxRequestIdBytes));
  }
  thread_local absl::InsecureBitGen generator;
  return absl::StrCat(absl::Hex(absl::Uniform<uint64_t>(generator), absl::kZeroPad16));
}

// Replies so small are not counted.
constexpr size_t kSmallReplyBytes = 4096;
constexpr absl::Duration kBusyRetryDelay = absl::Milliseconds(200);

absl::Status BusyError() {
  return WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, "SERVER_BUSY",
                                  "the calls in flight hold all the memory that the server gives them"),
                        kBusyRetryDelay);
}

LogLevel LevelOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
      return LogLevel::kError;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return LogLevel::kWarning;
    default:
      return LogLevel::kInfo;
  }
}

}  // namespace

CallScope::CallScope(ServiceCore* core, absl::string_view method, const grpc::CallbackServerContext& context)
    : core_(core), method_(method), peer_(context.peer()), request_id_(RequestId(context)) {}

absl::Status CallScope::Enter(size_t request_bytes, Drainable* stream) {
  stream_ = stream;
  RETURN_IF_ERROR(core_->lifecycle.Enter(stream));
  return request_.TryTake(&core_->requests, request_bytes) ? absl::OkStatus() : BusyError();
}

absl::Status CallScope::HoldReply(size_t bytes) {
  if (bytes <= kSmallReplyBytes || reply_.TryTake(&core_->replies, bytes)) return absl::OkStatus();
  return BusyError();
}

void CallScope::SetRequestId(absl::string_view id) {
  if (!id.empty()) request_id_ = std::string(id);
}

void CallScope::AddItemError(const absl::Status& error) {
  ++item_errors_;
  if (worst_item_error_.ok() || LevelOf(error) > LevelOf(worst_item_error_)) worst_item_error_ = error;
}

void CallScope::Leave() {
  Log();
  request_.Reset();
  reply_.Reset();
  core_->lifecycle.Leave(stream_);
}

void CallScope::Log() const {
  const LogLevel level = std::max(LevelOf(status_), LevelOf(worst_item_error_));
  if (!core_->logger->Enabled(level)) return;
  const auto latency =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start_).count();
  const std::string code = absl::StatusCodeToString(status_.code());
  const std::string reason = ErrorReason(status_);
  absl::InlinedVector<LogField, 9> fields = {
      {"request_id", request_id_}, {"method", method_}, {"peer", peer_}, {"code", code}, {"reason", reason}};
  if (items_ >= 0) {
    fields.push_back({"items", items_});
    fields.push_back({"item_errors", item_errors_});
    fields.push_back({"worst_item_error", worst_item_error_.message()});
  }
  fields.push_back({"latency_us", latency});
  core_->logger->Log(level, "call", fields);
}

}  // namespace gisa
